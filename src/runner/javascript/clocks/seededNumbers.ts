/** Random numbers from a seed, in place of the runtime's. */
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";

export class SeededNumbers {
  readonly #generator: RandomGenerator;

  constructor(seed: number) {
    const generator = xoroshiro128plus(seed);
    // The first numbers of this generator are close to the seed. A jump mixes it into the whole state.
    generator.jump();
    this.#generator = generator;
  }

  /** From 0 up to, but not including, 1; with 53 random bits. */
  next(): number {
    const high = this.#word() >>> 5;
    const low = this.#word() >>> 6;
    return (high * 2 ** 26 + low) / 2 ** 53;
  }

  /** Fills the memory of a view with random bytes. */
  fill({ buffer, byteOffset, byteLength }: ArrayBufferView): void {
    const bytes = new Uint8Array(buffer, byteOffset, byteLength);
    for (let at = 0; at < byteLength; at += 1) bytes[at] = this.#word();
  }

  #word(): number {
    return this.#generator.next() >>> 0;
  }
}
