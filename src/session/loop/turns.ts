/**
 * The queue of a session's actions, which are done one after the other. If the session is stopped, or if another run replaces the one
 * that an action was meant for, waiting actions are dropped.
 */
import { StoppedError } from "../common/errors";

export class Turns {
  #last: Promise<unknown> = Promise.resolve();
  /** Every action belongs to an era. Actions from eras before the first valid one are dropped. */
  #era = 0;
  #firstValid = 0;

  /**
   * Performs an action when its turn comes.
   *
   * @throws StoppedError if the action was dropped
   */
  take<T>(action: () => Promise<T>): Promise<T> {
    const era = this.#era;
    const turn = this.#last.then(() => {
      this.#mustBeValid(era);
      return action();
    });
    this.#last = turn.catch(ignore);
    return turn;
  }

  /**
   * Performs an action that begins a new era, once its preparation is complete. Earlier actions continue during the preparation; later
   * ones wait. When the preparation is complete, the action in progress is interrupted, and earlier actions that still wait are
   * dropped. If the preparation fails, nothing changes.
   *
   * @param interrupt ends the action in progress
   * @throws StoppedError if the action was dropped
   */
  replace<T>(prepared: Promise<T>, interrupt: () => void, action: (prepared: T) => void): Promise<void> {
    const before = this.#last;
    this.#era += 1;
    const era = this.#era;
    const turn = prepared.then(async (value) => {
      this.#mustBeValid(era);
      this.#firstValid = era;
      interrupt();
      await before;
      this.#mustBeValid(era);
      action(value);
    });
    this.#last = Promise.all([before, turn.catch(ignore)]);
    return turn;
  }

  /** Drops all waiting actions. */
  clear(): void {
    this.#era += 1;
    this.#firstValid = this.#era;
  }

  #mustBeValid(era: number): void {
    if (era < this.#firstValid) throw new StoppedError("The session was stopped or restarted in the meantime.", "Do it again.");
  }
}

function ignore(): void {}
