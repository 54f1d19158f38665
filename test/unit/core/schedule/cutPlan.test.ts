import assert from "node:assert/strict";
import fc from "fast-check";
import { cutPlan, type Stops } from "../../../../src/core/schedule/cutPlan";
import { type Plan, pickAt, planLength, planOf } from "../../../../src/core/schedule/plan";
import { Scheduler } from "../../../../src/core/scheduler/scheduler";
import { type Script, SimulatedRunner } from "../simulatedRunner";

const plans: fc.Arbitrary<Plan> = fc.record({
  picks: fc.array(fc.nat(4), { minLength: 1, maxLength: 8 }),
  times: fc.integer({ min: 1, max: 5 }),
});
const stops: fc.Arbitrary<Stops> = fc.record({
  before: fc.array(fc.nat(5), { maxLength: 3 }).map((ids) => new Set(ids)),
  after: fc.array(fc.nat(5), { maxLength: 3 }).map((ids) => new Set(ids)),
});

function picksOf(plan: Plan | undefined): number[] {
  return plan ? Array.from({ length: planLength(plan) }, (_, index) => pickAt(plan, index)) : [];
}

describe("a plan that is cut", () => {
  it("keeps the order of the picks, and ends at the first requested switch", () => {
    fc.assert(
      fc.property(plans, stops, fc.nat(1), (plan, { before, after }, firstStop) => {
        const whole = picksOf(plan);
        const isRest = (index: number) =>
          (index >= firstStop && before.has(whole[index] ?? -1)) || (index > 0 && after.has(whole[index - 1] ?? -1));
        const end = whole.findIndex((_, index) => isRest(index));
        assert.deepEqual(picksOf(cutPlan(plan, { before, after }, firstStop)), end < 0 ? whole : whole.slice(0, end));
      }),
      { numRuns: 2_000 },
    );
  });

  it("stays unchanged, with its repetitions, if nothing is requested", () => {
    const plan = { picks: [0, 1], times: 500_000 };
    assert.equal(cutPlan(plan, { before: new Set(), after: new Set() }, 0), plan);
    assert.equal(cutPlan(plan, { before: new Set([7]), after: new Set([8]) }, 1), plan);
  });
});

const scripts = fc.array(fc.record({ yields: fc.nat(12), end: fc.constantFrom("returned" as const, "threw" as const) }), {
  minLength: 1,
  maxLength: 5,
});

/** Runs until no task is left, continuing after every rest, and returns the trace and the steps at which it rested. */
function run(tasks: readonly Script[], asked: Stops, limit: number) {
  const scheduler = new Scheduler();
  for (const _ of tasks) scheduler.add("t", "t()");
  const runner = new SimulatedRunner(tasks);
  const rests: number[] = [];
  for (let firstStop = 1; ; ) {
    const plan = scheduler.plan(limit);
    if (!plan) return { trace: runner.trace, rests };
    const cut = cutPlan(plan, asked, firstStop);
    firstStop = cut ? 0 : 1;
    if (cut) scheduler.apply(cut, runner.advance(cut));
    else rests.push(runner.trace.length);
  }
}

describe("a run that rests before tasks are resumed", () => {
  it("gives the trace of one that never rests, and rests once before each of their steps", () => {
    fc.assert(
      fc.property(scripts, stops, fc.integer({ min: 1, max: 40 }), (tasks, asked, limit) => {
        const { trace, rests } = run(tasks, asked, limit);
        assert.deepEqual(trace, run(tasks, { before: new Set(), after: new Set() }, limit).trace);
        // A run rests before its first step in any case.
        assert.deepEqual(
          rests,
          trace.flatMap(({ task }, index) => (index > 0 && asked.before.has(task) ? [index] : [])),
        );
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("recorded picks as a plan", () => {
  it("are the same picks, except for an incomplete last round", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(2), { minLength: 1, maxLength: 40 }), (picks) => {
        const plan = planOf(Uint16Array.from(picks));
        const planned = picksOf(plan);
        assert.deepEqual(planned, picks.slice(0, planned.length));
        assert.ok(planned.length > picks.length / 2);
      }),
      { numRuns: 1_000 },
    );
  });

  it("are compressed if they repeat", () => {
    assert.deepEqual(planOf(Uint16Array.of(0, 1, 2, 0, 1, 2, 0)), { picks: [0, 1, 2], times: 2 });
    assert.deepEqual(planOf(Uint16Array.of(3)), { picks: [3], times: 1 });
  });
});
