/**
 * The outcome of a run on the command line.
 */
import type { Outcome } from "../session/view/scheduleOutcome";

/** The outcome if no runner could be started. */
export const nothingRan: Outcome = { steps: 0, stopped: "failed", tasks: {} };

/** Whether a task ended with an error, or can never end. */
export function anyFailed(outcome: Outcome): boolean {
  if (outcome.stopped === "deadlock" || outcome.stopped === "blocked") return true;
  return Object.values(outcome.tasks).some(({ state }) => state === "threw");
}
