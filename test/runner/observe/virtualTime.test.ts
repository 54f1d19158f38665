/** Virtual time in observed JavaScript programs: their own event loop runs, but no timer takes real time. */
import assert from "node:assert/strict";
import { rowKind } from "../../../src/core/waiting/rows";
import type { RunnerClient } from "../client";
import { endAll, startObserver } from "../starting";
import { alone, goOn, observedFile, observersOf, shown, toTheEnd, trace } from "./observing";

for (const runner of observersOf("javascript")) {
  describe(`${runner.name} runner, an observed program under virtual time`, () => {
    afterEach(endAll);

    async function observe(program: string, seed = 1): Promise<RunnerClient> {
      const client = startObserver(runner);
      await client.hello();
      await client.ask("observe", { file: observedFile(runner, program), arguments: [], time: { virtual: 1, seed } });
      return client;
    }

    /** The moves of the clock: after which step, to which time. */
    function moves(client: RunnerClient): (number | undefined)[][] {
      return client.waits.flatMap(({ base, offset, kind, object, numbers }) =>
        [...kind].flatMap((each, at) =>
          each === rowKind.time ? [[base + (offset[at] as number), numbers[object[at] as number]]] : [],
        ),
      );
    }

    it("does what it does under real time: timers, immediates, ticks and microtasks in their order, exceptions, what keeps it alive", async () => {
      const client = await observe("virtualTimers");
      const ending = await toTheEnd(client);
      assert.deepEqual(shown(runner, ending), shown(runner, alone(runner, "virtualTimers")));
    });

    it("runs timers that are due together in one turn of the event loop, after the immediates of the turn before", async () => {
      const { stdout } = await toTheEnd(await observe("dueTogether"));
      assert.deepEqual(stdout.trimEnd().split("\n"), [
        "immediate",
        "shortest",
        ...["a", "a tick", "a microtask", "a immediate"],
        ...["b", "b tick", "b microtask"],
        "ends it",
        ...["b immediate", "last"],
        "next turn",
      ]);
    });

    // Only newer versions of Node tell what their event loop has processed.
    (performance.nodeTiming.uvMetricsInfo ? it : it.skip)("gives its own connections their time before a timer", async () => {
      const client = await observe("localServer.mjs");
      assert.deepEqual(shown(runner, await toTheEnd(client)), shown(runner, alone(runner, "localServer.mjs")));
    });

    it("has the same trace each time, with random numbers from a seed", async () => {
      const clients = [await observe("virtualTimers"), await observe("virtualTimers")];
      for (const client of clients) await toTheEnd(client);
      const [first, again] = clients as [RunnerClient, RunnerClient];
      assert.deepEqual(trace(again), trace(first));
      assert.deepEqual(moves(again), moves(first));
      const draws: string[][] = [];
      for (const seed of [1, 1, 2]) {
        const drawing = await observe("virtualClocks", seed);
        await toTheEnd(drawing);
        draws.push(trace(drawing));
      }
      assert.deepEqual(draws[1], draws[0]);
      assert.notDeepEqual(draws[2], draws[0]);
    });

    it("has a clock that steps move by the given time, and that jumps to the next timer", async () => {
      const client = await observe("virtualClocks");
      const ending = await toTheEnd(client);
      // Two steps before the timers begin, and two in the first.
      assert.equal(ending.stdout, "2000-01-01T01:01:00.004Z 3660004 3660004000000n\n");
      assert.deepEqual(moves(client), [
        [2, 3_600_002],
        [4, 3_660_004],
      ]);
      assert.deepEqual(
        trace(client).map((step) => step.split(" ").slice(0, 4).join(" ")),
        ['a/0 yielded "a 0', 'b/1 yielded "b 1', 'a/0 yielded "a 3600002', 'b/1 yielded "b 3600003'].map((step) =>
          step.replace(/^[ab]/, "task"),
        ),
      );
    });

    it("tells what is left while it waits: its own timers, and nothing of what moves the clock", async () => {
      const client = await observe("virtualTimers");
      await goOn(client, 1);
      const { remaining } = await client.ask("remaining", {});
      // Those that do not keep it alive are not counted.
      assert.deepEqual(remaining.toSorted(), ["1 file operation", "1 immediate", "14 timers"]);
    });
  });
}
