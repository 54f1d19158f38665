// A search in shards, with the commands of docs/exploring.md and of its workflow, as a shell runs them.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import * as v from "valibot";
import { SearchReport } from "../../src/session/explore/report";
import { type Ended, yieldpoint } from "./commandLine";
import { installIn, shell as shellIn } from "./shell";

const lostUpdate = resolve("test/fixtures/explore/lostUpdate.py");
/** Two deposits of which one is lost in 12 of 20 orders. The file's path is in a variable, since commands are quoted. */
const search = `"$FILE" "deposit()" "deposit()" --check "account == 2"`;
const lost = "the check does not hold: account == 2";

/** The commands in a block of the section about several machines. */
function documented(command: string): string {
  const section = readFileSync("docs/exploring.md", "utf8").split("## Several machines")[1] ?? "";
  const block = /```sh\n(.*?)```/s.exec(section)?.[1] ?? "";
  const part = block.split("\n\n").find((each) => each.includes(command));
  assert.ok(part, command);
  assert.ok(part.includes("yieldpoint explore FILE CALL..."), part);
  return part.replaceAll("FILE CALL...", search);
}

/** The steps of the workflow: what its jobs run. */
const Workflow = v.object({
  env: v.object({ SEARCH: v.string() }),
  jobs: v.record(
    v.string(),
    v.object({
      needs: v.optional(v.string()),
      strategy: v.optional(v.object({ matrix: v.object({ shard: v.array(v.number()) }) })),
      steps: v.array(v.object({ uses: v.optional(v.string()), run: v.optional(v.string()) })),
    }),
  ),
});

function workflow(): v.InferOutput<typeof Workflow> {
  // The parser that mocha has.
  const { load } = createRequire(require.resolve("mocha"))("js-yaml") as { load(text: string): unknown };
  return v.parse(Workflow, load(readFileSync("docs/exploring-matrix.yml", "utf8")));
}

function hasGnuParallel(): boolean {
  try {
    return execFileSync("parallel", ["--version"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).startsWith("GNU");
  } catch {
    return false;
  }
}

describe("a search in shards", () => {
  let folder: string;

  before(function () {
    if (process.platform === "win32") this.skip();
  });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "yieldpoint-shards-"));
    installIn(folder);
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  /** Runs commands in the folder. */
  function shell(commands: string, env: Readonly<Record<string, string>> = {}, program?: readonly string[]): Promise<Ended> {
    return shellIn(folder, commands, { FILE: lostUpdate, ...env }, program);
  }

  /** The end of what was printed about the search. */
  function exploredIn({ objects }: Ended) {
    return v.parse(SearchReport, objects().at(-1)).explored;
  }

  it("is divided among processes by xargs, and put together: all orders once", async () => {
    const { code, stdout } = await shell(documented("xargs"));
    assert.equal(code, 1);
    assert.match(stdout, new RegExp(`^12 orders {2}60 % {2}FAILS: ${lost}\n.*^8 orders {2}40 %.*^All 20 orders\\.$`, "ms"));
  });

  it("is divided among machines by GNU parallel, where that is installed", async function () {
    if (!hasGnuParallel()) this.skip();
    writeFileSync(join(folder, "machines"), ":\n"); // this one, without ssh
    const few = documented("parallel").replace("--orders 1000000", "--orders 100").replaceAll("16", "3");
    const { code, stdout, stderr } = await shell(few, { HOME: folder });
    assert.equal(code, 1, stderr);
    assert.match(stdout, new RegExp(`FAILS: ${lost}\n.*^300 random orders\\.`, "ms"));
  });

  it("says which shards are missing, and refuses one that is there twice, or is of another search", async () => {
    const shard = (index: number, others = "") =>
      shell(`yieldpoint explore ${search} --strategy exhaustive ${others} --format jsonl --shard ${index}/2 > ${index}.jsonl`);
    await Promise.all([shard(1), shard(2, "--steps 900")]);
    writeFileSync(join(folder, "changed.py"), `${readFileSync(lostUpdate, "utf8")}\n# changed\n`);
    const changed = search.replace('"$FILE"', "changed.py");
    await shell(`yieldpoint explore ${changed} --strategy exhaustive --format jsonl --shard 2/2 > changed.jsonl`);
    const merged = (...files: readonly string[]) =>
      yieldpoint("explore", "merge", ...files.map((file) => resolve(folder, file)), "--format", "jsonl");
    const { claim, says } = exploredIn(await merged("1.jsonl"));
    assert.deepEqual([claim, says.at(-1)], ["sample", "The shard 2/2 is missing."]);
    const refused: readonly (readonly [files: string[], RegExp])[] = [
      [["1.jsonl", "1.jsonl"], /has the same shard as .*, 1\/2/],
      [["1.jsonl", "2.jsonl"], /is of another search than/],
      [["1.jsonl", "changed.jsonl"], /is of another search than/],
      [[resolve("test/fixtures/explore/kinds.ts")], /Line 1 of .* is no result of explore/],
    ];
    for (const [files, message] of refused) {
      const { code, stderr } = await merged(...files);
      assert.equal(code, 2);
      assert.match(stderr, message);
    }
  });

  it("is divided by the documented workflow, whose last job fails if an order fails", async () => {
    const { env, jobs } = workflow();
    const { explore, merge } = jobs;
    assert.deepEqual(explore?.strategy?.matrix.shard, [1, 2, 3, 4, 5, 6, 7, 8]);
    assert.equal(merge?.needs, "explore");
    const SEARCH = env.SEARCH.replace("FILE 'CALL()' 'CALL()'", "$FILE 'deposit()' 'deposit()'").replace(
      "EXPRESSION",
      "account == 2",
    );
    // As a runner of GitHub runs the commands of a step.
    const run = (command: string) => shell(command, { SEARCH }, ["bash", "-e", "-c"]);
    const [command = "", ...others] = explore?.steps.flatMap((step) => step.run ?? []) ?? [];
    assert.deepEqual(others, []);
    for (const shard of [1, 2]) {
      const one = command.replaceAll(/\$\{\{ *matrix\.shard *\}\}/g, `${shard}`).replace("/8", "/2");
      assert.ok(!one.includes("${{"), one);
      assert.deepEqual((await run(one)).code, 0);
    }
    const together = merge?.steps.flatMap((step) => step.run ?? []) ?? [];
    const { code, stdout } = await run(together.join("\n"));
    assert.equal(code, 1);
    assert.match(stdout, new RegExp(`FAILS: ${lost}\n.*^All orders: \\d+ classes of orders that cannot differ\\.`, "ms"));
  });
});
