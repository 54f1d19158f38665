// Under virtual time a run repeats exactly: the same seed gives the same trace, however its steps are divided into plans.
import assert from "node:assert/strict";
import fc from "fast-check";
import { rowKind } from "../../../src/core/waiting/rows";
import type { RunnerClient } from "../client";
import { everyRunner, type RunnerUnderTest } from "../runners";
import { endAll, programFile, startBare } from "../starting";
import { readyTasks, runAll } from "../waiting/ring";

const ops = ["sleep", "draw", "date", "wait", "later", "microtask", "immediate", "timer", "interval", "yield"] as const;
const op = fc.record({ op: fc.constantFrom(...ops), millis: fc.integer({ min: 0, max: 40 }) });
const tasks = fc.array(fc.array(op, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 4 });
type Tasks = readonly (readonly unknown[])[];

const seed = 11;

async function started(runner: RunnerUnderTest): Promise<RunnerClient> {
  const client = startBare(runner);
  await client.hello();
  const file = programFile(runner, `virtual/chance${runner.language === "python" ? ".py" : ".js"}`);
  await client.ask("load", { file, time: { virtual: 1, seed } });
  return client;
}

async function begin(client: RunnerClient, program: Tasks): Promise<void> {
  await client.ask("reset", {});
  for (const list of [client.steps, client.events, client.waits]) list.length = 0;
  for (const [task, each] of program.entries()) await client.ask("spawn", { task, call: `task(${JSON.stringify(each)})` });
}

/** The record of each step in the trace, and its output. */
function traceOf(client: RunnerClient): unknown[] {
  return client.steps.map(({ micros: _, ...step }) => [step, client.printed("stdout", step.step)]);
}

function rowsOf(client: RunnerClient): unknown[] {
  return client.waits.flatMap(({ base, offset, task, kind, object, numbers }) =>
    [...kind].map((each, index) => {
      const isTime = each === rowKind.time || each === rowKind.blockSleep;
      const about = object[index] as number;
      return [base + (offset[index] as number), each, task[index], isTime ? numbers[about] : about];
    }),
  );
}

/** Repeats the recorded steps one by one, as a replay does. If the task of a step waits, waits until it is woken. */
async function replay(client: RunnerClient, picks: readonly number[], count: number): Promise<void> {
  for (const [index, pick] of picks.entries()) {
    while (!readyTasks(client, count).includes(pick)) {
      const { stopped } = await client.ask("advance", { from: index + 1, plan: { ring: [], steps: 0 } });
      assert.notEqual(stopped, "idle", `task ${pick} is not woken before step ${index + 1}`);
    }
    // A task that is woken before the step ends a plan that was made without it.
    while (client.steps.length === index) await client.run(index + 1, pick);
  }
}

for (const runner of everyRunner) {
  describe(`${runner.name} runner, virtual time`, () => {
    afterEach(endAll);

    it("gives the same trace for the same seed, a hundred times", async () => {
      const client = await started(runner);
      const other = await started(runner);
      const property = fc.asyncProperty(tasks, async (program) => {
        await begin(client, program);
        await runAll(client, program.length);
        await begin(other, program);
        await runAll(other, program.length);
        assert.deepEqual(traceOf(other), traceOf(client));
        assert.deepEqual(rowsOf(other), rowsOf(client));
      });
      await fc.assert(property, { numRuns: 100 });
    });

    it("gives the same trace when the steps are made one by one", async () => {
      const client = await started(runner);
      const other = await started(runner);
      const property = fc.asyncProperty(tasks, async (program) => {
        await begin(client, program);
        await runAll(client, program.length);
        await begin(other, program);
        const picks = client.steps.map(({ task }) => task);
        await replay(other, picks, program.length);
        const steps = (each: RunnerClient) => each.steps.map(({ micros: _, ...step }) => step);
        assert.deepEqual(steps(other), steps(client));
      });
      await fc.assert(property, { numRuns: 30 });
    });
  });
}
