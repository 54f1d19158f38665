/**
 * Limits the share of the host's time that is spent on the steps that a runner sends. Below 100 %, reading pauses at intervals.
 * The back-pressure makes the runner wait, and the processor is free for other work.
 */
import type { Readable } from "node:stream";

/** How much work is done before reading pauses, and the maximum length of a pause, in milliseconds. */
const stretchMillis = 5;
const longestRestMillis = 100;

export class InputThrottle {
  /** The maximum share of the time spent on reading, above 0, up to 1. */
  share = 1;
  #isAwaited = false;
  #work = 0;
  #rest: NodeJS.Timeout | undefined;

  /** @param pipe the stream that is paused */
  constructor(readonly pipe: Readable) {}

  /** Records work. @param millis how long it took */
  worked(millis: number): void {
    if (this.share >= 1 || this.#isAwaited || this.#rest) return;
    this.#work += millis;
    if (this.#work < stretchMillis) return;
    this.pipe.pause();
    this.#rest = setTimeout(() => this.#open(), Math.min(longestRestMillis, this.#work * (1 / this.share - 1)));
  }

  /** Whether the caller waits for a message that follows the steps. If so, reading does not pause. */
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
