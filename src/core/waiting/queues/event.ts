/** A flag that tasks wait for. While it is set, no task waits. */
import { type Serving, WaitQueue } from "./waiter";

export class WaitEvent<V> {
  readonly kind = "event";
  readonly queue = new WaitQueue<V>();
  isSet = false;

  constructor(
    readonly serving: Serving<V>,
    readonly name: string,
    readonly nothing: V,
  ) {}

  /** Sets the flag and wakes all waiting tasks, in the order in which they began to wait. */
  set(): void {
    this.isSet = true;
    for (let waiter = this.queue.head; waiter; waiter = this.queue.head) this.serving.served(waiter, this.nothing);
  }

  clear(): void {
    this.isSet = false;
  }
}
