// What sagas of redux-saga wait for in an observed program, and who has forked them. Under virtual time, in which a step takes 1 ms.
import assert from "node:assert/strict";

import type { RunnerClient } from "../client";
import { endAll, startObserver } from "../starting";
import { alone, goOn, observedFile, observersOf, shown, toTheEnd } from "./observing";
import { waitRows } from "./waitRows";

for (const runner of observersOf("javascript")) {
  describe(`${runner.name} runner, sagas that wait`, () => {
    afterEach(endAll);

    async function observe(scenario: string, isVirtual = true): Promise<RunnerClient> {
      const client = startObserver(runner);
      await client.hello();
      const time = isVirtual ? { time: { virtual: 1, seed: 1 } } : {};
      await client.ask("observe", { file: observedFile(runner, "sagas"), arguments: [scenario], ...time });
      return client;
    }

    /** What each task began to wait for. */
    async function waitsIn(scenario: string): Promise<string[]> {
      const client = await observe(scenario);
      assert.equal((await toTheEnd(client)).code, 0);
      return waitRows(client).filter((row) => /block|group/.test(row));
    }

    it("wait for a time, for what they call, for a saga, for a callback, and for an action by its type or by a function", async () => {
      assert.deepEqual(await waitsIn("effects"), [
        "1 programs.effects blockSleep 11",
        // It is known to be a saga once that begins.
        "2 programs.effects blockEvent fetchUser()",
        "2 programs.effects blockJoin fetchUser",
        "4 fetchUser blockEvent fetched()",
        "6 programs.effects blockEvent answered()",
        "8 programs.effects blockEvent FIRST, SECOND",
        "9 programs.effects blockEvent third",
      ]);
    });

    it("wait for the tasks that they have forked, each of which knows who has", async () => {
      assert.deepEqual(await waitsIn("tasks"), [
        ...["2 worker blockSleep 22", "4 worker blockSleep 34", "5 worker blockSleep 45"],
        "6 programs.tasks blockJoin worker",
        "9 programs.tasks group 2",
        ...["9 programs.tasks blockJoin worker", "9 programs.tasks blockJoin worker"],
        "15 looping blockEvent NEVER",
      ]);
      const client = await observe("tasks");
      await toTheEnd(client);
      const told = client.events.flatMap((event) => (event.event === "spawned" ? [event] : []));
      assert.deepEqual(
        told.map(({ step, task, name, parent }) => [step, task, name, parent]),
        [
          [1, 0, "programs.tasks", undefined],
          [1, 1, "worker", 0],
          [3, 2, "worker", 0],
          [4, 3, "worker", 0],
          [14, 4, "looping", 0],
        ],
      );
    });

    it("wait to take from a channel, which has the name of the variable that holds it", async () => {
      assert.deepEqual(await waitsIn("channels"), [
        // It returns at once, so that the wait is over before the next step.
        "1 programs.channels blockEvent channel()",
        "3 filler blockSleep 13",
        "4 programs.channels blockTake jobs",
        "7 programs.channels blockTake requests",
      ]);
    });

    it("wait for the first or for all of several, but not for what is done at once", async () => {
      assert.deepEqual(await waitsIn("combined"), [
        "1 programs.combined group 1",
        ...["1 programs.combined blockEvent USER", "1 programs.combined blockSleep 16"],
        "2 programs.combined group 2",
        ...["2 programs.combined blockSleep 22", "2 programs.combined blockEvent worker()"],
        "3 worker blockSleep 28",
      ]);
    });

    it("can be looked at where the program rests", async () => {
      const client = await observe("tasks");
      await goOn(client, 6);
      const { frames, resumedBy } = await client.ask("inspect", { task: 0 });
      assert.deepEqual([frames[0]?.line, resumedBy !== undefined], [32, true]);
      assert.equal(waitRows(client).at(-1), "6 programs.tasks blockJoin worker");
    });

    for (const scenario of ["effects", "tasks", "channels", "combined"]) {
      it(`go on as without a runner: ${scenario}`, async () => {
        const expected = shown(runner, alone(runner, "sagas", scenario));
        for (const isVirtual of [false, true]) {
          assert.deepEqual(shown(runner, await toTheEnd(await observe(scenario, isVirtual))), expected);
        }
      });
    }
  });
}
