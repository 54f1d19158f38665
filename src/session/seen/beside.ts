/**
 * What was captured of tasks after steps of other tasks, because the user looked at them. It is exact for that step, and only in memory:
 * what a trace file has of such a task was captured after its own last step.
 */
import type { TaskId } from "../../core/task";
import type { Answer } from "../../protocol/runner";
import type { Handles, Origin } from "./handles";
import { type Expansion, pastEpoch } from "./seenRecord";

/** How many are kept. The oldest are dropped first. */
const most = 200;

type Inspected = Answer<"inspect">;

export class Beside {
  readonly #kept = new Map<string, { readonly seen: Inspected; readonly origin: Origin }>();

  /** @param epoch the epoch of values that the runner can expand now */
  constructor(
    readonly handles: Handles,
    readonly epoch: () => number,
  ) {}

  /**
   * Stores what a task was after a step.
   *
   * @param children of what a replay captured, the children of values, by the replay's handles; left out, the run itself was captured
   */
  record(step: number, task: TaskId, seen: Inspected, children?: ReadonlyMap<number, Expansion>): void {
    const key = keyOf(step, task);
    this.#forget(key);
    const origin: Origin = { step, epoch: children ? pastEpoch : this.epoch(), handles: new Set() };
    this.#kept.set(key, { seen: this.handles.inside(seen, origin, new Map(children)), origin });
    for (const oldest of this.#kept.keys()) if (this.#kept.size > most) this.#forget(oldest);
  }

  /** What a task was after a step, or undefined if it was not looked at then. */
  of(step: number, task: TaskId): Inspected | undefined {
    return this.#kept.get(keyOf(step, task))?.seen;
  }

  #forget(key: string): void {
    const kept = this.#kept.get(key);
    if (kept) this.handles.forget(kept.origin);
    this.#kept.delete(key);
  }
}

function keyOf(step: number, task: TaskId): string {
  return `${step} ${task}`;
}
