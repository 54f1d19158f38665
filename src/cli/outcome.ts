/**
 * How a run ended, as both formats print it.
 */
import type { TaskState } from "../core/task";
import type { RunEnd, Session } from "../session/session";

export interface TaskOutcome {
  readonly state: TaskState;
  /** What it returned or threw. */
  readonly value?: string;
}

export interface Outcome {
  readonly steps: number;
  readonly stopped: RunEnd;
  readonly tasks: Readonly<Record<string, TaskOutcome>>;
}

/** The outcome where there was no session: no runner could be started. */
export const nothingRan: Outcome = { steps: 0, stopped: "failed", tasks: {} };

/** What every task of a session has come to. */
export function outcomeOf({ run, head }: Session, stopped: RunEnd): Outcome {
  const totals = run.trace.totals(head, run.scheduler.tasks.length);
  const entries = run.scheduler.tasks.map(({ id, name }): [string, TaskOutcome] => {
    const lastStep = totals[id]?.lastStep ?? 0;
    const last = lastStep > 0 ? run.trace.at(lastStep) : undefined;
    if (!last) return [name, { state: "created" }];
    return [name, last.event === "yielded" ? { state: "ready" } : { state: last.event, value: last.value }];
  });
  return { steps: head, stopped, tasks: Object.fromEntries(entries) };
}

/** Whether a task ended with an error. */
export function anyThrew(outcome: Outcome): boolean {
  return Object.values(outcome.tasks).some(({ state }) => state === "threw");
}
