/**
 * How much of its time the host spends on the steps that a runner sends. If that is not all of it, reading pauses at
 * intervals: the runner waits, and the processor is free for other work.
 */
import type { Readable } from "node:stream";

/** Reading pauses after so much work, and for at most so long, in milliseconds. */
const stretchMillis = 5;
const longestRestMillis = 100;

export class InputThrottle {
  /** The part of the time that reading may take, above 0, up to 1. */
  share = 1;
  #isAwaited = false;
  #work = 0;
  #rest: NodeJS.Timeout | undefined;

  /** @param pipe paused while it rests */
  constructor(readonly pipe: Readable) {}

  /** Records the cost of reading. @param millis how long it took */
  worked(millis: number): void {
    if (this.share >= 1 || this.#isAwaited || this.#rest) return;
    this.#work += millis;
    if (this.#work < stretchMillis) return;
    this.pipe.pause();
    this.#rest = setTimeout(() => this.#open(), Math.min(longestRestMillis, this.#work * (1 / this.share - 1)));
  }

  /** Whether somebody waits for what comes after the steps: then reading does not rest. */
  set isAwaited(isAwaited: boolean) {
    this.#isAwaited = isAwaited;
    if (isAwaited) this.#open();
  }

  #open(): void {
    this.#work = 0;
    if (!this.#rest) return;
    clearTimeout(this.#rest);
    this.#rest = undefined;
    this.pipe.resume();
  }
}
