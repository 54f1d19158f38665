/**
 * Waits that end only when a test ends them, so that nothing depends on the speed of the machine.
 * Only timers are mocked; the rest of the session is real.
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

  /** Resolves when a wait has begun; immediately if one already has. */
  begun(): Promise<void> {
    return this.#done.length > 0 ? Promise.resolve() : new Promise((resolve) => this.#listeners.push(resolve));
  }

  /** Ends the waits that have begun so far. */
  end(): void {
    for (const done of this.#done.splice(0)) done();
  }

  /** Lets waits that begin from now on end normally again. */
  static release(): void {
    mock.restoreAll();
  }
}
