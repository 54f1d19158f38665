/**
 * The random numbers of a search: those of `Draws` for the same seed, in a state that can be written down. Parts of a search and
 * the members of a portfolio draw from streams of one seed that do not overlap for 2^64 numbers.
 */
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import type { JumpableRandomGenerator } from "pure-rand/types/JumpableRandomGenerator";
import { oneOf, seeded } from "../policies/randomDraws";

export class Chance {
  readonly #generator: JumpableRandomGenerator;

  private constructor(generator: JumpableRandomGenerator) {
    this.#generator = generator;
  }

  /** @param stream which of the streams of the seed, from 0 */
  static ofSeed(seed: number, stream: number): Chance {
    const generator = seeded(seed);
    for (let jumps = 0; jumps < stream; jumps += 1) generator.jump();
    return new Chance(generator);
  }

  /** @param text as `state` gave it */
  static ofState(text: string): Chance {
    return new Chance(xoroshiro128plusFromState(text.split(" ").map(Number)));
  }

  /** A whole number from 0, below `count`. */
  below(count: number): number {
    return oneOf(count, this.draw());
  }

  /** A whole number from 0, below 2^32. */
  draw(): number {
    return this.#generator.next() >>> 0;
  }

  state(): string {
    return this.#generator.getState().join(" ");
  }
}
