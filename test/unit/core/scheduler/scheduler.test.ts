import assert from "node:assert/strict";
import fc from "fast-check";
import type { Policy } from "../../../../src/core/policies/policy";
import { roundRobin } from "../../../../src/core/policies/roundRobin";
import { planLength } from "../../../../src/core/schedule/plan";
import { Scheduler } from "../../../../src/core/scheduler/scheduler";
import { type Script, SimulatedRunner } from "../simulatedRunner";

function schedulerOf(names: readonly string[], policy?: Policy): Scheduler {
  const scheduler = new Scheduler(policy);
  for (const name of names) scheduler.add(name, `${name}()`);
  return scheduler;
}

describe("Scheduler", () => {
  it("has nothing to plan without tasks", () => {
    const scheduler = new Scheduler();
    assert.equal(scheduler.plan(5), undefined);
    assert.equal(scheduler.next, undefined);
  });

  it("numbers tasks of the same name", () => {
    const scheduler = schedulerOf(["counter", "counter", "bogosort", "counter"]);
    assert.deepEqual(
      scheduler.tasks.map(({ name }) => name),
      ["counter", "counter #2", "bogosort", "counter #3"],
    );
  });

  it("gives every task its turn", () => {
    const scheduler = schedulerOf(["a", "b", "c"]);
    assert.deepEqual(scheduler.plan(7), { picks: [0, 1, 2], times: 2 });
    scheduler.apply({ picks: [0], times: 1 }, { ran: 1, last: "yielded" });
    assert.deepEqual(scheduler.ready, [1, 2, 0]);
    assert.equal(scheduler.next, 1);
  });

  it("puts a task that is added during a run at the tail of the queue", () => {
    const scheduler = schedulerOf(["a", "b"]);
    scheduler.apply({ picks: [0], times: 1 }, { ran: 1, last: "yielded" });
    scheduler.add("c", "c()");
    // b has waited longest, a has just run, and c is new: new tasks go to the tail.
    assert.deepEqual(scheduler.ready, [1, 0, 2]);
    assert.equal(scheduler.tasks[2]?.state, "created");
  });

  it("removes an ended task from the queue, and keeps the others in order", () => {
    const scheduler = schedulerOf(["a", "b", "c"]);
    // Five steps a b c a b: b returns in its second one, and c has waited longest.
    scheduler.apply({ picks: [0, 1, 2], times: 4 }, { ran: 5, last: "returned" });
    assert.deepEqual(scheduler.ready, [2, 0]);
    assert.deepEqual(
      scheduler.tasks.map(({ state }) => state),
      ["ready", "returned", "ready"],
    );
  });

  it("ends a task outside any plan", () => {
    const scheduler = schedulerOf(["a", "b"]);
    scheduler.settle(0, "closed");
    assert.deepEqual(scheduler.ready, [1]);
    assert.equal(scheduler.tasks[0]?.state, "closed");
    assert.throws(() => scheduler.settle(7, "closed"), RangeError);
  });

  it("changes nothing if no step ran", () => {
    const scheduler = schedulerOf(["a", "b"]);
    scheduler.apply({ picks: [0, 1], times: 1 }, { ran: 0 });
    assert.deepEqual(scheduler.ready, [0, 1]);
    assert.equal(scheduler.tasks[0]?.state, "created");
  });

  it("rejects more steps than were planned", () => {
    assert.throws(() => schedulerOf(["a"]).apply({ picks: [0], times: 2 }, { ran: 3, last: "yielded" }), RangeError);
  });
});

describe("round-robin", () => {
  it("plans at most as many steps as requested, and at least one", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(50), { minLength: 1 }), fc.integer({ min: 1, max: 1000 }), (ready, limit) => {
        const length = planLength(roundRobin.plan(ready, limit));
        assert.ok(length >= 1 && length <= limit);
      }),
    );
  });
});

/** Fixed picks in turn, whatever is ready, so that a plan can contain one task many times and leave out others. */
function scripted(turns: readonly number[]): Policy {
  return {
    name: "scripted",
    plan(ready, limit) {
      const order = [...ready];
      const picks = turns.slice(0, limit).map((turn) => order[turn % order.length] ?? 0);
      return { picks, times: Math.max(1, Math.floor(limit / picks.length)) };
    },
  };
}

const scripts = fc.array(fc.record({ yields: fc.nat(12), end: fc.constantFrom("returned" as const, "threw" as const) }), {
  minLength: 1,
  maxLength: 6,
});

/** Runs until no task is left. @param limits the sizes of the batches, used cyclically */
function run(scripts: readonly Script[], limits: readonly number[], policy?: Policy) {
  const scheduler = schedulerOf(
    scripts.map((_, index) => `t${index}`),
    policy,
  );
  const runner = new SimulatedRunner(scripts);
  for (let round = 0; ; round += 1) {
    const plan = scheduler.plan(limits[round % limits.length] ?? 1);
    if (!plan) return { trace: runner.trace, tasks: scheduler.tasks };
    scheduler.apply(plan, runner.advance(plan));
  }
}

describe("a schedule planned in batches", () => {
  it("gives the same trace as step by step", () => {
    fc.assert(
      fc.property(scripts, fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }), (tasks, limits) => {
        assert.deepEqual(run(tasks, limits), run(tasks, [1]));
      }),
      { numRuns: 500 },
    );
  });

  it("leaves the same ready queue as step by step, whatever the policy picked", () => {
    const turns = fc.array(fc.nat(5), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(scripts, turns, fc.integer({ min: 1, max: 30 }), (tasks, picks, limit) => {
        const names = tasks.map((_, index) => `t${index}`);
        const batched = schedulerOf(names, scripted(picks));
        const stepwise = schedulerOf(names);
        const runner = new SimulatedRunner(tasks);
        const plan = batched.plan(limit);
        assert.ok(plan);
        batched.apply(plan, runner.advance(plan));
        for (const { task, event } of runner.trace) stepwise.apply({ picks: [task], times: 1 }, { ran: 1, last: event });
        assert.deepEqual(batched.ready, stepwise.ready);
        assert.deepEqual(batched.tasks, stepwise.tasks);
      }),
      { numRuns: 500 },
    );
  });
});
