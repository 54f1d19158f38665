import assert from "node:assert/strict";
import { TaskNotReadyError, TaskOverError, UnknownTaskError } from "../../../src/core/scheduler/pickErrors";
import type { TaskState } from "../../../src/core/task";
import { Program, schedulerFor } from "./policies/program";

const script = { yields: 9, end: "returned" as const };

function program(tasks: number, policy = "round-robin"): Program {
  return new Program(
    schedulerFor(policy, tasks),
    Array.from({ length: 9 }, () => script),
  );
}

const states = ({ scheduler }: Program): TaskState[] => scheduler.tasks.map(({ state }) => state);

describe("a task that is held back", () => {
  it("does not run until it is released, and then goes to the tail of the queue", () => {
    const { scheduler, ...rest } = program(3);
    const held = new Program(scheduler, rest.scripts);
    held.advance(2);
    scheduler.hold(1);
    assert.deepEqual([scheduler.ready, scheduler.held, states(held)], [[2, 0], [1], ["ready", "blocked", "created"]]);
    held.advance(4);
    scheduler.release(1);
    assert.deepEqual([scheduler.ready, scheduler.held, states(held)], [[2, 0, 1], [], ["ready", "ready", "ready"]]);
    held.advance(3);
    assert.deepEqual(held.picks, [0, 1, 2, 0, 2, 0, 2, 0, 1]);
  });

  it("leaves no task to run if all are held back, and can be closed", () => {
    const held = program(1);
    held.scheduler.hold(0);
    assert.equal(held.scheduler.isIdle, true);
    assert.equal(held.scheduler.plan(1), undefined);
    held.scheduler.settle(0, "yielded", { kind: "throw", task: 0, expression: "1" });
    assert.deepEqual([states(held), held.scheduler.held], [["blocked"], [0]]);
    held.scheduler.settle(0, "closed");
    assert.deepEqual([states(held), held.scheduler.held], [["closed"], []]);
    held.scheduler.release(0);
    assert.deepEqual(states(held), ["closed"]);
  });
});

describe("a pick by hand", () => {
  it("determines the next step, after which the policy continues", () => {
    const { scheduler, ...rest } = program(3, "fcfs");
    const picked = new Program(scheduler, rest.scripts);
    scheduler.pick(2, "5");
    assert.deepEqual([scheduler.next, scheduler.reason, scheduler.picked?.send], [2, "picked by hand", "5"]);
    picked.advance(100);
    picked.advance(2);
    assert.deepEqual(picked.picks, [2, 0, 0]);
  });

  it("can be undone, and is dropped when its task ends", () => {
    const { scheduler } = program(2);
    scheduler.pick(1);
    scheduler.unpick();
    assert.equal(scheduler.next, 0);
    for (const leave of [() => scheduler.hold(1), () => scheduler.settle(1, "closed")]) {
      scheduler.release(1);
      scheduler.pick(1);
      leave();
      assert.equal(scheduler.picked, undefined);
    }
  });

  it("is rejected for a task that cannot run, with the reason", () => {
    const { scheduler } = program(2);
    scheduler.hold(0);
    scheduler.settle(1, "closed");
    assert.throws(() => scheduler.pick(0), TaskNotReadyError);
    assert.throws(() => scheduler.pick(1), TaskOverError);
    assert.throws(() => scheduler.hold(1), TaskOverError);
    assert.throws(() => scheduler.pick(7), UnknownTaskError);
  });
});

describe("an action of the user", () => {
  it("is recorded with the step after which it was made", () => {
    const { scheduler, ...rest } = program(2);
    const noted = new Program(scheduler, rest.scripts);
    scheduler.setPolicy(schedulerFor("fcfs", 0).policy, "fcfs");
    noted.advance(3);
    scheduler.pick(1);
    noted.advance(1);
    scheduler.hold(0);
    scheduler.release(0);
    scheduler.settle(1, "threw", { kind: "throw", task: 1, expression: "new Error()" });
    assert.deepEqual(
      scheduler.changes.map(({ after, change }) => `${after} ${change.kind}`),
      ["0 policy", "0 add", "0 add", "0 policy", "3 pick", "4 hold", "4 release", "4 throw"],
    );
    assert.equal(scheduler.steps, 5);
  });
});
