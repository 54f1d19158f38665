/**
 * Whether a process that has something to answer gives any sign of life. Everything that it sends is one. If nothing comes, it is asked for
 * one, which it can give while the user's code runs.
 */

/** The interval of the checks, in milliseconds. */
const checkEvery = 1_000;
/** The number of checks without a sign of life after which it is asked for one, and after which it is silent. */
const [askAfter, silentAfter] = [2, 10];

export class SignsOfLife {
  /** Checks are counted, not time: time in which this process itself was suspended says nothing about the other one. */
  #checks = 0;
  readonly #timer = setInterval(() => this.#check(), checkEvery).unref();

  /** @param tell called with the number of seconds at each check of a silent process, and without it when the silence is over */
  constructor(
    readonly isAwaited: () => boolean,
    readonly ask: () => void,
    readonly tell: (seconds?: number) => void,
  ) {}

  /** Called when the process has sent something, or nothing is awaited from it. */
  heard(): void {
    const wasSilent = this.#checks >= silentAfter;
    this.#checks = 0;
    if (wasSilent) this.tell();
  }

  /** No further checks. */
  end(): void {
    clearInterval(this.#timer);
    this.heard();
  }

  #check(): void {
    if (!this.isAwaited()) {
      this.heard();
      return;
    }
    this.#checks += 1;
    if (this.#checks === askAfter) this.ask();
    if (this.#checks >= silentAfter) this.tell((this.#checks * checkEvery) / 1_000);
  }
}
