/**
 * Replays a schedule: provides its picks as plans, and stops with an error at a step that does not fit. The policy is informed of
 * every step, and reaches the state that it would have if it had made the picks itself. So the replay needs no state in the policy.
 */

import { longestPlan } from "../policies/policy";
import type { Change } from "../schedule/changes";
import type { Picks, ScheduleItem } from "../schedule/items";
import type { Plan } from "../schedule/plan";
import type { TaskId } from "../task";
import { type PickError, TaskNotReadyError } from "./pickErrors";
import { writtenOut } from "./rounds";

/** A step of the schedule cannot be made in this run. */
export class ScheduleMismatchError extends Error {
  override readonly name = "ScheduleMismatchError";
  readonly remedy = "Use a schedule for these tasks, or continue with the policy from here.";

  /** @param step the number of the step, counted from 1 */
  constructor(
    readonly step: number,
    readonly reason: PickError,
  ) {
    super(`The schedule does not fit at step ${step}: ${reason.message}`, { cause: reason });
  }
}

/** Why a task cannot run now, or undefined if it can. */
export type Obstacle = (task: TaskId) => PickError | undefined;

/** A position in a schedule, which advances as steps are made. */
export class ScheduleReplay {
  readonly #items: Iterator<ScheduleItem>;
  #item: ScheduleItem | undefined;
  /** The number of steps made of the current picks. */
  #made = 0;

  constructor(items: Iterable<ScheduleItem>) {
    this.#items = writtenOut(items);
    this.#advance();
  }

  /** Whether the end of the schedule was reached. */
  get isOver(): boolean {
    return this.#item === undefined;
  }

  /** The change that must be made before the next step. `made` must be called after it. */
  get due(): Change | undefined {
    return this.#item?.kind === "picks" ? undefined : this.#item;
  }

  /** The task of the next step, if that is a pick or a change that resumes a task. */
  get nextPick(): TaskId | undefined {
    const item = this.#item;
    if (item?.kind === "picks") return this.#pick(item, this.#made);
    return item?.kind === "pick" ? item.task : undefined;
  }

  /** Must be called when the change in `due` has been made. */
  made(): void {
    if (this.due) this.#advance();
  }

  /**
   * Why the next pick or the due change cannot be made.
   *
   * @param step the number of the next step
   */
  mismatch(step: number, obstacle: Obstacle): ScheduleMismatchError | undefined {
    const reason = this.#item && this.#obstacleTo(this.#item, obstacle);
    return reason && new ScheduleMismatchError(step, reason);
  }

  /**
   * The next picks that can be made, up to a change. Undefined if a change is due, the schedule is over, or it does not fit.
   *
   * @param limit the maximum number of steps wanted, at least 1
   */
  plan(limit: number, obstacle: Obstacle): Plan | undefined {
    if (this.#item?.kind !== "picks") return undefined;
    const item = this.#item;
    const { picks, times } = item;
    const left = picks.length * times - this.#made;
    const round = this.#fitting(item, Math.min(limit, left, picks.length, longestPlan), obstacle);
    if (round.length === 0) return undefined;
    const whole = round.length === picks.length;
    return { picks: round, times: whole ? Math.floor(Math.min(limit, left) / picks.length) : 1 };
  }

  /** Must be called with the number of planned steps that were made. */
  ran(count: number): void {
    if (this.#item?.kind !== "picks") return;
    this.#made += count;
    if (this.#made >= this.#item.picks.length * this.#item.times) this.#advance();
  }

  /** A task that is held back can still be thrown into, closed and released. */
  #obstacleTo(item: ScheduleItem, obstacle: Obstacle): PickError | undefined {
    if (item.kind === "picks") return obstacle(this.#pick(item, this.#made));
    if (item.kind === "policy" || item.kind === "add") return undefined;
    const reason = obstacle(item.task);
    return reason instanceof TaskNotReadyError && item.kind !== "pick" && item.kind !== "hold" ? undefined : reason;
  }

  #fitting(item: Picks, count: number, obstacle: Obstacle): TaskId[] {
    const round: TaskId[] = [];
    while (round.length < count) {
      const pick = this.#pick(item, this.#made + round.length);
      if (obstacle(pick)) break;
      round.push(pick);
    }
    return round;
  }

  #pick({ picks }: Picks, index: number): TaskId {
    return picks[index % picks.length] as TaskId;
  }

  #advance(): void {
    const { done, value } = this.#items.next();
    this.#item = done ? undefined : value;
    this.#made = 0;
  }
}
