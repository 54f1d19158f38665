/** Async functions of observed JavaScript programs are tasks, which the microtask queue resumes. */
import assert from "node:assert/strict";
import { endAll } from "../starting";
import { alone, drivers, goOn, observe, observersOf, shown, toTheEnd, traceWithLines } from "./observing";

for (const runner of observersOf("javascript")) {
  describe(`${runner.name} runner, async functions of an observed program`, () => {
    afterEach(endAll);

    it("switch at each await, in the order in which microtasks resume them", async () => {
      const client = await observe(runner, "asyncTasks");
      const ending = await toTheEnd(client);
      assert.equal(ending.stdout, "statements\na,b\n");
      assert.deepEqual(
        traceWithLines(client).map((step, at) => `${step} by ${drivers(client)[at]}`),
        [
          'client/0 yielded "a 0" 4 by begin:11',
          'client/1 yielded "b 0" 4 by begin:11',
          'client/0 yielded "a 1" 4 by nobody',
          'client/1 returned "b" - by nobody',
          'client/0 returned "a" - by nobody',
        ],
      );
      const spawned = client.events.flatMap((event) => (event.event === "spawned" ? [event] : []));
      assert.deepEqual(
        spawned.map(({ step, name, begun, point }) => [step, name, begun, point?.line]),
        [
          [1, "client", undefined, 1],
          [2, "client", undefined, 1],
        ],
      );
    });

    it("show their variables where they are suspended, and the frames that have called them", async () => {
      const client = await observe(runner, "asyncTasks");
      await goOn(client, 2);
      const inspected = await client.ask("inspect", { task: 1 });
      const locals = inspected.frames.map((frame) => frame.locals.map(({ name, value }) => `${name}=${value.text}`).sort());
      assert.deepEqual(locals, [['name="b"', "served=0", "times=1"]]);
      assert.deepEqual(
        inspected.resumedBy?.map(({ function: name, line }) => `${name}:${line}`),
        ["(module):14", "begin:11"],
      );
      await goOn(client, 1);
      const { frames, resumedBy } = await client.ask("inspect", { task: 0 });
      assert.deepEqual([frames[0]?.line, resumedBy], [4, []]);
      assert.equal((await client.ask("evaluate", { expression: "served + times", task: 0 })).text, "3");
    });

    it("belong to the slice that calls them up to their first await, and are tasks of their own from then on", async () => {
      const client = await observe(runner, "asyncCalls");
      await toTheEnd(client);
      // Promises are previewed as they are when the step ends.
      const steps = traceWithLines(client).map((step) => step.replace(/Promise \{.*?\}/, "Promise"));
      assert.deepEqual(
        steps.map((step, at) => `${step} by ${drivers(client)[at]}`),
        [
          "outer/0 yielded Promise 16 by (module):29",
          "task/1 yielded Promise 25 by (module):31",
          // They have begun in the slices of the steps before.
          'inner/2 returned "inner paused" - by nobody',
          'inner/3 returned "of a task paused" - by nobody',
          "outer/0 yielded Promise 18 by nobody",
          'task/1 returned "of a task paused" - by (anonymous):31',
          "Worker.fail/4 threw RangeError: too far 11 by nobody",
          'outer/0 returned "inner paused, too far" - by nobody',
          // A timer has called it.
          "inner/5 yielded Promise 4 by nobody",
          'inner/5 returned "later paused" - by nobody',
        ],
      );
      const begun = client.events.flatMap((event) =>
        event.event === "spawned" && event.begun ? [[event.name, event.point?.line]] : [],
      );
      assert.deepEqual(begun, [
        ["inner", 4],
        ["inner", 4],
        ["Worker.fail", 10],
      ]);
    });

    for (const program of ["asyncTasks", "asyncCalls", "asyncForms", "asyncOrder", "asyncRejected"]) {
      it(`do and print the same as alone, whether or not each switch is a request: ${program}`, async () => {
        const expected = shown(runner, alone(runner, program));
        assert.deepEqual(shown(runner, await toTheEnd(await observe(runner, program))), expected);
        assert.deepEqual(shown(runner, await toTheEnd(await observe(runner, program), 1)), expected);
      });
    }
  });
}
