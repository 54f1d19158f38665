/**
 * The task whose row is selected in the panel, for each run. Keys and palette commands are about it.
 */
import type { TaskId } from "../../core/task";
import type { RunRecord } from "../../session/seen/runRecord";

const selected = new WeakMap<RunRecord["trace"], TaskId>();

/** Stores the selected task of a run; undefined if no row is selected. */
export function selectRow(run: RunRecord | undefined, task: TaskId | undefined): void {
  if (run && task !== undefined) selected.set(run.trace, task);
  else if (run) selected.delete(run.trace);
}

/** The task of the selected row; otherwise that of the step that is shown, if there is one. */
export function taskInMind({ run, cursor }: { readonly run: RunRecord; readonly cursor: number }): TaskId | undefined {
  return selected.get(run.trace) ?? (cursor > 0 ? run.trace.at(cursor).task : undefined);
}
