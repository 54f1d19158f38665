import assert from "node:assert/strict";
import { Scheduler } from "../../../../src/core/scheduler/scheduler";
import { TraceStore } from "../../../../src/core/trace/traceStore";
import type { Until } from "../../../../src/core/until";
import type { Answer } from "../../../../src/protocol/runner";
import { Rest } from "../../../../src/session/loop/rest";
import { Breakpoints } from "../../../../src/session/run/breakpoints";
import { OutputLog } from "../../../../src/session/seen/outputLog";
import { WaitLog } from "../../../../src/session/seen/waitLog";
import { chunkOf, points } from "../../core/chunks";

type Stopped = Answer<"advance">["stopped"];

/** A run of two tasks whose steps are invented one by one. */
class MadeUpSteps {
  readonly scheduler = new Scheduler();
  readonly trace = new TraceStore();
  readonly output = new OutputLog(100);
  readonly breakpoints = new Breakpoints(() => undefined);
  readonly waits = new WaitLog();
  readonly problem = undefined;
  readonly observed = undefined;
  readonly processes = undefined;
  readonly control = { isFollowing: false };
  readonly rules = { until: "first" as Until, breakpoints: this.breakpoints, traceRoom: 1e6 };
  readonly rest = new Rest(this, this.control, this.rules);

  constructor() {
    this.trace.addPoints(points);
    for (const name of ["one", "other"]) this.scheduler.add(name, `${name}()`);
  }

  get tasks() {
    return this.scheduler.tasks;
  }

  /** Makes a step of a task. @returns why the run should rest after it */
  step(task: number, event: "yielded" | "returned" | "threw", stopped: Stopped = event === "yielded" ? "completed" : event) {
    this.trace.append(chunkOf(this.trace.length + 1, [{ task, event, value: "1", point: 1, micros: 1 }]));
    this.scheduler.apply({ picks: [task], times: 1 }, { ran: 1, last: event, micros: () => 1 });
    return this.rest.after({ ran: 1, stopped });
  }
}

describe("the reason to rest", () => {
  it("is the task that the run stays with, unless there is another one that says more", () => {
    const made = new MadeUpSteps();
    const met = { ran: 1, stopped: "condition", condition: { id: 0 } } as const;
    made.rest.leave({ task: 0, until: "step" });
    assert.deepEqual(made.rest.conditions, [{ id: 0, task: 0 }]);
    made.step(0, "yielded");
    assert.equal(made.rest.after(met), "task-stepped");
    const yielded = made.breakpoints.add({ kind: "yielded", task: "one" });
    assert.equal(made.rest.after(met), "breakpoint");
    assert.equal(made.rest.hit, yielded);
    made.rest.leave({ task: 1, until: "end" });
    assert.deepEqual(made.rest.conditions, [{ id: 0, task: 1, ended: true }]);
    made.step(1, "returned");
    assert.equal(made.rest.after({ ...met, stopped: "returned" }), "task-ended");
    made.rest.leave();
    assert.deepEqual([made.rest.hit, made.rest.conditions], [undefined, []]);
  });

  it("is the first return, or any throw, if the run pauses by itself", () => {
    const made = new MadeUpSteps();
    assert.equal(made.step(0, "yielded"), undefined);
    assert.equal(made.step(1, "returned"), "first-return");
    assert.equal(made.rest.result?.step, 2);
    assert.equal(made.step(0, "threw"), "threw");
    assert.equal(made.rest.result?.step, 2);
  });

  it("is the end of all tasks, if the run continues to the last task", () => {
    const made = new MadeUpSteps();
    made.rules.until = "all";
    assert.equal(made.step(0, "returned"), undefined);
    assert.equal(made.step(1, "threw"), "all-finished");
    assert.equal(made.rest.result?.step, 1);
  });

  it("is that only held-back tasks are left, unless a schedule releases them", () => {
    const made = new MadeUpSteps();
    made.rules.until = "all";
    made.scheduler.hold(0);
    made.control.isFollowing = true;
    assert.equal(made.step(1, "returned"), undefined);
    made.control.isFollowing = false;
    assert.equal(made.rest.idle, "held");
  });

  it("is an interruption rather than a breakpoint, and a breakpoint rather than the first return", () => {
    const made = new MadeUpSteps();
    const id = made.breakpoints.add({ kind: "returned" });
    assert.equal(made.step(0, "yielded", "interrupted"), "interrupted");
    assert.equal(made.step(0, "returned"), "breakpoint");
    assert.deepEqual([made.rest.hit, made.rest.result?.step], [id, 2]);
    made.rest.leave();
    assert.equal(made.rest.hit, undefined);
  });

  it("is the breakpoint before the next task only if no other was hit", () => {
    const made = new MadeUpSteps();
    const before = made.breakpoints.add({ kind: "resumed", task: "other" });
    made.rest.before(0);
    assert.equal(made.rest.hit, undefined);
    made.rest.before(1);
    assert.equal(made.rest.hit, before);
    made.rest.leave();
    const met = made.breakpoints.add({ kind: "yielded" });
    assert.equal(made.step(0, "yielded"), "breakpoint");
    made.rest.before(1);
    assert.equal(made.rest.hit, met);
  });

  it("is lost output only once: not again after the run continued, or if the output is passed on", () => {
    const made = new MadeUpSteps();
    assert.equal(made.rest.isOutputFull, false);
    made.output.add(1, "stdout", "x".repeat(200));
    assert.equal(made.rest.isOutputFull, true);
    made.rest.leave();
    made.output.add(2, "stdout", "x");
    assert.equal(made.rest.isOutputFull, false);
    const printed = new MadeUpSteps();
    printed.output.passOn = () => undefined;
    printed.output.add(1, "stdout", "x".repeat(200));
    assert.equal(printed.rest.isOutputFull, false);
  });

  it("includes the first return among steps that were made without checking", () => {
    const made = new MadeUpSteps();
    for (const [task, event] of [
      [0, "yielded"],
      [1, "returned"],
      [0, "returned"],
    ] as const)
      made.step(task, event);
    made.rest.result = undefined;
    made.rest.catchUp();
    assert.deepEqual(made.rest.result, made.trace.at(2));
  });
});
