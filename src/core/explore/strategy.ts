/**
 * A strategy decides which schedule is tried next. The search asks it at every step of a run that leaves a choice, and tells it what
 * each slice touched and how the run went.
 */
import type { TaskId } from "../task";
import type { Touched } from "./touched";

/** The strategy gives up a run: all that could follow is tried elsewhere, in another order of independent slices or by another shard. */
export const redundant = -1;

/** The strategy knows all that can follow, since another run has come to the same state: see `known`. */
export const merged = -2;

/** The schedules that go on from a state and have one outcome. */
export interface KnownEnd {
  readonly outcome: number;
  /** Whether the limit of steps ends them. */
  readonly isCut: boolean;
  readonly orders: number;
  /** The rest of the calmest of them, and how far it is from one that is easy to follow: its first step may be a switch. */
  readonly picks: readonly TaskId[];
  readonly deviations: number;
  readonly switches: number;
  readonly steps: number;
}

/** Which part of a search is done: part `index` of `of`. The parts together are the whole search, and no two have a schedule in common. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}

/** The search in one part. */
export const whole: Shard = { index: 0, of: 1 };

export interface Strategy {
  /** A run on a fresh instance begins. */
  begin(): void;

  /**
   * Chooses the task that runs next. Not asked where only one task is ready, unless `asksAlways` is set.
   *
   * @param ready the ready tasks in the order in which the policy would pick them
   * @param last the task that ran last; -1 before the first step
   * @returns a position in `ready`; or `redundant` or `merged`, and the run ends without an outcome of its own
   */
  pick(ready: readonly TaskId[], last: TaskId): number;

  /**
   * If runs that come to the same state are merged: called once, before the first run.
   *
   * @param state gives all that decides what can still come of the run, as a text; undefined if it cannot wholly be seen
   */
  sees?(state: () => string | undefined): void;

  /** After `pick` gave `merged`: what can come of the state. */
  readonly known?: readonly KnownEnd[];

  /** Called when a run that counts has ended, before `end`. @param isCut whether the limit of steps ended it */
  ended?(outcome: number, isCut: boolean): void;

  /**
   * Whether the run that just ended or was given up went another way than when its picks were tried before: a different number of tasks
   * was ready. Asked before `end`; a strategy that remembers no schedules leaves it out.
   */
  readonly hasDiffered?: boolean;

  /** Whether `pick` is also called where only one task is ready. */
  readonly asksAlways: boolean;

  /** Called after each slice, if it is there. @param touched what the slice read and wrote; undefined where that is not tracked */
  ran?(task: TaskId, touched: Touched | undefined): void;

  /**
   * Whether the run that just ended or was given up counts, asked before `end`. A run does not count if another shard counts it, or if it
   * was only made to learn from it, or if it differed.
   */
  counts(): boolean;

  /**
   * A run ended, or was given up.
   *
   * @returns whether there is another schedule to try
   */
  end(): boolean;

  /** Between two runs, what has been tried so far, as text from which the strategy can be made again: the search goes on there. */
  position(): string;
}
