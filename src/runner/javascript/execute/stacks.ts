/**
 * The stacks of the tasks of one instance, for callers that ask after every step. Reading a stack takes a millisecond, so it
 * is skipped where it could not have changed the answer.
 */
import type { YieldPoint } from "../../../core/trace/trace";
import { framesOf, type SuspendedFrame } from "../inspect/frames";
import type { ModuleInstance } from "../load/modules";
import type { PointTable } from "../load/pointMarks";
import type { RunnerTask } from "./tasks";

export class Stacks {
  /** Iterators that can never delegate to another: their function has no `yield*`. */
  readonly #flat = new WeakSet<object>();

  constructor(
    readonly instance: ModuleInstance,
    readonly points: PointTable,
  ) {}

  /** The frames of a task, innermost last. */
  frames({ iterator }: RunnerTask): SuspendedFrame[] {
    return framesOf(iterator, this.instance, this.points);
  }

  /** Whether a task that was resumed is suspended at a place further out than with its innermost yield point. */
  isBeneath(task: RunnerTask, isWanted: (at: YieldPoint) => boolean): boolean {
    if (this.#flat.has(task.iterator)) return false;
    const frames = this.frames(task);
    if (!this.#delegates(frames[0]?.at)) this.#flat.add(task.iterator);
    return frames.some(({ at }) => isWanted(at));
  }

  #delegates(own: YieldPoint | undefined): boolean {
    if (!own) return false;
    return this.points.delegations.some((at) => at.file === own.file && at.function === own.function);
  }
}
