import assert from "node:assert/strict";
import fc from "fast-check";
import { makePolicy, parsePolicy } from "../../../../src/core/policies/parse";
import { formatSchedule } from "../../../../src/core/schedule/format";
import { recordedItems, scheduleLength } from "../../../../src/core/schedule/items";
import { parseSchedule } from "../../../../src/core/schedule/parser";
import { TaskNotReadyError, TaskOverError, UnknownTaskError } from "../../../../src/core/scheduler/pickErrors";
import { ScheduleMismatchError, ScheduleReplay } from "../../../../src/core/scheduler/replay";
import { Scheduler } from "../../../../src/core/scheduler/scheduler";
import type { StepEvent } from "../../../../src/core/trace/trace";
import { deeds, Lived } from "../policies/deeds";
import { anyPolicy, limits, microsOf } from "../policies/program";
import { SimulatedRunner } from "../simulatedRunner";

function textOf({ program, trace }: Lived, steps = trace.length): string {
  return formatSchedule(recordedItems(program.scheduler.changes, (step) => trace.chunkAt(step), steps));
}

/** Replays a text on new tasks with the same names. A throw or a close ends a task as it did the first time. */
function replayed(text: string, { program }: Lived, sizes: readonly number[]): Scheduler {
  const scheduler = new Scheduler();
  scheduler.follow(new ScheduleReplay(parseSchedule(text).items));
  const events = program.runner.trace;
  for (let round = 0; scheduler.replay; round += 1) {
    makeDue(scheduler, program.scheduler, events);
    const plan = scheduler.replay || scheduler.picked ? scheduler.plan(sizes[round % sizes.length] ?? 1) : undefined;
    if (!plan) continue;
    const before = scheduler.steps;
    let ran = 0;
    const length = plan.picks.length * plan.times;
    for (let event: StepEvent | undefined = "yielded"; ran < length && event === "yielded"; ran += 1) {
      assert.equal(plan.picks[ran % plan.picks.length], events[before + ran]?.task);
      event = events[before + ran]?.event;
    }
    const micros = (index: number) => microsOf(events[before + index]?.task ?? 0, before + index);
    scheduler.apply(plan, { ran, last: events[before + ran - 1]?.event ?? "yielded", micros });
  }
  return scheduler;
}

function makeDue(scheduler: Scheduler, first: Scheduler, events: SimulatedRunner["trace"]): void {
  for (let due = scheduler.replay?.due; due; due = scheduler.replay?.due) {
    assert.equal(scheduler.refusal, undefined);
    if (due.kind === "policy") scheduler.setPolicy(makePolicy(parsePolicy(due.policy)), due.policy);
    else if (due.kind === "add") scheduler.add(first.tasks[scheduler.tasks.length]?.name ?? "", due.call);
    else if (due.kind === "hold") scheduler.hold(due.task);
    else if (due.kind === "release") scheduler.release(due.task);
    else if (due.kind === "pick") scheduler.pick(due.task, due.send);
    else scheduler.settle(due.task, events[scheduler.steps]?.event ?? "closed", due);
    scheduler.replay?.made();
    if (due.kind === "pick") return;
  }
}

