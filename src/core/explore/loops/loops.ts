/**
 * When an order goes round in a loop: the state in which it is was there before. What can still come of it then is what could come of it the
 * first time, so there are two ways to go on. Either nobody was passed over all the way round, and the order may go on like this for ever; or
 * somebody who was ready all the while did not run, and has to some day, since no order lets a ready task wait for ever (fairness as in
 * Musuvathi, Qadeer: Fair Stateless Model Checking, PLDI 2008).
 */
import type { TaskId } from "../../task";

/** An order that goes round for ever. */
export interface Loop {
  /** The state after this step came back. */
  readonly from: number;
  /** The tasks that run in it. */
  readonly running: readonly TaskId[];
  /** The tasks that are ready all the while and do not run. */
  readonly starving: readonly TaskId[];
}

/** The first visit to a state, or the last one before which a policy's picks were not followed. */
interface Visit {
  /** The number of steps before it. */
  step: number;
  /** How many tasks had been ready and had not run since it, when the order was here last. */
  starving: number;
}

/** Who decides in a loop: anybody, as long as everybody has a turn; or a policy, once no more ready tasks are passed over. */
export type LoopRule = "fair" | "policy";

export class Loops {
  readonly #visits = new Map<string, Visit>();
  readonly #picks: TaskId[] = [];
  /** For each task, the step in which it ran last, and the last state in which it was not ready. */
  readonly #ran: number[] = [];
  readonly #rested: number[] = [];
  #step = 0;
  /** The last step for which ready tasks were passed over. */
  #deviated = 0;
  /** The one that the order goes round in, which ends it. */
  loop: Loop | undefined;
  /** Whether any order came back to a state. */
  hasReturned = false;

  constructor(readonly rule: LoopRule) {}

  /** An order begins. */
  begin(): void {
    this.#visits.clear();
    this.#picks.length = 0;
    this.#ran.length = 0;
    this.#rested.length = 0;
    this.#step = 0;
    this.#deviated = 0;
    this.loop = undefined;
  }

  /** A task makes a step. @param passed how many ready tasks are passed over for it */
  picked(task: TaskId, passed: number): void {
    this.#picks.push(task);
    this.#step += 1;
    this.#ran[task] = this.#step;
    if (passed > 0) this.#deviated = this.#step;
  }

  /**
   * The order has come to a state.
   *
   * @param state with that of the policy, if it decides; undefined if it cannot wholly be seen
   * @param ready the tasks that are ready there, the policy's pick first
   * @returns those of them that may run next; none if the order goes round in a loop
   */
  comesTo(state: string | undefined, ready: readonly TaskId[]): readonly TaskId[] {
    this.#note(ready);
    if (state === undefined || ready.length === 0) return ready;
    const visit = this.#visits.get(state);
    if (!visit) {
      this.#visits.set(state, { step: this.#step, starving: ready.length });
      return ready;
    }
    this.hasReturned = true;
    const starving = ready.filter(
      (task) => (this.#ran[task] as number) <= visit.step && (this.#rested[task] as number) < visit.step,
    );
    if (this.rule === "policy" && visit.step < this.#deviated) {
      visit.step = this.#step;
      return ready;
    }
    if (this.rule === "policy" || starving.length === 0) {
      const running = [...new Set(this.#picks.slice(visit.step))].sort((one, other) => one - other);
      this.loop = { from: visit.step, running, starving };
      return none;
    }
    // Round a loop in which nobody had a turn who had none before, nothing is reached that is not reached without it.
    const isFutile = starving.length === visit.starving;
    visit.starving = starving.length;
    return isFutile ? starving : ready;
  }

  #note(ready: readonly TaskId[]): void {
    for (const task of ready) {
      while (this.#rested.length <= task) {
        this.#rested.push(this.#step - 1);
        this.#ran.push(-1);
      }
    }
    for (let task = 0; task < this.#rested.length; task += 1) if (!ready.includes(task)) this.#rested[task] = this.#step;
  }
}

const none: readonly TaskId[] = [];
