/** Entries with a due time, such as sleepers, in a binary heap: earliest first, and in order of insertion for the same time. */

/** Only the heap changes the fields. */
export interface Timed {
  due: number;
  /** Breaks ties between entries due at the same time. */
  order: number;
  /** The index in the heap; negative while the entry is not in it. */
  place: number;
}

export class Timers<T extends Timed> {
  readonly #heap: T[] = [];
  #order = 0;

  /** When the next entry is due; Infinity if there is none. */
  get nextDue(): number {
    return this.#heap[0]?.due ?? Number.POSITIVE_INFINITY;
  }

  /** The `order` of the entry that was added last. */
  get lastOrder(): number {
    return this.#order;
  }

  /** The entry that is due first. */
  get first(): T | undefined {
    return this.#heap[0];
  }

  /** The entries in the order in which they are due. */
  inOrder(): T[] {
    return [...this.#heap].sort((one, other) => (isBefore(one, other) ? -1 : 1));
  }

  add(timed: T, due: number): void {
    timed.due = due;
    this.#order += 1;
    timed.order = this.#order;
    this.#rise(timed, this.#heap.push(timed) - 1);
  }

  remove(timed: T): void {
    const { place } = timed;
    const last = this.#heap.pop() as T;
    timed.place = -1;
    if (last === timed) return;
    this.#sink(last, place);
    this.#rise(last, last.place);
  }

  #rise(timed: T, from: number): void {
    let place = from;
    while (place > 0) {
      const above = (place - 1) >> 1;
      const parent = this.#heap[above] as T;
      if (!isBefore(timed, parent)) break;
      this.#set(parent, place);
      place = above;
    }
    this.#set(timed, place);
  }

  #sink(timed: T, from: number): void {
    let place = from;
    for (;;) {
      const left = 2 * place + 1;
      let child = this.#heap[left];
      if (!child) break;
      const right = this.#heap[left + 1];
      if (right && isBefore(right, child)) child = right;
      if (!isBefore(child, timed)) break;
      const { place: below } = child;
      this.#set(child, place);
      place = below;
    }
    this.#set(timed, place);
  }

  #set(timed: T, place: number): void {
    this.#heap[place] = timed;
    timed.place = place;
  }
}

function isBefore(one: Timed, other: Timed): boolean {
  return one.due < other.due || (one.due === other.due && one.order < other.order);
}
