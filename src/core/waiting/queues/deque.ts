/** A double-ended queue in a ring buffer whose size is a power of two. */
export class Deque<T> {
  #ring: (T | undefined)[] = new Array(8).fill(undefined);
  #first = 0;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(value: T): void {
    if (this.#length === this.#ring.length) this.#grow();
    this.#ring[(this.#first + this.#length) & (this.#ring.length - 1)] = value;
    this.#length += 1;
  }

  unshift(value: T): void {
    if (this.#length === this.#ring.length) this.#grow();
    this.#first = (this.#first - 1) & (this.#ring.length - 1);
    this.#ring[this.#first] = value;
    this.#length += 1;
  }

  /** Removes and returns the first value. The queue must not be empty. */
  shift(): T {
    const value = this.#ring[this.#first] as T;
    this.#ring[this.#first] = undefined;
    this.#first = (this.#first + 1) & (this.#ring.length - 1);
    this.#length -= 1;
    return value;
  }

  /** The values, the first one first. */
  toArray(): T[] {
    return Array.from({ length: this.#length }, (_, index) => this.#ring[(this.#first + index) & (this.#ring.length - 1)] as T);
  }

  #grow(): void {
    const ring: (T | undefined)[] = new Array(2 * this.#ring.length).fill(undefined);
    for (let index = 0; index < this.#length; index += 1)
      ring[index] = this.#ring[(this.#first + index) & (this.#ring.length - 1)];
    this.#ring = ring;
    this.#first = 0;
  }
}
