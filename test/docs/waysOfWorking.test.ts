/**
 * docs/ways-of-working.md: its commands run one after another and print what it says, and its pictures are those of their traces.
 * With YIELDPOINT_RESET_PICTURES=1, the pictures that no longer show their runs are replaced; then look at them.
 */
import assert from "node:assert/strict";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { yieldpoint } from "../cli/commandLine";
import { installIn, shell } from "../cli/shell";
import { columnsOf, documentedIn, drawnIn, matching, picturesIn, rowsOf } from "./page";
import { servesOnce } from "./servingRequests";

const page = resolve("docs/ways-of-working.md");
const examples = resolve("media/examples");

describe("the page on ways of working", () => {
  const figures = ["served", "served twice", "lost"];
  let folder: string;
  let compared: Promise<string[][]> | undefined;

  before(function () {
    if (process.platform === "win32") this.skip();
    folder = mkdtempSync(join(tmpdir(), "yieldpoint-docs-"));
    cpSync(examples, folder, { recursive: true, filter: (path) => path !== join(examples, "node_modules") });
    installIn(folder);
  });

  after(() => folder && rmSync(folder, { recursive: true }));

  for (const { commands, printed } of documentedIn(page).filter((each) => each.printed !== undefined)) {
    it(`says what is printed by ${commands.trimEnd()}`, async () => {
      const { code, stdout, stderr } = await shell(folder, commands);
      assert.equal(stderr, "");
      assert.match(stdout.replaceAll(/ +$/gm, ""), matching(printed as string));
      // An order fails, or none does: the page shows both.
      assert.equal(code, stdout.includes("FAILS") ? 1 : 0);
      const [, saved] = /--save (\S+)\.yieldtrace/.exec(commands) ?? [];
      if (saved !== undefined) await compareWithPicture(saved);
    });
  }

  it("has a table of what is served, served twice and lost, as compare says", async () => {
    const computing = columnsOf(await comparison(), figures).flatMap(([setup = "", ...told]) => {
      const [, way] = /^compute: (.*)/.exec(setup) ?? [];
      return way !== undefined ? [[way, ...told]] : [];
    });
    const [, section = ""] = /^## What each way costs\n(.*?)^## /ms.exec(readFileSync(page, "utf8")) ?? [];
    assert.deepEqual(columnsOf(rowsOf(section), figures), computing);
  });

  it("compares examples that serve every request once, but for threads without a mutex: TypeScript", async () => {
    const all = columnsOf(await comparison(), [...figures, "ended", "orders that fail"]);
    const served = all.map(([setup = "", once = "", twice = "", lost = "", ended = "", fail = ""]) => {
      const [, failing, tried] = /^(\d+) of (\d+)$/.exec(fail) ?? [];
      const orders = fail === "" ? undefined : { failing: Number(failing), tried: Number(tried) };
      return { setup, ended, figures: [once, twice, lost], orders };
    });
    servesOnce(served, "all finished");
  });

  it("has a picture of each trace that its commands save", () => {
    const saved = documentedIn(page).flatMap(({ commands }) =>
      [...commands.matchAll(/--save (\S+)\.yieldtrace/g)].map(([, name]) => name),
    );
    assert.deepEqual(picturesIn(page), saved);
  });

  /** The rows that the page's comparison prints, one for each setup, with their header. Both tests that read it share one run. */
  function comparison(): Promise<string[][]> {
    compared ??= compare();
    return compared;
  }

  async function compare(): Promise<string[][]> {
    const { commands = "" } = documentedIn(page).find(({ printed }) => printed === undefined) ?? {};
    const { code, stdout, stderr } = await shell(folder, commands.replaceAll(/--runs \d+/g, "--runs 1"));
    assert.deepEqual([code, stderr], [0, ""]);
    const [first = [], ...rows] = rowsOf(stdout).filter(([name = ""]) => name === "setup" || /^(compute|wait): /.test(name));
    return [first, ...rows.filter((row) => row.length === first.length && row[0] !== "setup")];
  }

  async function compareWithPicture(name: string): Promise<void> {
    const { stdout, stderr } = await yieldpoint("export", join(folder, `${name}.yieldtrace`), "--as", "svg");
    assert.equal(stderr, "");
    const file = resolve("docs/ways-of-working", `${name}.svg`);
    const shown = existsSync(file) ? drawnIn(readFileSync(file, "utf8")) : [];
    const isOld = shown.join() !== drawnIn(stdout).join();
    if (isOld && process.env.YIELDPOINT_RESET_PICTURES) writeFileSync(file, stdout);
    else assert.deepEqual(shown, drawnIn(stdout));
  }
});
