/**
 * A generator function has one name: the finder's name for it in the text equals the runner's name for the task of its call.
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { findGenerators, languageOf } from "../../../src/finder";
import { Refused, type RunnerClient } from "../client";
import { everyRunner, type RunnerUnderTest, runners } from "../runners";
import { endAll, programFile, start, startBare } from "../starting";

const folders = ["pairs", "session"].map((name) => resolve("test/fixtures", name));

/** The programs of a language, except those of the runner tests that cannot be loaded or do not end. */
function programsOf(runner: RunnerUnderTest): string[] {
  const { language } = runner;
  const files = folders.flatMap((folder) => readdirSync(folder).map((name) => resolve(folder, name)));
  return [...files, programFile(runner, "points"), programFile(runner, "naming")].filter((file) => {
    const found = languageOf(file);
    return found !== undefined && (found === "python") === (language === "python");
  });
}

/** The names of the tasks of all calls that need no arguments, according to the runner and to the finder. */
async function namesIn(client: RunnerClient, file: string): Promise<[name: string, found: string][]> {
  const language = languageOf(file);
  const names: [string, string][] = [];
  let task = 0;
  for (const { name, call, needsArguments } of language ? findGenerators(readFileSync(file, "utf8"), language) : []) {
    if (needsArguments) continue;
    try {
      names.push([(await client.ask("spawn", { task, call })).name, name]);
      task += 1;
    } catch (error) {
      // Decorators of the program may replace a function.
      assert.ok(error instanceof Refused, `${file}: ${call}: ${error}`);
    }
  }
  return names;
}

for (const runner of everyRunner) {
  describe(`${runner.name} runner, names of tasks`, () => {
    afterEach(endAll);

    for (const file of runners.includes(runner) ? programsOf(runner) : []) {
      it(`are the same as the finder's in ${basename(file)}`, async () => {
        const client = startBare(runner);
        await client.hello();
        await client.ask("load", { file });
        for (const [name, found] of await namesIn(client, file)) assert.equal(name, found);
      });
    }

    it("cover all places in the programs about names", async () => {
      const files = runner.language === "python" ? ["naming.py"] : ["naming.ts", "namingCommon.cjs"];
      for (const file of files.map((name) => resolve(runner.fixtures, name))) {
        const found = findGenerators(readFileSync(file, "utf8"), languageOf(file) ?? "python");
        assert.equal(found.filter(({ needsArguments }) => needsArguments).length, 0);
        const client = await start(runner, file.slice(runner.fixtures.length + 1));
        assert.equal((await namesIn(client, file)).length, found.length, file);
      }
    });

    it("of functions that only a call returns are their own, without the functions around them", async () => {
      const client = await start(runner, "naming");
      assert.equal((await client.ask("spawn", { task: 0, call: "returned()()" })).name, "local");
      const typed = runner.language === "python" ? "(lambda: (yield 1))()" : "(function* () { yield 1; })()";
      const none = runner.language === "python" ? "<lambda>" : "(anonymous)";
      assert.equal((await client.ask("spawn", { task: 1, call: typed })).name, none);
      if (runner.language === "python") return;
      assert.equal((await client.ask("spawn", { task: 2, call: "late(1)(2)" })).name, none);
      assert.equal((await client.ask("spawn", { task: 3, call: "(function* given() { yield 1; })()" })).name, "given");
      assert.equal((await client.ask("spawn", { task: 4, call: "unpacked()" })).name, "unpacked");
    });
  });
}
