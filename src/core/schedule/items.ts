/**
 * A schedule as data: picks with repetitions, and between them the user's changes. It determines a run's order completely.
 */

import type { Conditions } from "../conditions";
import type { TaskId } from "../task";
import type { Change, NotedChange } from "./changes";

/** Picks that repeat `times` times. */
export interface Picks {
  readonly kind: "picks";
  readonly picks: ArrayLike<TaskId>;
  /** How many times in a row each pick runs; 1 if left out. Counts are not expanded, so that a short text cannot fill the memory. */
  readonly counts?: ArrayLike<number>;
  readonly times: number;
}

export type ScheduleItem = Picks | Change;

/** A schedule as its text has it. Conditions that are absent are left to the session. */
export interface Schedule extends Conditions {
  /** The first items are the policy, as text, and the tasks that are added before the first step. */
  readonly items: readonly ScheduleItem[];
}

/** Whether a change is itself a step, as opposed to a change between two steps. */
export function isStep(change: Change): boolean {
  return change.kind === "pick" || change.kind === "throw" || change.kind === "close";
}

/** How many steps a schedule has. */
export function scheduleLength(items: readonly ScheduleItem[]): number {
  return items.reduce((sum, item) => sum + (item.kind === "picks" ? roundLength(item) * item.times : Number(isStep(item))), 0);
}

/** The number of steps in one round of picks. */
export function roundLength({ picks, counts }: Picks): number {
  return counts ? Array.from(counts).reduce((sum, count) => sum + count, 0) : picks.length;
}

/** Consecutive picks of a trace, from step `first`. */
export interface PickColumn {
  readonly first: number;
  readonly task: Uint16Array;
}

/**
 * The schedule of a run up to a step. A branch is such a schedule, followed by another pick.
 *
 * @param changes the changes made during the run
 * @param chunkAt the chunk of the trace that holds a step
 * @param steps the number of steps wanted; changes made after the last of them are left out, unless that is the last recorded step
 */
export function* recordedItems(
  changes: readonly NotedChange[],
  chunkAt: (step: number) => PickColumn,
  steps: number,
): Generator<ScheduleItem> {
  let done = 0;
  for (const { after, change } of changes) {
    if (after > steps || (after === steps && isStep(change))) break;
    yield* pickItems(chunkAt, done + 1, after);
    yield change;
    done = after + Number(isStep(change));
  }
  yield* pickItems(chunkAt, done + 1, steps);
}

function* pickItems(chunkAt: (step: number) => PickColumn, from: number, to: number): Generator<Picks> {
  for (let step = from; step <= to; ) {
    const { first, task } = chunkAt(step);
    const picks = task.subarray(step - first, to + 1 - first);
    yield { kind: "picks", picks, times: 1 };
    step += picks.length;
  }
}
