/**
 * What a task was sent: the value of the `yield` that it came back from in its last step.
 */
import { resumedIn } from "../../core/schedule/resumption";
import type { TaskId } from "../../core/task";
import type { Viewed } from "./viewed";

const nothing = /^\s*(?:undefined|None)?\s*$/;

/**
 * What the last step of a task up to the one that is shown was given, as text: the value, or the expression where only that is known. Undefined
 * if that was nothing, or is not known.
 */
export function gotIn({ run, cursor }: Viewed, task: TaskId): string | undefined {
  const { lastStep = 0 } = run.trace.totals(cursor, run.tasks.length)[task] ?? {};
  const got =
    lastStep > 0 ? (run.inspections.placeOf(lastStep).got ?? resumedIn(run.scheduler.changes, lastStep)?.sent) : undefined;
  return got === undefined || nothing.test(got) ? undefined : got;
}
