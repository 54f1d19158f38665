// Invalid requests: each throws in the task that made it, at its line.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { folderWith, removeFolders } from "../folder";
import { runners } from "../runners";
import { endAll, start, startBare } from "../starting";
import { results, runAll } from "./ring";

const [runner] = runners.filter(({ language }) => language === "javascript");

const says: Readonly<Record<string, RegExp>> = {
  releases: /^RequestError: lock was released by releases, but nobody holds it\./,
  puts: /^ClosedError: full is closed, so nothing can be put into it\./,
  joinsItself: /^RequestError: joinsItself waits for its own end/,
  sleepsBackwards: /^RequestError: sleep needs a finite time that is not negative, but was given -1\./,
  sleepsForNaN: /^RequestError: sleep needs a finite time that is not negative, but was given NaN\./,
  sleepsForNothing: /^RequestError: sleep needs a finite time that is not negative, but was given undefined\./,
  sleepsForText: /^RequestError: sleep needs a finite time that is not negative, but was given "10"\./,
  forges: /^RequestError: This request was not made by this run\./,
  changes: /^TypeError/,
  yieldsTwice: /^RequestError: This request was yielded before\./,
  combinesNothing: /^RequestError: any was given nothing to wait for\./,
  combinesNumbers: /^RequestError: all combines requests that wait, but part 1 is something else\./,
  spawnsFunction: /^RequestError: The call returned .*, which is not a generator\..*call it, as in releases\(…\)\.$/,
  takesPermits: /^RequestError: semaphore needs a whole number of permits/,
  takesText: /^RequestError: semaphore needs a whole number of permits that is not negative, but was given "2"\./,
  awaits: /^RequestError: await does not wait for acquire\(lock\)\. Use yield instead, in the generator that is the task\.$/,
  awaitsElsewhere: /^RequestError: await does not wait for all\(sleep\(1\)\)\./,
  awaitsForged: /^RequestError: await does not wait for a request\./,
  thenThrows: /^Error: in then$/,
  rejects: /^"no error"$/,
};

describe("javascript runner, invalid requests", () => {
  afterEach(() => {
    endAll();
    removeFolders();
  });

  for (const [name, message] of Object.entries(says)) {
    it(`throw in the task, at its line: ${name}`, async () => {
      if (!runner) throw new Error("There is no runner.");
      const client = await start(runner, "waiting/mistakes", `${name}()`);
      assert.equal(await runAll(client, 1), "idle");
      const last = client.steps.at(-1);
      assert.equal(last?.event, "threw");
      const { thrown } = await client.event("thrown");
      assert.match(thrown.message, message);
      const lines = (await readFile(join(runner.fixtures, "waiting/mistakes.ts"), "utf8")).split("\n");
      const begin = lines.findIndex((line) => line.includes(`function* ${name}(`));
      const line = lines.findIndex((text, index) => index > begin && text.includes("// here")) + 1;
      assert.deepEqual([last?.point?.line, thrown.at?.line], [line, line]);
    });
  }

  it("fail the loading of a module that awaits one", async () => {
    if (!runner) throw new Error("There is no runner.");
    const program = 'import { sleep } from "cotasks";\nawait sleep(1);\nexport function* counts() {}\n';
    const client = await startBare(runner);
    await client.hello();
    const file = join(folderWith({ "tasks.mts": program }), "tasks.mts");
    await assert.rejects(client.ask("load", { file }), /await does not wait for sleep\(1\)/);
  });

  it("do not include thenables: only their first result counts, and no proxy trap or getter runs", async () => {
    if (!runner) throw new Error("There is no runner.");
    const client = await start(runner, "waiting/mistakes", "thenTwice()", "traps()");
    assert.equal(await runAll(client, 2), "idle");
    assert.deepEqual(results(client), ['"1 next"', "0"]);
  });
});
