/** Measures the time that a search takes, without its pauses. */
export class Timer {
  #sum = 0;
  #since: number | undefined = performance.now();

  get millis(): number {
    return this.#sum + (this.#since === undefined ? 0 : performance.now() - this.#since);
  }

  start(): void {
    this.#since ??= performance.now();
  }

  stop(): void {
    this.#sum = this.millis;
    this.#since = undefined;
  }
}
