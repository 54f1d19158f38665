/** Measures the time that a search takes, without its pauses. It stands until it is started. */
export class Timer {
  #sum = 0;
  #since: number | undefined;

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
