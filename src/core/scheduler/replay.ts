/**
 * Replays a schedule: provides its picks as plans, and refuses at the step where it does not fit. The policy is updated
 * alongside, and ends up where it would be had it made the picks itself; so replaying needs no state of its own there.
 */

import { longestPlan } from "../policies/policy";
import type { Change } from "../schedule/changes";
import type { Picks, ScheduleItem } from "../schedule/items";
import type { Plan } from "../schedule/plan";
import type { TaskId } from "../task";
import { type PickError, TaskNotReadyError } from "./pickErrors";
import { writtenOut } from "./rounds";

/** A step of the schedule cannot be made here. */
export class ScheduleMismatchError extends Error {
  override readonly name = "ScheduleMismatchError";
  readonly remedy = "Use a schedule of these tasks, or go on by the policy from here.";

  /** @param step the number of the step, from 1 */
  constructor(
    readonly step: number,
    readonly reason: PickError,
  ) {
    super(`The schedule does not fit at step ${step}: ${reason.message}`, { cause: reason });
  }
}

/** Why a task cannot run now, or undefined where it can. */
export type Obstacle = (task: TaskId) => PickError | undefined;

/** A place in a schedule, which moves as its steps are made. */
export class ScheduleReplay {
  readonly #items: Iterator<ScheduleItem>;
  #item: ScheduleItem | undefined;
  /** Steps of the current picks that were made. */
  #made = 0;

  constructor(items: Iterable<ScheduleItem>) {
    this.#items = writtenOut(items);
    this.#advance();
  }

  /** Whether nothing is left of it. */
  get isOver(): boolean {
    return this.#item === undefined;
  }

  /** The change to make before anything else runs; `made` is called afterwards. */
  get due(): Change | undefined {
    return this.#item?.kind === "picks" ? undefined : this.#item;
  }

  /** The task of the next step, where that is a pick or a change that resumes one. */
  get nextPick(): TaskId | undefined {
    const item = this.#item;
    if (item?.kind === "picks") return this.#pick(item, this.#made);
    return item?.kind === "pick" ? item.task : undefined;
  }

  /** The change that was due was made. */
  made(): void {
    if (this.due) this.#advance();
  }

  /**
   * Why the next pick, or the change that is due, cannot be made.
   *
   * @param step the number of the step that comes next
   */
  mismatch(step: number, obstacle: Obstacle): ScheduleMismatchError | undefined {
    const reason = this.#item && this.#obstacleTo(this.#item, obstacle);
    return reason && new ScheduleMismatchError(step, reason);
  }

  /**
   * The next picks that can be made, up to a change; undefined while one is due, and when the schedule is over or does not fit.
   *
   * @param limit the most steps wanted, at least 1
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

  /** This many of the planned steps were made. */
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
