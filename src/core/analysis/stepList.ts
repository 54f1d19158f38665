/**
 * Step numbers in ascending order, at four bytes each: what a search through millions of steps keeps.
 */

/** Numbers are kept in blocks, so that growing copies nothing. */
const blockLength = 65_536;

export class StepList {
  readonly #blocks: Uint32Array[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** @param step greater than all steps in the list */
  push(step: number): void {
    const index = this.#length % blockLength;
    if (index === 0) this.#blocks.push(new Uint32Array(blockLength));
    (this.#blocks[this.#blocks.length - 1] as Uint32Array)[index] = step;
    this.#length += 1;
  }

  /** The step at an index from 0, or undefined if there is none. */
  at(index: number): number | undefined {
    if (index < 0 || index >= this.#length) return undefined;
    return this.#blocks[Math.floor(index / blockLength)]?.[index % blockLength];
  }

  /** Up to `count` steps from an index on. */
  slice(from: number, count: number): number[] {
    const length = Math.max(0, Math.min(count, this.#length - from));
    return Array.from({ length }, (_, index) => this.at(from + index) ?? 0);
  }

  /** The index of the first step at or after one; the length if there is none. */
  indexFrom(step: number): number {
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if ((this.at(middle) ?? 0) < step) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
