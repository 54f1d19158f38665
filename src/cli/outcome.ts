/**
 * How a run ended, as both formats print it.
 */
import { type Outcome as AnyOutcome, outcomeOf as outcomeOfTrace } from "../core/export/outcome";
import type { RunEnd, Session } from "../session/session";

export type Outcome = AnyOutcome<RunEnd>;

/** The outcome where there was no session: no runner could be started. */
export const nothingRan: Outcome = { steps: 0, stopped: "failed", tasks: {} };

/** What every task of a session has come to. */
export function outcomeOf({ run }: Session, stopped: RunEnd): Outcome {
  const { steps, tasks } = outcomeOfTrace(run);
  return { steps, stopped, tasks };
}

/** Whether a task ended with an error. */
export function anyThrew(outcome: Outcome): boolean {
  return Object.values(outcome.tasks).some(({ state }) => state === "threw");
}
