/**
 * Steps to go to: the first and last of a task, its neighbours, and those at which a watch changed.
 */
import type { TaskId } from "../core/task";
import type { places } from "../protocol/panel";
import type { Viewed } from "./viewed";

export type Place = (typeof places)[number];

/**
 * The step at a place seen from the cursor, or undefined where there is none.
 *
 * @param of the task or the watch in question; left out, the task of the step at the cursor (before step 1 the one that is
 *   next), or any watch
 */
export function stepAt(
  session: Viewed,
  place: Place,
  of: { readonly task?: TaskId; readonly watch?: string },
): number | undefined {
  const { run, cursor, head, watches } = session;
  if (place === "previousChange" || place === "nextChange") {
    return changeAt(session, place, of.watch === undefined ? watches.list : [of.watch]);
  }
  const task = of.task ?? (cursor > 0 ? run.trace.at(cursor).task : head > 0 ? run.trace.at(1).task : undefined);
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

function changeAt({ run, cursor }: Viewed, place: "previousChange" | "nextChange", expressions: readonly string[]) {
  if (place === "previousChange") {
    const steps = expressions.flatMap((expression) => run.watched.changeBefore(cursor, expression) ?? []);
    return steps.length > 0 ? Math.max(...steps) : undefined;
  }
  const steps = expressions.flatMap((expression) => run.watched.changeAfter(cursor, expression) ?? []);
  return steps.length > 0 ? Math.min(...steps) : undefined;
}