describe("a schedule that is replayed", () => {
  it("gives the same picks and the same state, so that the policy continues as in the original run", () => {
    fc.assert(
      fc.property(anyPolicy, deeds, limits, fc.integer({ min: 1, max: 9 }), (policy, all, sizes, limit) => {
        const lived = new Lived(policy, 3).live(all, limit);
        const text = textOf(lived);
        assert.equal(scheduleLength(parseSchedule(text).items), lived.trace.length);
        const scheduler = replayed(text, lived, sizes);
        assert.deepEqual(scheduler.tasks, lived.program.scheduler.tasks);
        assert.deepEqual(scheduler.changes, lived.program.scheduler.changes);
        assert.deepEqual(scheduler.ready, lived.program.scheduler.ready);
        assert.deepEqual(scheduler.plan(1), lived.program.scheduler.plan(1));
        assert.equal(scheduler.reason, lived.program.scheduler.reason);
      }),
      { numRuns: 500 },
    );
  });

  it("can be the beginning of a branch", () => {
    const lived = new Lived("round-robin", 2).live([{ what: "run", which: 6, policy: "" }]);
    const scheduler = replayed(textOf(lived, 3), lived, [9]);
    scheduler.pick(0);
    assert.deepEqual([scheduler.steps, scheduler.next], [3, 0]);
  });

  it("leaves further picks to the policy when it has ended, and marks picks that the policy would not make", () => {
    const scheduler = new Scheduler();
    for (const name of ["a", "b"]) scheduler.add(name, `${name}()`);
    scheduler.follow(new ScheduleReplay([{ kind: "picks", picks: [1, 0], times: 1 }]));
    assert.deepEqual([scheduler.reason, scheduler.plan(9)], ["as the schedule says", { picks: [1, 0], times: 1 }]);
    scheduler.apply({ picks: [1, 0], times: 1 }, { ran: 2, last: "yielded" });
    assert.deepEqual([scheduler.replay, scheduler.next, scheduler.reason], [undefined, 1, "next in the ring"]);
  });

  it("is planned in pieces if a short text stands for more picks than fit in memory", () => {
    const replay = new ScheduleReplay(
      parseSchedule("fcfs; (0*4194303 1 0*2 1)*2 (0*30000 1*30000 0*30000)*9 (0*3 1)*5 2*9").items.slice(1),
    );
    const plans: [string, number][] = [];
    for (let plan = replay.plan(10_000_000, () => undefined); plan; plan = replay.plan(10_000_000, () => undefined)) {
      const { picks, times } = plan;
      plans.push([picks.length < 9 ? picks.join(" ") : `${picks[0]}…${picks.at(-1)}, ${picks.length}`, times]);
      replay.ran(picks.length * times);
    }
    const ring = ["0", 4_194_303] as const;
    assert.deepEqual(plans.slice(0, 4), [ring, ["1 0 0 1", 1], ring, ["1 0 0 1", 1]]);
    assert.deepEqual(plans.slice(4, 6), [
      ["0…1, 60000", 1],
      ["0…0, 30000", 1],
    ]);
    assert.equal(plans.length, 4 + 9 * 2 + 2);
    assert.deepEqual(plans.slice(-2), [
      ["0 0 0 1", 5],
      ["2", 9],
    ]);
  });

  it("is rejected at the step where it does not fit", () => {
    const cases = [
      { text: "fcfs; 0 1 (0 1)*5", step: 4, reason: TaskOverError, message: '"b" has returned.' },
      { text: "fcfs; 0 2", step: 2, reason: UnknownTaskError, message: "There is no task 2." },
      { text: "fcfs; 0 0 hold:0 0", step: 3, reason: TaskNotReadyError, message: '"a" is held back.' },
      { text: "fcfs; 0 1 hold:1", step: 3, reason: TaskOverError, message: '"b" has returned.' },
    ];
    for (const { text, step, reason, message } of cases) {
      const scheduler = new Scheduler();
      for (const name of ["a", "b"]) scheduler.add(name, `${name}()`);
      const runner = new SimulatedRunner([
        { yields: 9, end: "returned" },
        { yields: 0, end: "returned" },
      ]);
      scheduler.follow(new ScheduleReplay(parseSchedule(text).items.slice(1)));
      while (!scheduler.refusal) {
        if (scheduler.replay?.due?.kind === "hold") {
          scheduler.hold(0);
          scheduler.replay.made();
        }
        const plan = scheduler.refusal ? undefined : scheduler.plan(100);
        if (plan) scheduler.apply(plan, runner.advance(plan));
      }
      const refusal = scheduler.refusal;
      assert.ok(refusal instanceof ScheduleMismatchError && refusal.reason instanceof reason);
      assert.deepEqual([refusal.step, refusal.message], [step, `The schedule does not fit at step ${step}: ${message}`]);
      assert.equal(scheduler.next, undefined);
      assert.throws(() => scheduler.plan(1), ScheduleMismatchError);
    }
  });
});
