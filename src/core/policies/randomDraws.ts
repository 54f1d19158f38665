/**
 * Random numbers from a seed, drawn in advance: a plan peeks at the next numbers, and the steps that run consume them.
 */

import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import type { JumpableRandomGenerator } from "pure-rand/types/JumpableRandomGenerator";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";

const range = 2 ** 32;

/** The random numbers of one seed in order, each a whole number below 2^32. */
export class Draws {
  readonly #generator: RandomGenerator;
  #ahead = new Uint32Array(64);
  /** Numbers that were drawn but not consumed are between `#begin` and `#end`. */
  #begin = 0;
  #end = 0;

  /** @param source a whole number as the seed, or a generator of random numbers */
  constructor(source: number | RandomGenerator) {
    this.#generator = typeof source === "number" ? seeded(source) : source;
  }

  /** The number that comes after `offset` others. Does not consume it. */
  at(offset: number): number {
    const place = this.#begin + offset;
    if (place >= this.#end) this.#draw(offset);
    return this.#ahead[this.#begin + offset] as number;
  }

  /** Consumes the next numbers. */
  use(count: number): void {
    if (this.#begin + count > this.#end) this.at(count - 1);
    this.#begin += count;
  }

  /** Consumes and returns the next number. */
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

  /** Draws numbers up to the one at `offset`, enlarging the buffer as needed. */
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
 * Maps a random number to one of `count` values, from 0. Scaling it, instead of taking the remainder, uses exactly one random number
 * per pick. The probabilities are equal up to a difference of `count` in 2^32.
 */
export function oneOf(count: number, drawn: number): number {
  return Math.floor((drawn * count) / range);
}

/** The generator of a seed. Its first numbers are close to the seed: a jump mixes the seed into the whole state. */
export function seeded(seed: number): JumpableRandomGenerator {
  const generator = xoroshiro128plus(seed);
  generator.jump();
  return generator;
}
