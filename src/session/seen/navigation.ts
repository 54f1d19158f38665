/**
 * Steps to go to: the first and last of a task, its neighbours, and those at which a watch changed.
 */
import type { TaskId } from "../../core/task";
import type { places } from "../../protocol/panel";
import type { RunRecord } from "./runRecord";
import type { ChangeFound } from "./watchLog";

export type Place = (typeof places)[number];
/** A place that is about a watch. */
export type ChangePlace = Extract<Place, "previousChange" | "nextChange">;

/** From where a relative path is resolved. */
export interface Standpoint {
  readonly run: Pick<RunRecord, "trace" | "watched">;
  /** The step that is shown, and the last one. */
  readonly cursor: number;
  readonly head: number;
}

export function isChange(place: Place): place is ChangePlace {
  return place === "previousChange" || place === "nextChange";
}

/**
 * The step at a place seen from the cursor, or undefined where there is none.
 *
 * @param of the task in question; left out, that of the step at the cursor (before step 1 the one that is next)
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

/** The nearest change of a watch that is known, seen from the cursor. */
export function changeAt({ run, cursor, head }: Standpoint, place: ChangePlace, expression: string): ChangeFound {
  if (place === "previousChange") return run.watched.changeBefore(cursor, expression);
  return run.watched.changeAfter(cursor, expression, head);
}

/**
 * What there is to say of a way to a change, or of there being none; nothing where all of it is known.
 *
 * @param task the name of the one whose locals it is about
 * @param isNothing whether the watch gave nothing where it was looked from
 */
export function changeNote(
  place: ChangePlace,
  { step, unknown }: ChangeFound,
  { task, isNothing }: { readonly task: string | undefined; readonly isNothing: boolean },
): string | undefined {
  const looked = unknown && `Not every step from ${numbered(unknown.from)} to ${numbered(unknown.to)} was looked at`;
  if (step !== undefined) return unknown && `${looked}: it may have changed there as well.`;
  const where = place === "previousChange" ? "before" : "after";
  const whose = task === undefined ? "" : ` in "${task}"`;
  if (looked) return `No change${whose} ${where} this step is known. ${looked}.`;
  if (!isNothing) return `It did not change${whose} ${where} this step.`;
  return `It gave nothing ${where} this step either. If it is about another task's locals, go to a step of that task first.`;
}

function numbered(step: number): string {
  return step.toLocaleString("en");
}
