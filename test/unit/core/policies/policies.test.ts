import assert from "node:assert/strict";
import fc from "fast-check";
import { planLength } from "../../../../src/core/schedule/plan";
import { anyPolicy, limits, Program, schedulerFor, scripts } from "./program";

/** Policies that use the result of each step. They receive fewer results in a longer plan, so their picks depend on its length. */
const fromTheQueueAlone = anyPolicy.filter((text) => !text.startsWith("fair"));

describe("every policy", () => {
  it("plans at most as many steps as requested, at least one, and only ready tasks", () => {
    fc.assert(
      fc.property(anyPolicy, scripts, limits, (policy, tasks, sizes) => {
        const program = new Program(schedulerFor(policy, tasks.length), tasks);
        for (let round = 0; ; round += 1) {
          const limit = sizes[round % sizes.length] ?? 1;
          const plan = program.scheduler.plan(limit);
          if (!plan) break;
          assert.ok(planLength(plan) >= 1 && planLength(plan) <= limit);
          assert.ok(plan.picks.every((pick) => program.scheduler.ready.includes(pick)));
          program.advance(limit);
        }
        assert.ok(program.scheduler.tasks.every(({ state }) => state === "returned" || state === "threw"));
      }),
      { numRuns: 500 },
    );
  });

  it("gives the same schedule again for the same seed", () => {
    fc.assert(
      fc.property(anyPolicy, scripts, limits, (policy, tasks, sizes) => {
        const [one, other] = [0, 1].map(() => new Program(schedulerFor(policy, tasks.length), tasks).run(sizes));
        assert.deepEqual(one?.runner.trace, other?.runner.trace);
      }),
      { numRuns: 300 },
    );
  });

  it("gives the same schedule step by step and in batches of any size", () => {
    fc.assert(
      fc.property(fromTheQueueAlone, scripts, limits, (policy, tasks, sizes) => {
        const batches = new Program(schedulerFor(policy, tasks.length), tasks).run(sizes);
        assert.deepEqual(batches.picks, new Program(schedulerFor(policy, tasks.length), tasks).run([1]).picks);
      }),
      { numRuns: 1000 },
    );
  });

  it("plans ahead what it would plan once the previous plan has run, if it plans ahead at all", () => {
    fc.assert(
      fc.property(anyPolicy, scripts, limits, fc.integer({ min: 1, max: 9 }), (policy, tasks, sizes, more) => {
        const program = new Program(schedulerFor(policy, tasks.length), tasks);
        const { scheduler } = program;
        for (let round = 0; ; round += 1) {
          const plan = scheduler.plan(sizes[round % sizes.length] ?? 1);
          if (!plan) break;
          const after = scheduler.planAfter(plan, more);
          const { ready } = scheduler;
          const { ran } = program.execute(plan);
          const wentAsPlanned = ran === planLength(plan) && scheduler.ready.length === ready.length;
          if (after && wentAsPlanned) assert.deepEqual(scheduler.plan(more), after);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("plans the same when asked again, and its copy continues in the same way", () => {
    fc.assert(
      fc.property(anyPolicy, scripts, limits, fc.nat(20), (policy, tasks, sizes, warmUp) => {
        const { scheduler } = new Program(schedulerFor(policy, tasks.length), tasks);
        const runner = new Program(scheduler, tasks);
        for (let step = 0; step < warmUp && runner.advance(1); step += 1);
        const copy = scheduler.policy.copy?.() ?? scheduler.policy;
        for (const limit of sizes) {
          if (scheduler.isIdle) break;
          const plan = scheduler.plan(limit);
          assert.deepEqual(scheduler.plan(limit), plan);
          assert.deepEqual(copy.plan(scheduler.ready, limit), plan);
          assert.equal(copy.why?.(), scheduler.reason);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("reaches the same state if its own picks are made by other means", () => {
    fc.assert(
      fc.property(anyPolicy, scripts, (policy, tasks) => {
        const own = new Program(schedulerFor(policy, tasks.length), tasks);
        const replayed = new Program(schedulerFor(policy, tasks.length), tasks);
        while (!own.scheduler.isIdle) {
          assert.equal(replayed.scheduler.next, own.scheduler.next);
          replayed.scheduler.pick(own.scheduler.next ?? 0);
          own.advance(1);
          replayed.advance(1);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("handles tasks that are added, held back, released and picked by hand, and its own replacement", () => {
    const deed = fc.record({ what: fc.constantFrom("add", "hold", "release", "pick", "policy", "run"), which: fc.nat(30) });
    fc.assert(
      fc.property(anyPolicy, anyPolicy, fc.array(deed, { maxLength: 40 }), (policy, other, deeds) => {
        const many = Array.from({ length: 50 }, (_, task) => ({ yields: task % 7, end: "returned" as const }));
        const { scheduler } = new Program(schedulerFor(policy, 3), many);
        const program = new Program(scheduler, many);
        for (const { what, which } of deeds) {
          const someone = scheduler.ready[which % Math.max(1, scheduler.ready.length)];
          if (what === "add") scheduler.add("late", "late()");
          else if (what === "policy") scheduler.setPolicy(schedulerFor(other, 0).policy, other);
          else if (what === "release") for (const held of scheduler.held) scheduler.release(held);
          else if (what === "run") program.advance(which + 1);
          else if (someone !== undefined && what === "hold") scheduler.hold(someone);
          else if (someone !== undefined) {
            scheduler.pick(someone);
            program.advance(1);
            assert.equal(program.picks.at(-1), someone);
          }
          assert.ok(scheduler.next === undefined || scheduler.ready.includes(scheduler.next));
        }
        for (const held of scheduler.held) scheduler.release(held);
        program.run([9]);
        assert.ok(scheduler.tasks.every(({ state }) => state === "returned"));
      }),
      { numRuns: 500 },
    );
  });
});
