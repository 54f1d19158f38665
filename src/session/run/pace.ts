/**
 * The pace of a slow run.
 */

export class Pace {
  #speed: number;
  #last = Number.NEGATIVE_INFINITY;
  #wake: (() => void) | undefined;

  /** @param speed steps a second */
  constructor(speed: number) {
    this.#speed = speed;
  }

  get speed(): number {
    return this.#speed;
  }

  /** From now on so many steps a second, including the step that is being waited for. */
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
   * @param isOver whether there is no need to wait any longer; asked when it is woken
   */
  async turn(isOver: () => boolean): Promise<void> {
    for (let left = this.#left(); left > 0 && !isOver(); left = this.#left()) await this.#sleep(left);
    // Timers are late; counting from when the step was due keeps the rhythm, unless a whole beat was missed.
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
