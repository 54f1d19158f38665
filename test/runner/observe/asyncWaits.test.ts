// What async functions of observed JavaScript programs wait for. Under virtual time, in which a step takes 1 ms, all is always the same.
import assert from "node:assert/strict";
import { join } from "node:path";
import type { RunnerClient } from "../client";
import { folderWith, removeFolders } from "../folder";
import { endAll, startObserver } from "../starting";
import { alone, goOn, observedFile, observersOf, shown, toTheEnd } from "./observing";
import { waitRows } from "./waitRows";

const time = { virtual: 1, seed: 1 };

for (const runner of observersOf("javascript")) {
  describe(`${runner.name} runner, async functions that wait`, () => {
    afterEach(() => {
      endAll();
      removeFolders();
    });

    async function observe(scenario: string): Promise<RunnerClient> {
      const client = startObserver(runner);
      await client.hello();
      await client.ask("observe", { file: observedFile(runner, "awaiting"), arguments: [scenario], time });
      return client;
    }

    /** The rows without the moves of the clock, each of which is a timer. */
    const rowsOf = (client: RunnerClient) => waitRows(client).filter((row) => !row.endsWith("time"));

    async function rowsAtEnd(scenario: string): Promise<string[]> {
      const client = await observe(scenario);
      assert.equal((await toTheEnd(client)).stdout, "ends\n");
      return rowsOf(client);
    }

    it("wait for the end of a call, which is a task from then on", async () => {
      assert.deepEqual(await rowsAtEnd("joins"), [
        "1 load blockSleep 5",
        "1 outer blockJoin load",
        "1 programs.joins blockJoin outer",
        "1 outside",
        "1 load wake",
        "2 outer wake",
        "3 programs.joins wake",
      ]);
    });

    it("wait for a timer in each of its forms, but not where something else may be first", async () => {
      const rows = await rowsAtEnd("timers");
      assert.deepEqual(
        rows.filter((row) => row.includes("block")).map((row) => row.replace("programs.timers ", "")),
        // Each begins one step, thus 1 ms, after the end of the one before.
        ["1 blockSleep 10", "2 blockSleep 30", "3 blockSleep 60", "4 blockSleep 100", "5 blockPromise"],
      );
    });

    it("wait for all of several, without those that have ended", async () => {
      const rows = await rowsAtEnd("all");
      assert.deepEqual(
        rows.filter((row) => row.includes("programs.all")),
        [
          "1 programs.all group 2",
          "1 programs.all blockJoin load",
          "1 programs.all blockJoin load",
          "1 programs.all blockSleep 20",
          "2 programs.all part 1",
          "3 programs.all part 0",
          "3 programs.all wake",
          "4 programs.all blockJoin load",
          "5 programs.all wake",
          // All have to settle: that one throws ends nothing.
          "6 programs.all group 2",
          "6 programs.all blockJoin fail",
          "6 programs.all blockJoin load",
          "7 programs.all part 0",
          "8 programs.all part 1",
          "8 programs.all wake",
          // All have to be fulfilled: that one throws ends it.
          "9 programs.all group 2",
          "9 programs.all blockJoin fail",
          "9 programs.all blockJoin load",
          "10 programs.all part 0",
          "10 programs.all wake",
        ],
      );
    });

    it("wait for the first of several", async () => {
      const rows = await rowsAtEnd("first");
      assert.deepEqual(
        rows.filter((row) => row.includes("programs.first")),
        [
          "1 programs.first group 1",
          "1 programs.first blockJoin load",
          "1 programs.first blockPromise",
          "2 programs.first wake",
          // It awaits another promise, which `catch` has made.
          "3 programs.first blockPromise",
          "4 programs.first wake",
          // The first one throws, so that the second one is waited for.
          "5 programs.first group 1",
          "5 programs.first blockJoin fail",
          "5 programs.first blockJoin load",
          "8 programs.first wake",
        ],
      );
    });

    it("wait for any other promise, and do not wait for other values, or for a call that has ended", async () => {
      const rows = await rowsAtEnd("plain");
      assert.deepEqual(
        rows.filter((row) => row.includes("block")),
        [
          "2 programs.plain blockPromise",
          // The call returns a promise, so that its end is not that of the wait.
          "4 programs.plain blockJoin forwards",
          "6 programs.plain blockSleep 34",
        ],
      );
    });

    it("may wait for each other, which nothing ends", async () => {
      assert.deepEqual((await rowsAtEnd("mutual")).slice(1, 3), ["2 wait blockJoin wait", "3 wait blockJoin wait"]);
    });

    it("wait no longer as soon as their promises are settled, where the program rests", async () => {
      const client = await observe("joins");
      await goOn(client, 2);
      assert.deepEqual(rowsOf(client).slice(-2), ["1 load wake", "2 outer wake"]);
      const plain = await observe("plain");
      await goOn(plain, 2);
      assert.deepEqual(rowsOf(plain), ["2 programs.plain blockPromise", "2 outside", "2 programs.plain wake"]);
    });

    it("are there with their variables before they go on, if somebody waits for them", async () => {
      const client = await observe("joins");
      await goOn(client, 1);
      const told = client.events.flatMap((event) => (event.event === "spawned" ? [event] : []));
      assert.deepEqual(
        told.map(({ step, name, begun = false, point }) => [step, name, begun, point?.line]),
        [
          [1, "programs.joins", false, 14],
          [2, "outer", true, 9],
          [2, "load", true, 7],
        ],
      );
      const { frames } = await client.ask("inspect", { task: 2 });
      assert.deepEqual(
        frames.map(({ line, locals }) => [line, ...locals.map(({ name, value }) => `${name}=${value.text}`)]),
        [[7, "millis=5"]],
      );
    });

    it("are known in ES modules and in TypeScript, by what the names mean there", async () => {
      const source = `
        import { setTimeout as sleep } from "node:timers/promises";
        import * as timers from "node:timers/promises";
        import { promisify } from "node:util";
        const slow = promisify(setTimeout);
        async function main(setTimeout: (millis: number) => Promise<void>): Promise<void> {
          await sleep(10);
          await timers.setTimeout(20);
          await slow(30);
          await setTimeout(40);
          await new Promise<void>((resolve): void => { globalThis.setTimeout(resolve, 50); });
          { const Promise = { all: async () => {} }; await Promise.all(); }
        }
        void main(async () => {});
      `;
      const folder = folderWith({ "program.mts": source });
      const client = startObserver(runner);
      await client.hello();
      await client.ask("observe", { file: join(folder, "program.mts"), arguments: [], time });
      assert.equal((await toTheEnd(client)).code, 0);
      assert.deepEqual(
        rowsOf(client).filter((row) => row.includes("block")),
        [
          "1 main blockSleep 10",
          "2 main blockSleep 30",
          "3 main blockSleep 60",
          ...["4 main blockPromise", "5 main blockPromise", "6 main blockPromise"],
        ],
      );
    });

    for (const scenario of ["joins", "timers", "all", "first", "plain", "mutual"]) {
      it(`go on as without a runner: ${scenario}`, async () => {
        const client = startObserver(runner);
        await client.hello();
        await client.ask("observe", { file: observedFile(runner, "awaiting"), arguments: [scenario] });
        assert.deepEqual(shown(runner, await toTheEnd(client)), shown(runner, alone(runner, "awaiting", scenario)));
      });
    }
  });
}
