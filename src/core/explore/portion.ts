/**
 * Divides the schedules of a search among shards that do not talk to each other. Every shard makes the first choices of every schedule;
 * as soon as these say enough to give each shard some dozens of prefixes, a hash of the choices says whose the rest is.
 */
import type { Shard } from "./strategy";

/** Prefixes for each shard: so many that the shares are about equal, although the parts of the tree are not. */
const prefixesEach = 64;

export class Portion {
  /** The prefix is long enough once the product of its numbers of choices has reached this. */
  readonly #enough: number;
  #product = 1;
  #hash = 0;
  /** Whether another shard does all that follows. */
  isForeign = false;

  constructor(readonly shard: Shard) {
    this.#enough = shard.of === 1 ? 0 : prefixesEach * shard.of;
  }

  /** Whether it is known who does what follows. */
  get isDecided(): boolean {
    return this.#product >= this.#enough;
  }

  begin(): void {
    this.#product = 1;
    this.#hash = 0;
    this.isForeign = false;
  }

  /** One of `of` possible choices was made. */
  chose(choice: number, of: number): void {
    if (this.#product >= this.#enough) return;
    this.#product *= of;
    this.#hash = Math.imul(this.#hash ^ (choice + 1), 0x01000193);
    this.isForeign = this.#product >= this.#enough && !this.isMine();
  }

  /** Whether the schedule that was made up to here belongs to this shard. */
  isMine(): boolean {
    let mixed = this.#hash ^ (this.#hash >>> 16);
    mixed = Math.imul(mixed, 0x85ebca6b);
    return ((mixed ^ (mixed >>> 13)) >>> 0) % this.shard.of === this.shard.index;
  }
}
