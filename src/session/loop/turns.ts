/**
 * The queue of a session's actions, which are done one after the other. Actions that are still waiting when the session is
 * stopped, or when another run replaces the one they were meant for, are dropped.
 */
import { StoppedError } from "../common/errors";

export class Turns {
  #last: Promise<unknown> = Promise.resolve();
  /** Every request belongs to an era; those before the first valid one have ended. */
  #era = 0;
  #firstValid = 0;

  /**
   * Does something when its turn comes.
   *
   * @throws StoppedError when it is not to be done any more by then
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
   * Does something that is to begin a new era, once it is prepared. Meanwhile what was asked before goes on, and what is asked
   * waits. From then on, what waits since before is not done any more. Where the preparation fails, nothing changes.
   *
   * @param interrupt ends what is under way
   * @throws StoppedError when it is not to be done any more by then
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

  /** Drops everything that is waiting now. */
  clear(): void {
    this.#era += 1;
    this.#firstValid = this.#era;
  }

  #mustBeValid(era: number): void {
    if (era < this.#firstValid) throw new StoppedError("The session was stopped or restarted in the meantime.", "Do it again.");
  }
}

/** The caller is notified. */
function ignore(): void {}
