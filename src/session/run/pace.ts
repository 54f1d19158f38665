/**
 * The pace of a slow run.
 */

export class Pace {
  #speed: number;
  #last = Number.NEGATIVE_INFINITY;
  #wake: (() => void) | undefined;

  /** @param speed steps per second */
  constructor(speed: number) {
    this.#speed = speed;
  }

  get speed(): number {
    return this.#speed;
  }

  /** Changes the speed, including the wait that is in progress. @param speed steps per second */
  change(speed: number): void {
    this.#speed = speed;
    this.wake();
  }

  /** Lets waiting callers check their condition again. */
  wake(): void {
    this.#wake?.();
  }

  /**
   * Resolves when the next step is due.
   *
   * @param isOver whether the wait should end early; checked again after each `wake`
   */
  async turn(isOver: () => boolean): Promise<void> {
    for (let left = this.#left(); left > 0 && !isOver(); left = this.#left()) await this.#sleep(left);
    // Timers fire late. Counting from when the step was due keeps the average speed, unless a whole interval was missed.
    const now = performance.now();
    this.#last = now - this.#last < 2 * this.#interval ? this.#last + this.#interval : now;
  }

  get #interval(): number {
    return 1_000 / this.#speed;
  }

  #left(): number {
    return this.#last + this.#interval - performance.now();
  }

  #sleep(millis: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(done, millis);
      this.#wake = done;
      function done(): void {
        clearTimeout(timer);
        resolve();
      }
    });
  }
}
