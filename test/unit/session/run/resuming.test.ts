import assert from "node:assert/strict";
import { Scheduler } from "../../../../src/core/scheduler/scheduler";
import { TraceStore } from "../../../../src/core/trace/traceStore";
import type { Answer } from "../../../../src/protocol/runner";
import { RunnerFailedError } from "../../../../src/session/common/errors";
import type { RunnerClient } from "../../../../src/session/process/runnerClient";
import { Resuming } from "../../../../src/session/run/resuming";
import { Inspections } from "../../../../src/session/seen/inspections";
import { chunkOf, points } from "../../core/chunks";

type Request = { readonly plan?: { readonly picks: readonly number[] }; readonly task?: number };

/** Two tasks without a process: each request makes its steps, all of which yield, and gets the answer that the test provides. */
class TwoTasks {
  readonly scheduler = new Scheduler();
  readonly trace = new TraceStore();
  readonly inspections = new Inspections(() => Promise.reject(new Error("nothing here can be opened")));
  readonly resuming: Resuming;
  readonly asked: string[] = [];
  answer: (made: number) => Answer<"advance"> = (ran) => ({ ran, stopped: "completed" });
  settled = 0;

  constructor() {
    this.trace.addPoints(points);
    for (const name of ["one", "other"]) this.scheduler.add(name, `${name}()`);
    const request = async (method: string, { plan, task }: Request) => {
      this.asked.push(method);
      if (method === "pause") return {};
      return this.answer(this.#make(plan?.picks ?? [task ?? 0]));
    };
    this.resuming = new Resuming({ request } as unknown as RunnerClient, this, () => {
      this.settled += 1;
    });
  }

  #make(tasks: readonly number[]): number {
    assert.ok(this.resuming.isUnderWay);
    const contents = tasks.map((task) => ({ task, event: "yielded", value: "1", point: 1, micros: 1 }) as const);
    this.trace.append(chunkOf(this.trace.length + 1, contents));
    return tasks.length;
  }
}

const lost = () => {
  throw new Error("The process ended.");
};

describe("resuming tasks", () => {
  it("by a plan makes the steps that the scheduler planned, and reports them to it", async () => {
    const tasks = new TwoTasks();
    const plan = tasks.scheduler.plan(1);
    assert.ok(plan);
    await tasks.resuming.execute(plan);
    assert.deepEqual([tasks.trace.length, tasks.scheduler.next, tasks.settled], [1, 1, 1]);
    assert.ok(!tasks.resuming.isUnderWay);
  });

  it("fails if the steps received differ from the runner's answer", async () => {
    const tasks = new TwoTasks();
    tasks.answer = (made) => ({ ran: made + 1, stopped: "completed" });
    await assert.rejects(tasks.resuming.close(0), RunnerFailedError);
    assert.ok(!tasks.resuming.isUnderWay);
  });

  it("counts the steps received even if the process ended before it answered", async () => {
    const tasks = new TwoTasks();
    tasks.answer = lost;
    await assert.rejects(tasks.resuming.execute({ picks: [0, 1, 0], times: 1 }), /process ended/);
    assert.equal(tasks.scheduler.steps, 3);
    await assert.rejects(tasks.resuming.throwInto(1, "0"), /process ended/);
    assert.deepEqual(tasks.resuming.byHand, [{ step: 4, task: 1, verb: "throwInto", expression: "0" }]);
  });

  it("counts the steps of two plans in order, even if the process ended while answering the first", async () => {
    const tasks = new TwoTasks();
    tasks.answer = (ran) => (ran === 1 ? lost() : { ran, stopped: "completed" });
    const plans = [{ picks: [1], times: 1 }];
    await assert.rejects(
      tasks.resuming.execute({ picks: [0, 1, 0], times: 1 }, [], () => plans.pop()),
      /process ended/,
    );
    assert.deepEqual([tasks.scheduler.steps, tasks.scheduler.next], [4, 0]);
  });

  it("by hand is reported as such, from the pick until the step has ended", async () => {
    const tasks = new TwoTasks();
    assert.ok(!tasks.resuming.isByHand);
    tasks.scheduler.pick(1, "5");
    assert.ok(tasks.resuming.isByHand);
    await tasks.resuming.send(1, "5");
    const closing = tasks.resuming.close(0);
    assert.ok(tasks.resuming.isByHand);
    await closing;
    assert.ok(!tasks.resuming.isByHand);
    assert.deepEqual(
      tasks.resuming.byHand.map(({ step, task, verb }) => [step, task, verb]),
      [
        [1, 1, "send"],
        [2, 0, "close"],
      ],
    );
  });

  it("sends no more plans ahead after a pause was requested", async () => {
    const tasks = new TwoTasks();
    const plan = { picks: [0], times: 1 };
    let left = 3;
    await tasks.resuming.execute(plan, [], () => {
      left -= 1;
      if (left === 0) void tasks.resuming.pause();
      return plan;
    });
    assert.deepEqual(tasks.asked, ["advance", "advance", "advance", "pause", "advance"]);
  });
});
