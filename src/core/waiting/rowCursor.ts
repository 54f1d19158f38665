/** Iterates over the rows of a wait log, step by step. */
import type { WaitRows } from "./rows";

export class RowCursor {
  readonly #batches: Iterator<WaitRows>;
  #batch: WaitRows | undefined;
  #at = 0;

  /**
   * @param batches rows in order, which may begin before the step
   * @param step where to begin
   * @param taken how many rows of that step to skip
   */
  constructor(batches: Iterable<WaitRows>, step: number, taken: number) {
    this.#batches = batches[Symbol.iterator]();
    this.#read();
    this.take(step - 1);
    for (let left = taken; left > 0 && this.next === step; left -= 1) this.#pass();
  }

  /** The step of the next row; Infinity if there is none. */
  get next(): number {
    return this.#batch ? this.#batch.base + (this.#batch.offset[this.#at] as number) : Number.POSITIVE_INFINITY;
  }

  /** Passes all rows up to a step, that step included. @param tell called for each row @returns how many there were */
  take(step: number, tell?: (rows: WaitRows, index: number) => void): number {
    return this.takeWhile(() => this.next <= step, tell);
  }

  /** Passes rows as long as the next one is wanted. @returns how many there were */
  takeWhile(isWanted: (kind: number) => boolean, tell?: (rows: WaitRows, index: number) => void): number {
    let count = 0;
    for (; this.#batch && isWanted(this.#batch.kind[this.#at] as number); count += 1) {
      tell?.(this.#batch, this.#at);
      this.#pass();
    }
    return count;
  }

  #pass(): void {
    this.#at += 1;
    if (this.#batch && this.#at >= this.#batch.kind.length) this.#read();
  }

  #read(): void {
    this.#at = 0;
    do this.#batch = this.#batches.next().value as WaitRows | undefined;
    while (this.#batch && this.#batch.kind.length === 0);
  }
}
