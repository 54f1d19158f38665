// A search as a view follows it: what it survives, and what stopping it leaves.

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { OrderSearch } from "../../../src/session/explore/orderSearch";
import { runnerCommand } from "../../../src/session/interpreter/runners";
import { progressed } from "../../progress";
import { dist } from "../sessions";

const question = {
  until: "all" as const,
  watches: [],
  counts: { values: true, output: false },
  steps: 1000,
  policy: "round-robin",
  time: { virtual: 1, seed: 0 },
};
const whole = { index: 0, of: 1 };

/** Ends its process in one of its six orders: where the other task has both of its slices between the two of this one. */
const dying = {
  ".ts": `let seen = 0;
export function* counts() { seen += 1; yield; seen += 1; }
export function* dies() { const before = seen; yield; if (before === 0 && seen === 2) process.kill(process.pid, "SIGKILL"); }
`,
  ".py": `import os, signal
seen = 0
def counts():
    global seen
    seen += 1
    yield
    seen += 1
def dies():
    before = seen
    yield
    if before == 0 and seen == 2: os.kill(os.getpid(), signal.SIGKILL)
`,
};

/** The same, and all processes but the first take longer for their first order than a process goes on before it tells. */
const dyingSlowly = {
  ".ts": `import { existsSync, writeFileSync } from "node:fs";
const [known, mark] = [globalThis as { hasRun?: boolean }, \`\${import.meta.filename}.run\`];
function slow() {
  if (known.hasRun) return;
  known.hasRun = true;
  let sum = 0;
  if (existsSync(mark)) for (let at = 0; at < 300_000_000; at += 1) sum += at % 7;
  writeFileSync(mark, "");
}
${dying[".ts"].replaceAll("() {", "() { slow();")}`,
  ".py": `import builtins
def slow():
    if hasattr(builtins, "has_run"): return
    builtins.has_run = True
    if os.path.exists(__file__ + ".run"): sum(range(20_000_000))
    open(__file__ + ".run", "w").close()
${dying[".py"].replace("    global seen", "    slow()\n    global seen").replace("    before", "    slow()\n    before")}`,
};

/** Each order ends its process in a step of its own. */
const quitting = {
  ".ts": "export function* quits() {\n  yield;\n  yield;\n  process.exit(3);\n}\n",
  ".py": "import os\n\n\ndef quits():\n    yield\n    yield\n    os._exit(3)\n",
};

async function searchOn(
  file: string,
  calls: readonly string[],
  strategy?: string,
  changed?: (search: OrderSearch) => void,
  millis?: number,
): Promise<OrderSearch> {
  const own = { executable: process.execPath, env: {} };
  const command = await runnerCommand({ file, nodePath: process.execPath, pythonPath: "", own, dist });
  const search: OrderSearch = new OrderSearch(
    { file, command, calls },
    question,
    { strategy, shard: whole, ...(millis === undefined ? {} : { millis }) },
    () => {
      progressed();
      changed?.(search);
    },
  );
  return search;
}

describe("a search", () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "search-"));
  });

  after(() => rm(folder, { recursive: true }));

  for (const [extension, text, name] of [
    ...Object.entries(dying).map((each) => [...each, "dying"] as const),
    ...Object.entries(dyingSlowly).map((each) => [...each, "dyingSlowly"] as const),
  ]) {
    it(`counts an order that ends its process, and goes on, in ${name}${extension}`, async () => {
      const file = join(folder, `${name}${extension}`);
      await writeFile(file, text);
      const search = await searchOn(file, ["counts()", "dies()"]);
      await search.run();
      const { claim, outcomes = [], tried } = search.result ?? {};
      assert.deepEqual([claim?.kind, tried], ["all", 6]);
      const died = outcomes.filter(({ outcome }) => outcome.end === "died");
      assert.deepEqual(
        died.map(({ orders, witness, outcome }) => [orders, witness, outcome.failing]),
        [[1, [1, 0, 0, 1], { by: "died", message: "dies" }]],
      );
      assert.equal(
        outcomes.reduce((sum, { orders }) => sum + orders, 0),
        6,
      );
    });
  }

  for (const [extension, text] of Object.entries(quitting)) {
    it(`ends in time where every order ends its process, in a ${extension} file`, async () => {
      const file = join(folder, `quitting${extension}`);
      await writeFile(file, text);
      const search = await searchOn(file, ["quits()", "quits()", "quits()"], "exhaustive", undefined, 200);
      await search.run();
      const { outcomes = [], tried = 0, claim } = search.result ?? {};
      assert.ok(tried > 0);
      assert.equal(claim?.kind, "sample");
      assert.ok(outcomes.every(({ outcome }) => outcome.end === "died"));
    });
  }

  const kinds = resolve("test/fixtures/explore/kinds.ts");
  const many = ["counts(9)", "counts(9)", "counts(9)"];

  it("keeps what it has found when it is cancelled, and claims no more", async () => {
    const search = await searchOn(kinds, many, "exhaustive", (search) => {
      if ((search.result?.tried ?? 0) > 0) search.cancel();
    });
    await search.run();
    assert.equal(search.status, "cancelled");
    assert.equal(search.result?.claim.kind, "sample");
    assert.ok((search.result?.outcomes.length ?? 0) > 0);
  });

  it("tries orders for as long as it is given, however long a process takes to begin, and speaks of the strategy that has tried them", async () => {
    const search = await searchOn(kinds, many, undefined, undefined, 1);
    await search.run();
    const { claim, strategy, tried = 0 } = search.result ?? {};
    assert.ok(tried > 0);
    assert.deepEqual([strategy, claim?.kind], ["exhaustive", "sample"]);
    assert.match(claim?.sentences[0] ?? "", /^[\d,]+ orders?\.$/);
  });

  it("says nothing of the tasks before it has tried an order", async () => {
    const search = await searchOn(kinds, ["counts(1)"], undefined);
    const seen: unknown[] = [];
    const asked = { ...question, check: "total ==" };
    const failing = new OrderSearch(search.program, asked, { strategy: undefined, shard: whole }, () =>
      seen.push(failing.result?.verdicts.length ?? 0),
    );
    await assert.rejects(failing.run(), /cannot be read/);
    assert.deepEqual([...new Set(seen)], [0]);
  });

  for (const extension of ["ts", "py"]) {
    it(`proves what it finds of tasks that recurse too deep, in a .${extension} file`, async () => {
      const search = await searchOn(resolve(`test/fixtures/explore/kinds.${extension}`), ["dives()", "counts(1)"]);
      await search.run();
      assert.equal(search.result?.claim.kind, "all");
      assert.equal(search.result?.tried, 6);
    });
  }

  it("goes on after a pause", async () => {
    let pausedAt: number | undefined;
    const search = await searchOn(kinds, many, "random", (search) => {
      const tried = search.result?.tried ?? 0;
      if (search.status === "searching" && tried > 0 && pausedAt === undefined) {
        pausedAt = tried;
        search.pause();
        setImmediate(() => search.goOn());
      } else if (pausedAt !== undefined && tried > 2 * pausedAt) search.cancel();
    });
    await search.run();
    assert.ok(pausedAt !== undefined && (search.result?.tried ?? 0) > pausedAt);
  });

  it("refuses a call that fails, an expression that is none, and a strategy that does not exist", async () => {
    await assert.rejects((await searchOn(kinds, ["absent()"])).run(), /absent is not defined/);
    await assert.rejects(searchOn(kinds, ["counts(1)"], "everything"), /There is no strategy "everything"/);
    await assert.rejects(searchOn(kinds, []), /There are no tasks to run/);
  });
});
