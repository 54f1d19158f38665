/**
 * The stacks of an instance's tasks, for callers that need them after every step. Reading a stack takes a millisecond, so it is skipped
 * if it cannot affect the result.
 */
import type { YieldPoint } from "../../../core/trace/trace";
import { framesOf, type SuspendedFrame } from "../inspect/frames";
import type { ModuleInstance } from "../load/modules";
import type { PointTable } from "../load/pointMarks";
import type { SeenTask } from "./tasks";

export class Stacks {
  /** Iterators that never delegate to another one, because their function has no `yield*`. */
  readonly #flat = new WeakSet<object>();

  constructor(
    readonly instance: ModuleInstance,
    readonly points: PointTable,
  ) {}

  /** The frames of a task, innermost last. */
  frames({ iterator }: SeenTask): SuspendedFrame[] {
    return framesOf(iterator, this.instance, this.points);
  }

  /** Whether any frame of a task that has been resumed, except the innermost, is suspended at a wanted position. */
  isBeneath(task: SeenTask, isWanted: (at: YieldPoint) => boolean): boolean {
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
