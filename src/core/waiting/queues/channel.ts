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
  /** The result of the last successful `take`. */
  taken: V;

  /**
   * @param capacity how many values it can buffer; Infinity if unbounded
   * @param nothing the result of a put
   * @param closed the result of a take once the channel is closed and empty
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

  /** How many values are buffered. */
  get length(): number {
    return this.#values.length;
  }

  /** The buffered values, the next one to be taken first. */
  get values(): readonly V[] {
    return this.#values.toArray();
  }

  /** Hands a value to a waiting taker, or buffers it. The channel must be open. @returns false if there is neither a taker nor capacity */
  put(value: V): boolean {
    const taker = this.takers.head;
    if (taker) this.serving.served(taker, value);
    else if (this.#values.length < this.capacity) this.#values.push(value);
    else return false;
    return true;
  }

  /** Takes the first value into `taken`, or `closed` if the channel is closed and empty. @returns false if the task has to wait */
  take(): boolean {
    if (this.#values.length > 0) {
      this.taken = this.#values.shift();
      this.#fillPlaces();
    } else if (this.putters.head) this.taken = this.#valueOf(this.putters.head);
    else if (this.isClosed) this.taken = this.closed;
    else return false;
    return true;
  }

  /** Puts a taken value back at the front. */
  giveBack(value: V): void {
    if (value === this.closed) return;
    const taker = this.takers.head;
    if (taker) this.serving.served(taker, value);
    else this.#values.unshift(value);
  }

  /** Waiting takers get `closed`. Waiting putters fail, and their values are dropped. */
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

  /** Serves a putter. @returns the value that it puts */
  #valueOf(putter: Waiter<V>): V {
    const value = putter.value as V;
    this.serving.served(putter, this.nothing);
    return value;
  }
}
