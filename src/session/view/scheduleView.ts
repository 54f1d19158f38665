/**
 * The part of a view that concerns the order: the policy, the beginning of the schedule, and why the next task is next.
 */

import { ChoiceTextError } from "../../core/policies/choice";
import type { NotedChange } from "../../core/schedule/changes";
import { formatSchedule } from "../../core/schedule/format";
import { recordedItems } from "../../core/schedule/items";
import { ScheduleMismatchError } from "../../core/scheduler/replay";
import type { View } from "../../protocol/panel";
import { maxScheduleSummary, type PolicyState, type ScheduleState } from "../../protocol/schedule";
import { OrderError, ScheduleStepError } from "../common/errors";
import type { Running } from "../loop/running";
import { partsOf } from "../order/policies";
import { PolicyFailedError } from "../order/policyProcess";
import { picksOf } from "../order/scheduleExport";
import type { Run } from "../run/run";
import type { RunRecord } from "../seen/runRecord";

/** The number of steps that the beginning of a schedule is made from. */
const summarySteps = 4_096;

/** The text of the beginning of a run's schedule, cached until its input changes. */
interface Summary {
  readonly steps: number;
  readonly changes: number;
  readonly text: string;
}

/** The order of a run that can continue. */
export interface Ordered {
  readonly run: Run;
  readonly running: Pick<Running, "control">;
  readonly head: number;
  readonly cursor: number;
  readonly status: NonNullable<View["status"]>;
  /** The policy as the user chose it. */
  readonly policy: string;
  readonly branches: { readonly list: NonNullable<View["branches"]>; readonly replaying: View["replaying"] };
  readonly comparison: { readonly state: NonNullable<View["comparing"]> } | undefined;
}

const summaries = new WeakMap<RunRecord, Summary>();

/** The part of a session's view that concerns the order. */
export function orderOf(session: Ordered): Partial<View> {
  const { run, running, head, cursor, branches } = session;
  const isLive = session.status !== "stopped" && session.status !== "failed";
  const { reason, picked } = run.scheduler;
  return {
    policy: policyOf(session, isLive ? run.scheduler.policyText : session.policy),
    ...policyThen(run, cursor),
    schedule: scheduleOf(session),
    ...(isLive && cursor === head && running.control.next !== undefined && reason !== undefined ? { reason } : {}),
    ...(isLive && picked ? { picked: { ...picked } } : {}),
    ...(branches.list.length > 0 ? { branches: branches.list } : {}),
    ...(branches.replaying ? { replaying: branches.replaying } : {}),
    ...(session.comparison ? { comparing: session.comparison.state } : {}),
  };
}

/** The part of a recording's view that concerns the order. Empty if steps are lost. */
export function recordedOrder(run: RunRecord, cursor: number): Partial<View> {
  const text = policyIn(run.scheduler.changes);
  try {
    return {
      ...(text === undefined ? {} : { policy: { text, ...knownParts(text) } }),
      ...policyThen(run, cursor),
      schedule: beginningOf(run, run.trace.length),
    };
  } catch (error) {
    if (error instanceof OrderError) return {};
    throw error;
  }
}

/** The policy in force when a step was picked; by default the last policy of a run. */
export function policyIn(changes: readonly NotedChange[], step = Number.POSITIVE_INFINITY): string | undefined {
  const last = changes.findLast(({ after, change }) => after < step && change.kind === "policy")?.change;
  return last?.kind === "policy" ? last.policy : undefined;
}

/** The parts of a policy's text. If the policy is from a later version, only the text is known. */
export function knownParts(text: string): ReturnType<typeof partsOf> {
  try {
    return partsOf(text);
  } catch (error) {
    if (error instanceof ChoiceTextError) return { name: text };
    throw error;
  }
}

/** The policy that picked the step at the cursor, if that is in the past; at step 0, the policy that picked step 1. */
function policyThen({ trace, scheduler }: RunRecord, cursor: number): Pick<View, "policyThen"> {
  const text = cursor < trace.length ? policyIn(scheduler.changes, Math.max(1, cursor)) : undefined;
  return text === undefined ? {} : { policyThen: text };
}

function policyOf({ run, head, cursor }: Ordered, text: string): PolicyState {
  const refusal = cursor === head ? run.scheduler.policy.refusal : undefined;
  const at =
    refusal && refusal instanceof PolicyFailedError
      ? { file: refusal.file, ...(refusal.line ? { line: refusal.line } : {}) }
      : {};
  const problem = refusal && { message: refusal.message, remedy: remedyOf(refusal), ...at };
  return { text, ...partsOf(text), ...(problem ? { problem } : {}) };
}

function scheduleOf({ run, running, head }: Ordered): ScheduleState {
  const { follows, refusal } = running.control;
  const refused = refusal && refusal !== run.scheduler.policy.refusal ? refusal : undefined;
  return {
    ...beginningOf(run, head),
    ...(follows ? { follows } : {}),
    ...(refused ? { refused: { ...problemOf(refused, head), remedy: remedyOf(refused) } } : {}),
  };
}

/** The step at which a schedule was refused, and the message. */
function problemOf(refused: Error, head: number): { step: number; message: string } {
  if (refused instanceof ScheduleMismatchError) return { step: refused.step, message: refused.reason.message };
  if (refused instanceof ScheduleStepError) return { step: refused.step, message: refused.problem };
  return { step: head + 1, message: refused.message };
}

function beginningOf(run: RunRecord, head: number): { text: string; cut: boolean } {
  const text = summaryOf(run, head);
  return { text: text.slice(0, maxScheduleSummary), cut: text.length > maxScheduleSummary || head > summarySteps };
}

/** The beginning of a schedule. It is not computed again when the run is beyond the steps that it is made from. */
function summaryOf(run: RunRecord, head: number): string {
  const steps = Math.min(head, summarySteps);
  const changes = run.scheduler.changes.filter(({ after }) => after <= steps).length;
  const known = summaries.get(run);
  if (known?.steps === steps && known.changes === changes) return known.text;
  const text = formatSchedule(recordedItems(run.scheduler.changes, picksOf(run), steps), run.virtualTime);
  summaries.set(run, { steps, changes, text });
  return text;
}

function remedyOf(error: Error): string {
  return "remedy" in error && typeof error.remedy === "string" ? error.remedy : "";
}
