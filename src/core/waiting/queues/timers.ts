/** Sleepers, in a binary heap: the earliest first, and of those due at the same time the one who went to sleep first. */
import type { Waiter } from "./waiter";

export class Timers<V> {
  readonly #heap: Waiter<V>[] = [];
  #order = 0;

  /** When the next sleeper is due; Infinity when there is none. */
  get nextDue(): number {
    return this.#heap[0]?.due ?? Number.POSITIVE_INFINITY;
  }

  get length(): number {
    return this.#heap.length;
  }

  /** The sleeper that is due first. */
  get first(): Waiter<V> | undefined {
    return this.#heap[0];
  }

  add(waiter: Waiter<V>, due: number): void {
    waiter.due = due;
    this.#order += 1;
    waiter.order = this.#order;
    this.#rise(waiter, this.#heap.push(waiter) - 1);
  }

  remove(waiter: Waiter<V>): void {
    const { place } = waiter;
    const last = this.#heap.pop() as Waiter<V>;
    waiter.place = -1;
    if (last === waiter) return;
    this.#sink(last, place);
    this.#rise(last, last.place);
  }

  #rise(waiter: Waiter<V>, from: number): void {
    let place = from;
    while (place > 0) {
      const above = (place - 1) >> 1;
      const parent = this.#heap[above] as Waiter<V>;
      if (!isBefore(waiter, parent)) break;
      this.#set(parent, place);
      place = above;
    }
    this.#set(waiter, place);
  }

  #sink(waiter: Waiter<V>, from: number): void {
    let place = from;
    for (;;) {
      const left = 2 * place + 1;
      let child = this.#heap[left];
      if (!child) break;
      const right = this.#heap[left + 1];
      if (right && isBefore(right, child)) child = right;
      if (!isBefore(child, waiter)) break;
      const { place: below } = child;
      this.#set(child, place);
      place = below;
    }
    this.#set(waiter, place);
  }

  #set(waiter: Waiter<V>, place: number): void {
    this.#heap[place] = waiter;
    waiter.place = place;
  }
}

function isBefore<V>(one: Waiter<V>, other: Waiter<V>): boolean {
  return one.due < other.due || (one.due === other.due && one.order < other.order);
}
