/**
 * What is known of a task at a step, which may be another task's: where it is suspended, with its locals. They stay as its last step left them
 * until it is resumed, but for objects and variables that it shares with others.
 */
import { isOver, type TaskId } from "../../core/task";
import type { StepRecord } from "../../core/trace/trace";
import type { Answer } from "../../protocol/runner";
import type { RunRecord } from "./runRecord";

export interface TaskSeen {
  /** Its last step; undefined if it has not been resumed. */
  readonly last: StepRecord | undefined;
  readonly isOver: boolean;
  /** Undefined if nothing was captured. */
  readonly seen: Answer<"inspect"> | undefined;
  /**
   * When that was: after the step that is shown; immediately after the task's last step, and other tasks have run since; or at some time
   * between its last step and its next one.
   */
  readonly when: "now" | "then" | "later";
}

export function taskSeen(
  { run, cursor }: { readonly run: Pick<RunRecord, "trace" | "tasks" | "inspections">; readonly cursor: number },
  task: TaskId,
): TaskSeen {
  const { lastStep = 0 } = run.trace.totals(cursor, run.tasks.length)[task] ?? {};
  const last = lastStep > 0 ? run.trace.at(lastStep) : undefined;
  const beside = run.inspections.beside.of(cursor, task);
  const own = last && run.inspections.ofAnyTime(last.step);
  const when = beside || last?.step === cursor ? "now" : (own?.when ?? "then");
  return {
    last,
    isOver: last !== undefined && isOver(last.event === "yielded" ? "ready" : last.event),
    seen: beside ?? own,
    when,
  };
}

/** Whether there are locals that were not captured where the task was left. */
export function isMissing({ isOver, seen, when }: TaskSeen): boolean {
  return !isOver && (seen === undefined || when === "later");
}
