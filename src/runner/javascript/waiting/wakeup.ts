/** Waits in the event loop, so that timers, input and promises go on, until somebody was woken or it is time. */
import { later, timeout } from "../engine/intrinsics";

/** The most milliseconds that a timer of the runtime takes. */
const longest = 2 ** 31 - 1;

export class Wakeup {
  #end: (() => void) | undefined;

  /** Ends the wait, if there is one. */
  ring(): void {
    this.#end?.();
  }

  /** Waits until `ring` is called, at most so many milliseconds. */
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

/** What `run` gives. It runs outside of all microtasks, after a turn of the event loop. */
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
