// Requests have the same semantics in a runner as in core: random programs make the same steps, rows and results, both under round-robin
// in the runner's own queue and in plans of single picks.
import assert from "node:assert/strict";
import fc from "fast-check";
import { rowKind, type WaitRows } from "../../../src/core/waiting/rows";
import { Interpreter, type Step } from "../../waiting/interpreter";
import { type Program, programs } from "../../waiting/programs";
import type { RunnerClient } from "../client";
import { everyRunner } from "../runners";
import { endAll, programFile, start } from "../starting";

/** Limits the steps of a program that neither ends nor waits. */
const mostSteps = 200;

const programOf: Readonly<Record<string, string>> = { javascript: "waiting/program.js", python: "waiting/program.py" };

/** There are several Pythons. */
const runs = (language: string) => (language === "python" ? 50 : 150);

const picks = fc.array(fc.nat(9), { maxLength: 40 });
const plans = fc.array(fc.array(fc.nat(9), { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 20 });

async function begin(client: RunnerClient, program: Program): Promise<void> {
  await client.ask("reset", {});
  client.steps.length = 0;
  client.events.length = 0;
  client.waits.length = 0;
  for (const [task, ops] of program.tasks.entries()) {
    await client.ask("spawn", { task, call: `task(${JSON.stringify(ops)}, ${JSON.stringify(program.children)})` });
  }
}

/** In the runner's own queue. The next ring contains the tasks that are ready then, as in core. */
async function runRings(client: RunnerClient, reference: Interpreter): Promise<void> {
  for (let isIdle = false; !isIdle && reference.steps.length < mostSteps; ) {
    reference.settle();
    const from = reference.steps.length + 1;
    const plan = { ring: [...reference.ready], steps: mostSteps - reference.steps.length };
    const { ran, stopped } = await client.ask("advance", { from, plan });
    for (let made = 0; made < ran; made += 1) assert.ok(reference.step(), `core has no step ${from + made}`);
    isIdle = stopped === "idle";
    // The runner lets time pass as long as a task sleeps.
    if (isIdle) assert.ok(!reference.step());
    const deadlock = reference.deadlocks.find(({ step }) => step === reference.steps.length);
    if (ran > 0) assert.equal(stopped === "deadlock", deadlock !== undefined, `step ${reference.steps.length}, ${stopped}`);
  }
}

/** Plans of several picks, which end early when a task was blocked, woken or spawned, or has to run next. */
async function runPlans(client: RunnerClient, reference: Interpreter, positions: readonly (readonly number[])[]): Promise<void> {
  for (let turn = 0; reference.ready.length > 0 && reference.steps.length < mostSteps; turn += 1) {
    const ready = [...reference.ready];
    const plan = (positions[turn % positions.length] ?? [0]).map((each) => ready[each % ready.length] as number);
    const { ran, stopped } = await client.run(reference.steps.length + 1, ...plan);
    for (const pick of plan.slice(0, ran)) {
      assert.deepEqual([...reference.ready].sort(), [...ready].sort(), "the plan went on after a change");
      assert.ok(reference.step([...reference.ready].indexOf(pick)));
    }
    if (stopped === "completed") assert.equal(ran, plan.length);
    else if (stopped !== "changed" && stopped !== "deadlock") assert.equal(stopped, reference.steps.at(-1)?.event);
  }
}

/** One step after the other, in any order. */
async function runPicks(client: RunnerClient, reference: Interpreter, positions: readonly number[]): Promise<void> {
  for (let made = 0; reference.ready.length > 0 && made < mostSteps; made += 1) {
    const ready = [...reference.ready];
    const position = (positions[made] ?? 0) % ready.length;
    const { ran, stopped } = await client.run(made + 1, ready[position] as number);
    assert.equal(ran, 1);
    assert.ok(reference.step(position));
    const isSame = ready.length === reference.ready.length && reference.steps.at(-1)?.event === "yielded";
    if (stopped === "completed") assert.ok(isSame, `who is ready has changed at step ${made + 1}`);
  }
}

/** Replaces the names that tasks have in core. */
function nameless(text: string): string {
  return text.replace(/task( #?\d+)?/g, "task").trimEnd();
}

function stepsOf(client: RunnerClient): Step[] {
  return client.steps.map(({ step, task, event }) => {
    const text = event === "yielded" ? "" : nameless(client.printed("stdout", step));
    return { task, event: event as Step["event"], text };
  });
}

/** Rounds times, which are in seconds in one language and in milliseconds in the other. */
function rowsOf(batches: readonly WaitRows[]): string[] {
  return batches.flatMap(({ base, offset, task, kind, object, numbers }) =>
    [...kind].map((each, index) => {
      const isTime = each === rowKind.blockSleep || each === rowKind.time;
      const about = isTime ? `time ${numbers[object[index] ?? 0]?.toFixed(6)}` : `object ${object[index]}`;
      return `step ${base + (offset[index] ?? 0)}: kind ${each} task ${task[index]} ${about}`;
    }),
  );
}

function compare(client: RunnerClient, reference: Interpreter): void {
  assert.deepEqual(
    stepsOf(client),
    reference.steps.map((step) => ({ ...step, text: nameless(step.text) })),
  );
  assert.deepEqual(rowsOf(client.waits), rowsOf(reference.rows));
}

for (const runner of everyRunner) {
  describe(`${runner.name} runner, requests`, () => {
    afterEach(endAll);

    it("have the same effect in the runner's own queue as in core", async () => {
      const client = await start(runner, programOf[runner.language] ?? "");
      const property = fc.asyncProperty(programs({ sleeps: false }), async (program) => {
        const reference = new Interpreter(program);
        await begin(client, program);
        await runRings(client, reference);
        compare(client, reference);
      });
      await fc.assert(property, { numRuns: runs(runner.language) });
    });

    it("have the same effect with sleepers, under virtual time", async () => {
      const client = await start(runner, programOf[runner.language] ?? "");
      await client.ask("load", { file: programFile(runner, programOf[runner.language] ?? ""), time: { virtual: 1, seed: 0 } });
      const property = fc.asyncProperty(programs(), async (program) => {
        const reference = new Interpreter(program);
        await begin(client, program);
        await runRings(client, reference);
        reference.settle();
        compare(client, reference);
      });
      await fc.assert(property, { numRuns: runs(runner.language) });
    });

    it("have the same effect when single tasks are picked", async () => {
      const client = await start(runner, programOf[runner.language] ?? "");
      const property = fc.asyncProperty(programs({ sleeps: false }), picks, async (program, positions) => {
        const reference = new Interpreter(program);
        await begin(client, program);
        await runPicks(client, reference, positions);
        compare(client, reference);
      });
      await fc.assert(property, { numRuns: 40 });
    });

    it("have the same effect in plans of several picks, which end when the set of ready tasks changes", async () => {
      const client = await start(runner, programOf[runner.language] ?? "");
      const property = fc.asyncProperty(programs({ sleeps: false }), plans, async (program, positions) => {
        const reference = new Interpreter(program);
        await begin(client, program);
        await runPlans(client, reference, positions);
        compare(client, reference);
      });
      await fc.assert(property, { numRuns: 40 });
    });
  });
}
