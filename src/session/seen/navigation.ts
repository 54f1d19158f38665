/**
 * Navigation between steps: to the first and last step of a task, to the neighbours of a step, and to the changes of a watch.
 */
import type { TaskId } from "../../core/task";
import type { places } from "../../protocol/panel";
import type { RunRecord } from "./runRecord";
import type { ChangeFound } from "./watchLog";

export type Place = (typeof places)[number];
/** A place that is relative to the changes of a watch. */
export type ChangePlace = Extract<Place, "previousChange" | "nextChange">;

/** The starting point of relative navigation. */
export interface Standpoint {
  readonly run: Pick<RunRecord, "trace" | "watched">;
  /** The step that is shown, and the last step of the run. */
  readonly cursor: number;
  readonly head: number;
}

export function isChange(place: Place): place is ChangePlace {
  return place === "previousChange" || place === "nextChange";
}

/**
 * The step at a place relative to the cursor, or undefined if there is none.
 *
 * @param of the task; left out, the task of the step at the cursor (before step 1, the task of step 1)
 */
export function stepAt({ run, cursor, head }: Standpoint, place: Exclude<Place, ChangePlace>, of?: TaskId): number | undefined {
  const task = of ?? (cursor > 0 ? run.trace.at(cursor).task : head > 0 ? run.trace.at(1).task : undefined);
  if (task === undefined) return undefined;
  switch (place) {
    case "firstOfTask":
      return run.trace.nextOf(task, 1);
    case "lastOfTask":
      return run.trace.previousOf(task, head);
    case "previousOfTask":
      return run.trace.previousOf(task, cursor - 1);
    case "nextOfTask":
      return run.trace.nextOf(task, cursor + 1);
  }
}

/** The nearest known change of a watch, relative to the cursor. */
export function changeAt({ run, cursor, head }: Standpoint, place: ChangePlace, expression: string): ChangeFound {
  if (place === "previousChange") return run.watched.changeBefore(cursor, expression);
  return run.watched.changeAfter(cursor, expression, head);
}
