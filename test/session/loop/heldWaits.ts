/**
 * Waits that end when a test ends them and never by themselves: what goes on meanwhile does not wait, on a machine however slow.
 * Timers are the mock; the rest of the session is real.
 */
import { mock } from "node:test";

const { setTimeout } = globalThis;

export class HeldWaits {
  readonly #done: (() => void)[] = [];
  readonly #listeners: (() => void)[] = [];

  /** Holds every wait that begins from now on. */
  constructor() {
    mock.method(globalThis, "setTimeout", (done: () => void) => {
      this.#done.push(done);
      for (const listener of this.#listeners.splice(0)) listener();
      return setTimeout(() => {}, 0);
    });
  }

  /** Resolves when a wait has begun, or at once if one did. */
  begun(): Promise<void> {
    return this.#done.length > 0 ? Promise.resolve() : new Promise((resolve) => this.#listeners.push(resolve));
  }

  /** Ends those that began so far. */
  end(): void {
    for (const done of this.#done.splice(0)) done();
  }

  /** Those that begin from now on end in their time again. */
  static release(): void {
    mock.restoreAll();
  }
}
