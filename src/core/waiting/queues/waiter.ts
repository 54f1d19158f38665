/**
 * A task waiting for one thing, and the queues of such waiters. A task that waits for several things is in several queues.
 */
import type { TaskId } from "../../task";
import { type Operation, operation } from "../request";

/** A task's wait for one thing. Waiters are reused, so nobody may keep one after it was removed. */
export class Waiter<V> {
  task: TaskId = 0;
  operation: Operation = operation.acquire;
  object = 0;
  /** The position among the parts of `any` or `all`. */
  part = 0;
  /** The value that is put. */
  value: V | undefined = undefined;
  /** The next wait of the same task, and the previous one. */
  sibling: Waiter<V> | undefined = undefined;
  elder: Waiter<V> | undefined = undefined;
  queue: WaitQueue<V> | undefined = undefined;
  next: Waiter<V> | undefined = undefined;
  previous: Waiter<V> | undefined = undefined;
  /** For a sleeper: its due time, its rank among those due at the same time, and its index in the heap. */
  due = 0;
  order = 0;
  place = -1;
}

/** A first-in, first-out queue from which a waiter can be removed at any position. */
export class WaitQueue<V> {
  head: Waiter<V> | undefined = undefined;
  #tail: Waiter<V> | undefined = undefined;

  push(waiter: Waiter<V>): void {
    waiter.queue = this;
    waiter.previous = this.#tail;
    if (this.#tail) this.#tail.next = waiter;
    else this.head = waiter;
    this.#tail = waiter;
  }

  remove(waiter: Waiter<V>): void {
    const { previous, next } = waiter;
    if (previous) previous.next = next;
    else this.head = next;
    if (next) next.previous = previous;
    else this.#tail = previous;
    waiter.queue = undefined;
    waiter.previous = undefined;
    waiter.next = undefined;
  }

  *[Symbol.iterator](): Generator<Waiter<V>> {
    for (let waiter = this.head; waiter; waiter = waiter.next) yield waiter;
  }
}

/** How the resources tell the engine what became of a waiter. */
export interface Serving<V> {
  /** A waiter gets what it waited for, and is removed from its queue. */
  served(waiter: Waiter<V>, value: V): void;
  /** A waiter will never get what it waited for: the error is thrown in its task. */
  failed(waiter: Waiter<V>, error: V): void;
}
