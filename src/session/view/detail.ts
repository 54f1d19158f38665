/**
 * The details of one step: its value, the stack with locals, its output, and what it changed.
 */
import type { StepRecord } from "../../core/trace/trace";
import type { Frame, Value } from "../../protocol/runner";
import type { Detail, MarkedProperty, MarkedValue } from "../../protocol/stepDetail";
import { outputUpTo } from "../seen/outputUpTo";
import { taskDetail } from "./taskDetail";
import type { Viewed } from "./viewed";

/** Children of a value with marks for what the step changed, and the total number of children. */
export interface MarkedExpansion {
  readonly properties: MarkedProperty[];
  readonly total: number;
}

/** The step at the cursor, in the form that the panel shows. */
export function detailOf(session: Viewed): Detail {
  const { run, cursor, looked } = session;
  const printed = printedIn(session);
  if (looked !== undefined) return { step: cursor, task: looked, ...taskDetail(session, looked), ...printed };
  if (cursor === 0) return { step: 0, frames: [], ...printed };
  const record = run.trace.at(cursor);
  const before = recordBefore(session, record);
  const seen = run.inspections.of(cursor);
  return {
    step: cursor,
    task: record.task,
    value: markedValue(session, record, before),
    frames: run.differences.frames((before && run.inspections.of(before.step)?.frames) ?? [], seen?.frames ?? []),
    ...resumedByIn(session, seen?.resumedBy),
    ...(record.event === "threw" ? thrownIn(session) : {}),
    ...printed,
  };
}

/** The frames that have resumed the task, compared with those of the step before, whichever task that resumed. */
function resumedByIn({ run, cursor }: Viewed, frames: readonly Frame[] | undefined): Pick<Detail, "resumedBy"> {
  if (!frames) return {};
  const before = run.inspections.of(cursor - 1)?.resumedBy ?? [];
  const isSame = before.length === frames.length && before.every((each, index) => isOneFrame(each, frames[index]));
  return { resumedBy: run.differences.frames(isSame ? before : [], frames) };
}

/** Whether two frames may be of one call. Functions without a name are told apart by their line. */
function isOneFrame(one: Frame, other: Frame | undefined): boolean {
  if (one.file !== other?.file || one.function !== other.function) return false;
  return !/^[(<]/.test(one.function) || /module/.test(one.function) || one.line === other.line;
}

function thrownIn({ run, cursor }: Viewed): Pick<Detail, "thrown"> {
  const thrown = run.throws.of(cursor);
  return thrown ? { thrown } : {};
}

/** The output of the step. If output was not kept, its absence does not mean that nothing was printed. */
function printedIn(session: Viewed): Pick<Detail, "output" | "outputLostFrom" | "soFar"> {
  const { output } = session.run;
  const { lostFrom = Number.POSITIVE_INFINITY } = output;
  const lost = lostFrom <= session.cursor ? { outputLostFrom: lostFrom } : {};
  return { output: output.of(session.cursor), ...lost, soFar: outputUpTo(session) };
}

/**
 * The children of a value of the step at the cursor.
 *
 * @param start the index of the first child wanted; only the first children are compared with their previous values
 * @throws UserError if the value belongs to the past and its children were not captured
 */
export async function expandedOf({ run }: Viewed, handle: number, start: number): Promise<MarkedExpansion> {
  const expansion = await run.inspections.expand(handle, start);
  return start === 0 ? run.differences.expansion(handle, expansion) : expansion;
}

/** The previous step of the same task. */
function recordBefore({ run }: Viewed, { step, task }: StepRecord): StepRecord | undefined {
  const before = run.trace.totals(step - 1, run.tasks.length)[task]?.lastStep ?? 0;
  return before > 0 ? run.trace.at(before) : undefined;
}

/** Compares a yielded value with the previous one. A returned or thrown value is not compared. */
function markedValue({ run }: Viewed, record: StepRecord, before: StepRecord | undefined): MarkedValue {
  const now = lookedAt(record);
  if (record.event !== "yielded" || before?.event !== "yielded") return now;
  return run.differences.value(lookedAt(before), now);

  function lookedAt({ step, value }: StepRecord): Value {
    return run.inspections.of(step)?.value ?? { text: value };
  }
}
