/** Which functions count as tasks in observed programs, as the user has decided. */
import assert from "node:assert/strict";
import type { Decisions } from "../../../src/core/decisions";
import type { RunnerClient } from "../client";
import { everyRunner } from "../runners";
import { endAll, startObserver } from "../starting";
import { alone, drivers, observedFile, shown, toTheEnd, trace } from "./observing";

for (const runner of everyRunner) {
  const isPython = runner.language === "python";
  const { nothing, quoted } = runner.words;

  describe(`${runner.name} runner, functions of an observed program that count as tasks or not`, () => {
    afterEach(endAll);

    /** Runs the program to its end. */
    async function run(functions: Decisions, program = "counting"): Promise<RunnerClient> {
      const client = startObserver(runner);
      await client.hello();
      await client.ask("observe", { file: observedFile(runner, program), arguments: [], functions });
      const ending = await toTheEnd(client);
      assert.deepEqual(shown(runner, ending), shown(runner, alone(runner, program)), "the program cannot tell");
      return client;
    }

    /** The names of the tasks of a function, in the order in which they have appeared, with their steps. */
    function stepsOf(client: RunnerClient, name: string): string[] {
      return trace(client).filter((step) => step.startsWith(`${name}/`));
    }

    const driverOf = (client: RunnerClient, task: number) => {
      return new Set(drivers(client).filter((_, step) => client.steps[step]?.task === task));
    };

    it("tells of functions that are only iterated over, once each, and of no others", async () => {
      const client = await run({});
      assert.deepEqual(
        trace(client).map((step) => step.split(" ")[0]),
        ["walk/0", "walk/0", "outer/1", "outer/1", "work/2", "main/3", "main/3"],
      );
      const iterated = client.events.flatMap((event) => (event.event === "iterated" ? [event.function] : []));
      assert.deepEqual(iterated, ["leaf"]);
    });

    it("counts a function that always counts where something iterates over it, outside of tasks", async () => {
      const client = await run({ leaf: "always" });
      // One `for`, then three that consume one element each. What `outer` delegates to remains a part of it.
      const times = [2, 1, 1, 1];
      assert.deepEqual(
        stepsOf(client, "leaf").map((step) => step.replace(/^\S+ /, "")),
        times.flatMap((count) => [...Array.from({ length: count }, (_, each) => `yielded ${each}`), `returned ${nothing}`]),
      );
      assert.equal(stepsOf(client, "outer").length, 2);
      assert.deepEqual(
        client.events.filter(({ event }) => event === "iterated"),
        [],
      );
    });

    it("goes on with a task that was begun by a call and is then iterated over, if its function always counts", async () => {
      const client = await run({ work: "always" });
      assert.deepEqual(stepsOf(client, "work"), [
        `work/2 yielded ${quoted("begun 1")}`,
        `work/2 yielded ${quoted("begun 2")}`,
        `work/2 returned ${nothing}`,
      ]);
    });

    it("has what a function resumes that never counts as tasks of their own, resumed by it", async () => {
      const client = await run({ walk: "never" });
      assert.deepEqual(stepsOf(client, "work").slice(0, 2), [
        `work/0 yielded ${quoted("inner 1")}`,
        `work/0 yielded ${quoted("inner 2")}`,
      ]);
      assert.deepEqual(stepsOf(client, "walk"), []);
      assert.deepEqual(driverOf(client, 0), new Set(isPython ? ["walk:16", "walk:17"] : ["walk:12", "walk:13"]));
    });

    it("has no steps of a function that never counts, nor of what it delegates to", async () => {
      const client = await run({ outer: "never", leaf: "always" });
      assert.deepEqual(stepsOf(client, "outer"), []);
      assert.equal(stepsOf(client, "leaf").length, 9, "those of plain iteration alone");
    });

    it("has what a coroutine or an async function resumes that never counts", async () => {
      const client = await run({ main: "never" });
      assert.deepEqual(stepsOf(client, "main"), []);
      assert.deepEqual(stepsOf(client, "work").slice(-2), [
        `work/3 yielded ${quoted("late 1")}`,
        `work/3 yielded ${quoted("late 2")}`,
      ]);
    });

    if (isPython) {
      it("has the step in which a function that never counts, to which a task delegates, catches what is thrown into it", async () => {
        const client = await run({ catches: "never" }, "catching");
        assert.deepEqual(trace(client), ["works/0 yielded 'waits'", "works/0 yielded 'caught'", "works/0 yielded 'waits'"]);
      });
    }
  });
}
