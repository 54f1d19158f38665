/**
 * How a run ended, as both formats print it.
 */
import { type Outcome as AnyOutcome, outcomeOf as outcomeOfTrace } from "../core/export/outcome";
import { SteeringError } from "../session/errors";
import { partsOf } from "../session/policies";
import { scheduleTextOf } from "../session/scheduleExport";
import type { RunEnd, Session } from "../session/session";

export interface Outcome extends AnyOutcome<RunEnd> {
  /** With its seed, as it was when the run ended; absent where there were no tasks. */
  readonly policy?: string;
  readonly seed?: number;
  /** What replays the run; absent where it is longer than can be printed. */
  readonly schedule?: string;
}

/** The outcome where there was no session: no runner could be started. */
export const nothingRan: Outcome = { steps: 0, stopped: "failed", tasks: {} };

/** What every task of a session has come to. */
export async function outcomeOf({ run }: Session, stopped: RunEnd): Promise<Outcome> {
  const { steps, tasks } = outcomeOfTrace(run);
  if (run.tasks.length === 0) return { steps, stopped, tasks };
  const policy = run.scheduler.policyText;
  const { seed } = partsOf(policy);
  const schedule = await scheduleTextOf(run).catch(unlessTooLong);
  return {
    steps,
    stopped,
    tasks,
    policy,
    ...(seed === undefined ? {} : { seed }),
    ...(schedule === undefined ? {} : { schedule }),
  };
}

function unlessTooLong(error: unknown): undefined {
  if (!(error instanceof SteeringError)) throw error;
}

/** Whether a task ended with an error. */
export function anyThrew(outcome: Outcome): boolean {
  return Object.values(outcome.tasks).some(({ state }) => state === "threw");
}
