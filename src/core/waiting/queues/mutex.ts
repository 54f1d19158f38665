/** A lock that one task holds. Releasing it hands it to the first task in the queue, so no other task can take it in between. */
import type { TaskId } from "../../task";
import { type Serving, WaitQueue } from "./waiter";

/** Stands for no task. */
export const nobody = -1;

export class Mutex<V> {
  readonly kind = "mutex";
  holder: TaskId | typeof nobody = nobody;
  readonly queue = new WaitQueue<V>();

  /** @param held the result of acquiring it */
  constructor(
    readonly serving: Serving<V>,
    readonly name: string,
    readonly held: V,
  ) {}

  /** Takes the lock if it is free. */
  acquire(task: TaskId): boolean {
    if (this.holder !== nobody) return false;
    this.holder = task;
    return true;
  }

  /** Hands the lock to the first waiting task, if there is one. */
  release(): void {
    const next = this.queue.head;
    this.holder = next ? next.task : nobody;
    if (next) this.serving.served(next, this.held);
  }
}
