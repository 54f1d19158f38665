/**
 * The outcome of a run on the command line.
 */
import type { Outcome } from "../session/view/scheduleOutcome";

/** The outcome if no runner could be started. */
export const nothingRan: Outcome = { steps: 0, stopped: "failed", tasks: {} };

/** Whether a task ended with an error. */
export function anyThrew(outcome: Outcome): boolean {
  return Object.values(outcome.tasks).some(({ state }) => state === "threw");
}
