/**
 * How a run ended and what determined its order: what the command line prints last, and the last line of an export for
 * programs.
 */
import { type Outcome as AnyOutcome, outcomeOf as outcomeOfTrace } from "../../core/export/outcome";
import { OrderError } from "../common/errors";
import type { RunEnd } from "../loop/rest";
import { scheduleTextOf } from "../order/scheduleExport";
import { knownParts, policyIn } from "./scheduleView";
import type { Viewed } from "./viewed";

/** By what the order of a run came about. */
export interface OrderOutcome {
  /** With its seed, as it was when the run ended; absent where there were no tasks, or it was not recorded. */
  readonly policy?: string;
  readonly seed?: number;
  /** What replays the run. */
  readonly schedule?: string;
  /** Why there is none though the order was recorded: it is longer than can be printed, or steps of it are lost. */
  readonly noSchedule?: string;
}

export interface Outcome extends AnyOutcome<RunEnd>, OrderOutcome {
  /** The first step of which output was not kept, where nobody printed it at once. */
  readonly outputLostFrom?: number;
}

/** What every task of a session or a recording has come to; of a recording it is not known why it stopped. */
export async function outcomeOf(viewed: Viewed, stopped?: RunEnd): Promise<Outcome> {
  const { steps, tasks } = outcomeOfTrace(viewed.run);
  const { lostFrom, passOn } = viewed.run.output;
  const lost = lostFrom === undefined || passOn ? {} : { outputLostFrom: lostFrom };
  return { steps, ...(stopped ? { stopped } : {}), tasks, ...lost, ...(await orderOutcome(viewed)) };
}

/**
 * The policy of a run, and its schedule.
 *
 * @param steps how many of its steps the schedule is of
 */
export async function orderOutcome({ run, hasSchedule }: Viewed, steps = run.trace.length): Promise<OrderOutcome> {
  const policy = hasSchedule ? policyIn(run.scheduler.changes) : undefined;
  if (run.tasks.length === 0 || policy === undefined) return {};
  const { seed } = knownParts(policy);
  const schedule = await scheduleTextOf(run, steps).then((schedule) => ({ schedule }), whyMissing);
  return { policy, ...(seed === undefined ? {} : { seed }), ...schedule };
}

function whyMissing(error: unknown): { noSchedule: string } {
  if (error instanceof OrderError) return { noSchedule: error.message };
  throw error;
}
