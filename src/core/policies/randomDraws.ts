/**
 * Random numbers from a seed, drawn ahead: a plan peeks at the numbers to come, and the steps that ran consume them.
 */

import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";

const range = 2 ** 32;

/** The numbers of one seed, in their order, each a whole number below 2^32. */
export class Draws {
  readonly #generator: RandomGenerator;
  #ahead = new Uint32Array(64);
  /** The numbers that were drawn and not used lie from `#begin` to `#end`. */
  #begin = 0;
  #end = 0;

  /** @param source a whole number as the seed, or the generator that makes the numbers */
  constructor(source: number | RandomGenerator) {
    this.#generator = typeof source === "number" ? seeded(source) : source;
  }

  /** The number to come after `offset` others. */
  at(offset: number): number {
    const place = this.#begin + offset;
    if (place >= this.#end) this.#draw(offset);
    return this.#ahead[this.#begin + offset] as number;
  }

  /** Uses up the next numbers. */
  use(count: number): void {
    if (this.#begin + count > this.#end) this.at(count - 1);
    this.#begin += count;
  }

  /** The next number, used up. */
  next(): number {
    const drawn = this.at(0);
    this.use(1);
    return drawn;
  }

  copy(): Draws {
    const copy = new Draws(this.#generator.clone());
    copy.#ahead = this.#ahead.slice(this.#begin, Math.max(this.#end, this.#begin + 1));
    copy.#end = this.#end - this.#begin;
    return copy;
  }

  /** Makes room, and draws up to the number at `offset`. */
  #draw(offset: number): void {
    const kept = this.#end - this.#begin;
    if (this.#begin + offset >= this.#ahead.length) {
      const roomy = offset < this.#ahead.length / 2 ? this.#ahead : new Uint32Array(2 * (offset + 1));
      roomy.set(this.#ahead.subarray(this.#begin, this.#end));
      this.#ahead = roomy;
      this.#begin = 0;
      this.#end = kept;
    }
    while (this.#end <= this.#begin + offset) {
      this.#ahead[this.#end] = this.#generator.next();
      this.#end += 1;
    }
  }
}

/**
 * A drawn number as one of `count`, from 0. Taking it by its size and not by its rest uses exactly one number a pick; the share
 * of each is then even to `count` in 2^32.
 */
export function oneOf(count: number, drawn: number): number {
  return Math.floor((drawn * count) / range);
}

/** The first numbers of this generator are little more than the seed itself: a jump mixes it with all of its state. */
function seeded(seed: number): RandomGenerator {
  const generator = xoroshiro128plus(seed);
  generator.jump();
  return generator;
}
