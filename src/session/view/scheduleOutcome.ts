/**
 * How a run ended and what determined its order. The command line prints it last, and it is the last line of an export for
 * programs.
 */
import { type Outcome as AnyOutcome, outcomeOf as outcomeOfTrace } from "../../core/export/outcome";
import type { Thrown } from "../../core/trace/thrown";
import type { VirtualTime } from "../../core/virtualTime";
import { namesIn, plainText } from "../../core/waiting/sentences";
import type { Warning, WarningKind } from "../../core/warnings/warning";
import { searchWarnings } from "../analysis/warnings";
import { OrderError } from "../common/errors";
import type { RunEnd } from "../loop/rest";
import { scheduleTextOf } from "../order/scheduleExport";
import type { RunRecord } from "../seen/runRecord";
import { certainOf, whyNobodyWakes } from "../seen/waitVerdict";
import { knownParts, policyIn } from "./scheduleView";
import type { Viewed } from "./viewed";

/** What determined the order of a run. */
export interface OrderOutcome {
  /** The policy with its seed at the end of the run; left out if there were no tasks, or it was not recorded. */
  readonly policy?: string;
  readonly seed?: number;
  /** The schedule that replays the run. */
  readonly schedule?: string;
  /** Why there is no schedule although the order was recorded: it is too long to print, or some steps are lost. */
  readonly noSchedule?: string;
}

export interface Outcome extends AnyOutcome<RunEnd>, OrderOutcome {
  /** How an observed program has ended. */
  readonly exitCode?: number;
  readonly error?: Thrown;
  /** The first step whose output was not kept; left out if it was printed immediately. */
  readonly outputLostFrom?: number;
  /** The warnings that are not silenced; absent if there are none. */
  readonly warnings?: readonly ToldWarning[];
  /** Absent if time was real. */
  readonly virtualTime?: VirtualTime;
}

/** A warning as the command line and exports show it. */
export interface ToldWarning {
  readonly kind: WarningKind;
  /** The name of the task. */
  readonly task: string;
  readonly steps: readonly number[];
  readonly message: string;
}

export function toldWarning(run: RunRecord, { kind, task, steps, sentence }: Warning): ToldWarning {
  const names = namesIn(run);
  return { kind, task: names.task(task), steps, message: plainText(sentence, names) };
}

/** The outcome of every task of a session or a recording. For a recording the reason why it stopped is unknown. */
export async function outcomeOf(viewed: Viewed, stopped?: RunEnd): Promise<Outcome> {
  const { steps, tasks } = outcomeOfTrace(viewed.run);
  const { lostFrom, passOn } = viewed.run.output;
  const lost = lostFrom === undefined || passOn ? {} : { outputLostFrom: lostFrom };
  return {
    steps,
    ...endOutcome(viewed, stopped),
    ...blockedOutcome(viewed, stopped),
    tasks,
    ...lost,
    ...(await warningsOutcome(viewed)),
    ...(viewed.run.virtualTime ? { virtualTime: viewed.run.virtualTime } : {}),
    ...(await orderOutcome(viewed)),
  };
}

/** How the run ended; an observed program, by an exception that nobody has caught, or with an exit code. */
function endOutcome({ run: { uncaught, exitCode } }: Viewed, stopped?: RunEnd): Pick<Outcome, "stopped" | "exitCode" | "error"> {
  if (!stopped) return {};
  const how = stopped === "exited" && uncaught ? "threw" : stopped;
  return { stopped: how, ...(exitCode === undefined ? {} : { exitCode }), ...(uncaught ? { error: uncaught } : {}) };
}

/** Why waiting tasks can never be woken. A deadlock is certain no matter why the run stopped, so it is always included, with its cycle. */
export function blockedOutcome({ run }: Viewed, stopped?: RunEnd): Pick<Outcome, "cycle" | "why"> {
  const [cycle] = certainOf(run).cycles;
  if (!cycle && stopped !== "blocked") return {};
  const names = namesIn(run);
  const why = plainText(whyNobodyWakes(run).segments, names);
  if (!cycle) return { why };
  const links = cycle.map(({ task, resource, since }) => {
    return { task: names.task(task), ...(resource === undefined ? {} : { waitsFor: names.resource(resource) }), since };
  });
  return { cycle: links, why };
}

async function warningsOutcome({ run, silenced }: Viewed): Promise<Pick<Outcome, "warnings">> {
  const told = (await searchWarnings(run)).warnings.map((warning) => toldWarning(run, warning));
  const warnings = told.filter(({ kind, task }) => !silenced.has(kind, task));
  return warnings.length > 0 ? { warnings } : {};
}

/**
 * The policy of a run, and its schedule.
 *
 * @param steps the number of steps to include in the schedule
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
