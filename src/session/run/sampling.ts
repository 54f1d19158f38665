/**
 * Captures where the tasks are suspended whenever they rest, and evaluates the watches. Captured data is kept as part of the past.
 */
import type { TaskId } from "../../core/task";
import { UserCodeError } from "../common/errors";
import type { Watches } from "../seen/watches";
import type { Run } from "./run";
import { completeWatches } from "./watchEvaluation";

/** The maximum number of tasks captured at each rest. If there are more, the others are captured later, so that a pause is quick. */
export const mostLookedAt = 64;

/** The maximum number of values of a step that are expanded in advance. */
export const mostPreloaded = 16;

/** The run whose tasks are captured. */
export type Sampled = Pick<Run, "trace" | "tasks" | "inspections" | "watched" | "inspect" | "evaluate" | "changed">;

export class Sampling {
  /** The watch that is being evaluated. */
  watching: string | undefined;
  /** For each task, the step after which it was last captured. */
  readonly #looked = new Map<TaskId, number>();

  constructor(
    readonly run: Sampled,
    readonly watches: Pick<Watches, "active" | "stop">,
  ) {}

  /** Captures the tasks that have moved, and evaluates the watches. */
  async look(): Promise<void> {
    await this.#lookAtTasks();
    await this.watch();
  }

  /** Evaluates the watches with the locals of the task that ran last. @param isAnew whether to repeat those already evaluated */
  async watch(isAnew = false): Promise<void> {
    const { trace, watched, inspections } = this.run;
    const step = trace.length;
    const task = step > 0 ? trace.at(step).task : undefined;
    const frames = inspections.of(step)?.frames ?? [];
    const evaluate = (expression: string) => {
      this.watching = expression;
      return this.run.evaluate(expression, task).finally(() => {
        this.watching = undefined;
      });
    };
    await completeWatches(watched, { step, task, frames }, this.watches, evaluate, isAnew);
  }

  /** Captures a task as it is now, though other tasks have run since its last step, and expands its values by one level. */
  async lookBeside(id: TaskId): Promise<void> {
    const { trace, inspections } = this.run;
    const step = trace.length;
    const seen = await this.run.inspect(id).catch(refused);
    if (!seen) return;
    inspections.beside.record(step, id, seen);
    await inspections.preload(step, mostPreloaded, id);
  }

  /** Captures the task that moved last first, and expands its values by one level. */
  async #lookAtTasks(): Promise<void> {
    const { trace, tasks, inspections } = this.run;
    const totals = trace.totals(trace.length, tasks.length);
    const moved = tasks
      .map((task) => ({ id: task.id, step: totals[task.id]?.lastStep ?? 0 }))
      .filter(({ id, step }) => step > 0 && this.#looked.get(id) !== step)
      .sort((one, other) => other.step - one.step)
      .slice(0, mostLookedAt);
    await Promise.all(moved.map(({ id, step }) => this.#lookAt(id, step)));
    const latest = moved[0];
    if (latest) await inspections.preload(latest.step, mostPreloaded);
    if (latest && trace.at(latest.step).event === "threw") await inspections.preloadError(latest.step);
    this.run.changed();
  }

  /** Captures one task. If that fails, only this task's stack is missing in this pause. */
  async #lookAt(id: TaskId, step: number): Promise<void> {
    const { trace, inspections } = this.run;
    const seen = await this.run.inspect(id).catch(refused);
    if (!seen) return;
    this.#looked.set(id, step);
    if (step === trace.length) inspections.record(step, seen);
    else inspections.recordLater(step, seen);
  }
}

function refused(error: Error): undefined {
  if (error instanceof UserCodeError) return undefined;
  throw error;
}
