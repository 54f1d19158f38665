/**
 * A runner without a process: executes plans according to the contract, over tasks that are lists of events.
 */
import { type Plan, pickAt, planLength } from "../../../src/core/schedule/plan";
import type { Executed } from "../../../src/core/scheduler/scheduler";
import type { TaskId } from "../../../src/core/task";
import type { StepEvent } from "../../../src/core/trace/trace";

/** A task with a number of yields, and how it ends. */
export interface Script {
  readonly yields: number;
  readonly end: "returned" | "threw";
}

export interface Switch {
  readonly task: TaskId;
  readonly event: StepEvent;
}

export class SimulatedRunner {
  readonly trace: Switch[] = [];
  readonly #resumed: number[] = [];

  constructor(readonly scripts: readonly Script[]) {}

  /** Resumes the tasks in the plan's order, and stops early at the first that returns or throws. */
  advance(plan: Plan): Executed {
    for (let index = 0; index < planLength(plan); index += 1) {
      const event = this.#resume(pickAt(plan, index));
      if (event !== "yielded") return { ran: index + 1, last: event };
    }
    return { ran: planLength(plan), last: "yielded" };
  }

  #resume(task: TaskId): StepEvent {
    const script = this.scripts[task];
    const resumed = this.#resumed[task] ?? 0;
    if (!script || resumed > script.yields) throw new Error(`task ${task} was resumed after its end`);
    this.#resumed[task] = resumed + 1;
    const event = resumed < script.yields ? "yielded" : script.end;
    this.trace.push({ task, event });
    return event;
  }
}
