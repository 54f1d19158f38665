/**
 * A channel: values go from senders to receivers, in order. Its capacity is 0 for a rendezvous, and unlimited if it is
 * unbounded. A task that finds neither a partner nor free capacity waits.
 */
import { Deque } from "./deque";
import { type Serving, type Waiter, WaitQueue } from "./waiter";

export class Channel<V> {
  readonly kind = "channel";
  readonly putters = new WaitQueue<V>();
  readonly takers = new WaitQueue<V>();
  readonly #values = new Deque<V>();
  isClosed = false;
  /** What the last successful `take` gave. */
  taken: V;

  /**
   * @param capacity how many values have a place; Infinity when unbounded
   * @param nothing what a put gives
   * @param closed what a take gives once the channel is closed and empty
   */
  constructor(
    readonly serving: Serving<V>,
    readonly name: string,
    readonly capacity: number,
    readonly nothing: V,
    readonly closed: V,
  ) {
    this.taken = nothing;
  }

  /** How many values are in it. */
  get length(): number {
    return this.#values.length;
  }

  /** Puts a value where somebody takes it now, or where there is a place. The channel must be open. */
  put(value: V): boolean {
    const taker = this.takers.head;
    if (taker) this.serving.served(taker, value);
    else if (this.#values.length < this.capacity) this.#values.push(value);
    else return false;
    return true;
  }

  /** Takes the first value, if there is one or none will ever come; it is in `taken`. */
  take(): boolean {
    if (this.#values.length > 0) {
      this.taken = this.#values.shift();
      this.#fillPlaces();
    } else if (this.putters.head) this.taken = this.#valueOf(this.putters.head);
    else if (this.isClosed) this.taken = this.closed;
    else return false;
    return true;
  }

  /** Puts back a value that was taken, before all others. */
  giveBack(value: V): void {
    if (value === this.closed) return;
    const taker = this.takers.head;
    if (taker) this.serving.served(taker, value);
    else this.#values.unshift(value);
  }

  /** Those who wait to take get `closed`; those who wait to put fail, and their values are in no one's hands. */
  close(error: () => V): void {
    this.isClosed = true;
    for (let taker = this.takers.head; taker; taker = this.takers.head) this.serving.served(taker, this.closed);
    for (let putter = this.putters.head; putter; putter = this.putters.head) this.serving.failed(putter, error());
  }

  #fillPlaces(): void {
    for (let putter = this.putters.head; putter && this.#values.length < this.capacity; putter = this.putters.head) {
      this.#values.push(this.#valueOf(putter));
    }
  }

  /** The value of a putter, which is served. */
  #valueOf(putter: Waiter<V>): V {
    const value = putter.value as V;
    this.serving.served(putter, this.nothing);
    return value;
  }
}
