// What tasks of asyncio wait for. asyncio resumes tasks in the order in which they were made or woken, so the order is always the same.
import assert from "node:assert/strict";
import type { RunnerClient } from "../client";
import { endAll, startObserver } from "../starting";
import { goOn, observedFile, observersOf, toTheEnd } from "./observing";
import { waitRows } from "./waitRows";

/** The first version of Python that has task groups. */
const firstWithGroups = 11;

for (const runner of observersOf("python")) {
  const hasGroups = Number(/ 3\.(\d+)/.exec(runner.name)?.[1]) >= firstWithGroups;

  describe(`${runner.name} runner, tasks of asyncio that wait`, () => {
    afterEach(endAll);

    /** Under virtual time, in which a step takes 1 ms. */
    async function observe(scenario: string): Promise<RunnerClient> {
      const client = startObserver(runner);
      await client.hello();
      const time = { virtual: 1, seed: 1 };
      await client.ask("observe", { file: observedFile(runner, "awaiting"), arguments: [scenario], time });
      return client;
    }

    async function rowsOf(scenario: string): Promise<string[]> {
      const client = await observe(scenario);
      assert.equal((await toTheEnd(client)).code, 0);
      return waitRows(client);
    }

    it("wait for a lock, an event, and for all that are gathered", async () => {
      assert.deepEqual(await rowsOf("locks"), [
        "2 holder grant lock",
        "2 holder blockEvent opened",
        "3 next_holder blockAcquire lock",
        "5 locks group 2",
        "5 locks blockJoin holder",
        "5 locks blockJoin next_holder",
        "5 outside",
        "5 holder wake",
        "6 holder free lock",
        "6 locks part 0",
        "6 outside",
        "6 next_holder wake",
        "7 next_holder grant lock",
        "7 next_holder free lock",
        "7 locks part 1",
        "7 locks wake",
      ]);
    });

    it("leave the program its variables where no function of its own takes a lock", async () => {
      const client = await observe("unnamed");
      assert.equal((await toTheEnd(client)).stdout, "True\n");
      assert.ok(client.steps.length > 0);
    });

    it("wait to take from a queue, to put into one that is full, and until all that it had is done", async () => {
      const rows = await rowsOf("queues");
      assert.deepEqual(
        rows.filter((each) => each.includes("block")),
        [
          "2 Pipe.take blockTake jobs",
          "3 queues blockJoin Pipe.take",
          "4 Pipe.put blockPut jobs",
          "5 Pipe.take blockTake jobs",
          "6 Pipe.put blockPut jobs",
          "8 Pipe.put blockEvent jobs.join()",
          "10 queues blockJoin Pipe.put",
        ],
      );
    });

    it("wait for a condition and then for its lock, and for a semaphore", async () => {
      const rows = await rowsOf("conditions");
      assert.deepEqual(rows.filter((each) => /member block|pooled block|group/.test(each)).slice(0, 4), [
        "2 member blockEvent changed",
        "4 member blockAcquire lock 1",
        "7 conditions group 2",
        "9 pooled blockAcquire pool",
      ]);
    });

    it("sleep, wait for the first of several, and for something outside of the program", async () => {
      assert.deepEqual(await rowsOf("others"), [
        "1 others group 1",
        "1 others blockJoin sleeper",
        "1 others blockJoin outside",
        "2 sleeper blockSleep 51",
        "3 outside blockPromise",
        "3 outside",
        "3 sleeper wake",
        "4 others wake",
        // The other one of the two that are gathered has ended.
        "5 others blockJoin outside",
        "5 outside",
        "5 outside wake",
        "6 others wake",
      ]);
    });

    it("hold semaphores, whose number of permits is known, until they are given back", async () => {
      const client = await observe("semaphores");
      assert.equal((await toTheEnd(client)).code, 0);
      const resources = client.events.flatMap((event) => (event.event === "resources" ? event.resources : []));
      assert.deepEqual(resources, [{ kind: "semaphore", name: "pool", capacity: 2 }]);
      assert.deepEqual(
        waitRows(client).filter((row) => row.includes("pool")),
        [
          "2 worker grant pool",
          "3 worker grant pool",
          "4 worker blockAcquire pool",
          "6 worker free pool",
          "7 worker free pool",
          // The main task holds none, so it adds one.
          "8 semaphores permit pool",
          "9 worker grant pool",
          "10 worker free pool",
        ],
      );
    });

    it("wait for a lock, or for an end, but not longer than a time", async () => {
      const rows = (await rowsOf("limits")).map((row) => row.replace(/(Sleep) .*/, "$1"));
      assert.deepEqual(
        rows.filter((row) => / limited(_to_end)? (group|block)/.test(row)),
        [
          "3 limited group 1",
          "3 limited blockAcquire lock",
          "3 limited blockSleep",
          "4 limited_to_end group 1",
          "4 limited_to_end blockJoin sleeper",
          "4 limited_to_end blockSleep",
        ],
      );
      // Before Python 3.12, a task of asyncio's own acquires the lock for it, which is between two steps.
      assert.deepEqual(
        rows.filter((row) => row.includes("lock") && !row.includes("block")).map((row) => row.replace(/^\d+ /, "")),
        ["limits grant lock", "limits free lock", "limited grant lock", "limited free lock"],
      );
    });

    (hasGroups ? it : it.skip)("wait within a time limit", async () => {
      const rows = (await rowsOf("timing")).map((row) => row.replace(/(Sleep) .*/, "$1"));
      assert.deepEqual(
        rows.filter((row) => / timing (group|block)/.test(row)),
        // The last one waits after the time limit.
        ["3 timing group 1", "3 timing blockJoin waiter", "3 timing blockSleep", "5 timing blockSleep"],
      );
    });

    (hasGroups ? it : it.skip)("wait for the tasks of a group", async () => {
      const rows = await rowsOf("groups");
      assert.deepEqual(rows.slice(0, 3), ["1 groups group 2", "1 groups blockJoin one", "1 groups blockJoin two"]);
      assert.deepEqual(rows.slice(-2), ["5 groups part 1", "5 groups wake"]);
    });

    it("are there before they begin, if somebody waits for them", async () => {
      const client = await observe("gathered");
      await goOn(client, 1);
      const told = client.events.flatMap((event) => (event.event === "spawned" ? [event] : []));
      assert.deepEqual(
        told.map(({ step, name, begun = false }) => [step, name, begun]),
        [
          [1, "gathered", false],
          [2, "sleeper", false],
          [2, "sleeper", false],
        ],
      );
      const { frames } = await client.ask("inspect", { task: 2 });
      assert.deepEqual(
        frames.map(({ function: name }) => name),
        ["sleeper"],
      );
    });

    it("wait no longer as soon as they are woken, where the program rests", async () => {
      const client = await observe("locks");
      await goOn(client, 5);
      assert.equal(waitRows(client).includes("5 holder wake"), true);
    });
  });
}
