/** Waits in the event loop until a task was woken or a timeout has passed. Timers, input and promises proceed meanwhile. */
import { later, timeout } from "../engine/intrinsics";

/** The longest delay of a timer of the runtime, in milliseconds. */
const longest = 2 ** 31 - 1;

export class Wakeup {
  #end: (() => void) | undefined;

  /** Ends the wait, if there is one. */
  ring(): void {
    this.#end?.();
  }

  /** Waits until `ring` is called, but at most for the given number of milliseconds. */
  async wait(millis: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const stop = timeout(resolve, Math.min(Math.ceil(millis), longest));
      this.#end = () => {
        stop();
        resolve();
      };
    });
    this.#end = undefined;
  }
}

/** Calls `run` in the next turn of the event loop, outside any microtask. @returns its result */
export function atNextTurn<T>(run: () => T): Promise<T> {
  return new Promise((resolve, reject) => {
    later(() => {
      try {
        resolve(run());
      } catch (error) {
        reject(error);
      }
    });
  });
}
