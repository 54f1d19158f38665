/**
 * Takes the time from the request of the first step of a run until the last one has come. What the session does afterwards, such as looking at
 * the tasks, is not part of it.
 */
export class StepClock {
  #start = 0;
  #last = 0;
  #steps = 0;

  /** Must be called just before the run begins. */
  start(): void {
    this.#start = performance.now();
    this.#last = this.#start;
  }

  /** Must be called whenever steps may have come. @param steps how many there are now */
  see(steps: number): void {
    if (steps === this.#steps) return;
    this.#steps = steps;
    this.#last = performance.now();
  }

  /** In milliseconds, to the microsecond. */
  get millis(): number {
    return Math.round(1_000 * (this.#last - this.#start)) / 1_000;
  }
}
