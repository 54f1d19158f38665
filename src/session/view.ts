/**
 * What the panel shows of a session, made anew from the trace whenever it is asked for.
 */
import { basename } from "node:path";
import { isOver } from "../core/task";
import type { StepRecord, YieldPoint } from "../core/trace";
import type { Detail, Notice, Row, TaskRow, View } from "../protocol/panel";
import { UserCodeError, UserError } from "./errors";
import type { Session } from "./session";

/** As much of a step's output as a row of the list shows. */
const rowOutputCharacters = 120;

/** The whole of what the panel shows at once. */
export function viewOf(session: Session): View {
  const { run, head, cursor } = session;
  const now = cursor > 0 ? rowOf(session, run.trace.at(cursor)) : undefined;
  const next = nextTask(session);
  const rate = rateOf(session);
  const notice = noticeOf(session);
  return {
    status: session.status,
    file: basename(session.options.file),
    runtime: run.runtime ? `${run.runtime.language === "javascript" ? "Node" : run.runtime.language} ${run.runtime.version}` : "",
    executable: run.runtime?.executable ?? "",
    head,
    cursor,
    ...(now ? { now } : {}),
    ...(next === undefined ? {} : { next }),
    tasks: taskRows(session),
    ...(session.result ? { result: { task: session.result.task, step: session.result.step, value: session.result.value } } : {}),
    ...(rate === undefined ? {} : { rate }),
    until: session.until,
    ...(notice ? { notice } : {}),
    detail: detailOf(session),
  };
}

/**
 * Lines of the list of switches.
 *
 * @param from the first step wanted
 */
export function rowsOf(session: Session, from: number, count: number): Row[] {
  return session.run.trace.window(from, count).map((record) => rowOf(session, record));
}

function rowOf(session: Session, record: StepRecord): Row {
  const printed = session.run.output.of(record.step);
  const output = printed.map(({ text }) => text).join("");
  const { point, ...rest } = record;
  return {
    ...rest,
    ...(point ? { point: { ...point } } : {}),
    ...(printed.length > 0 ? { output: output.slice(0, rowOutputCharacters).trimEnd() } : {}),
  };
}

/** In the past the next task is known: it is the one that ran. */
function nextTask({ run, head, cursor }: Session): number | undefined {
  return cursor < head ? run.trace.at(cursor + 1).task : run.scheduler.next;
}

function rateOf({ status, head, started }: Session): number | undefined {
  const millis = Date.now() - started.millis;
  return status === "running" && millis > 0 ? Math.round(((head - started.step) / millis) * 1000) : undefined;
}

function taskRows(session: Session): TaskRow[] {
  const { run, cursor } = session;
  const totals = run.trace.totals(cursor, run.scheduler.tasks.length);
  return run.scheduler.tasks
    .filter((task) => (run.added[task.id]?.step ?? 0) <= cursor)
    .map(({ id, name, call }) => {
      const { steps = 0, micros = 0, lastStep = 0 } = totals[id] ?? {};
      const last = lastStep > 0 ? run.trace.at(lastStep) : undefined;
      const state = stateOf(session, id, last);
      const stack = isOver(state) ? [] : stackOf(session, id, last);
      return { id, name, call, state, stack, ...(last ? { value: last.value } : {}), steps, micros };
    });
}

function stateOf({ run, head, cursor }: Session, id: number, last: StepRecord | undefined): TaskRow["state"] {
  if (cursor === head && run.hung?.task === id) return "running";
  if (!last) return "created";
  return last.event === "yielded" ? "ready" : last.event;
}

/** The whole stack where somebody looked; else the innermost yield point, which the trace always has. */
function stackOf({ run }: Session, id: number, last: StepRecord | undefined): YieldPoint[] {
  const start = run.added[id]?.point;
  if (!last) return start ? [start] : [];
  const seen = run.inspections.of(last.step)?.frames ?? [];
  if (seen.length > 0) return seen.map(({ locals: _, ...point }) => point).reverse();
  return last.point ? [{ ...last.point }] : [];
}

function detailOf({ run, cursor }: Session): Detail {
  const record = cursor > 0 ? run.trace.at(cursor) : undefined;
  const seen = run.inspections.of(cursor);
  return {
    step: cursor,
    ...(record ? { task: record.task, value: seen?.value ?? { text: record.value } } : {}),
    frames: seen?.frames ?? [],
    output: run.output.of(cursor),
  };
}

function noticeOf(session: Session): Notice | undefined {
  const { run } = session;
  if (run.hung) return hungNotice(session, run.hung);
  if (session.failure) return failureNotice(session, session.failure);
  if (session.status === "stopped") {
    return {
      severity: "info",
      message: "The session was stopped. Its trace can still be read.",
      remedy: "Restart runs the same tasks again.",
      actions: ["restart"],
    };
  }
  if (session.stale) {
    return {
      severity: "info",
      message: "The file was changed after it was loaded.",
      remedy: "Restart runs the code as it is now.",
      actions: ["restart"],
    };
  }
  return limitNotice(session);
}

function limitNotice({ run, lastEnd, options }: Session): Notice | undefined {
  if (lastEnd === "trace-full") {
    const megabytes = Math.round(options.maxTraceBytes / 1024 / 1024);
    return {
      severity: "warning",
      message: `The run was paused: its trace takes more than ${megabytes} MB.`,
      remedy: `Restart, or raise the setting "yieldpoint.maxTraceMegabytes".`,
      actions: ["restart"],
    };
  }
  if (run.output.lost === 0) return undefined;
  return {
    severity: "warning",
    message: `The tasks printed more than is kept; ${run.output.lost.toLocaleString("en")} characters are not shown.`,
    actions: [],
  };
}

function hungNotice({ run }: Session, hung: NonNullable<Session["run"]["hung"]>): Notice {
  const who = hung.task === undefined ? "The file" : run.scheduler.tasks[hung.task]?.name;
  const where = hung.at ? `, now in ${hung.at.function} at ${basename(hung.at.file)}:${hung.at.line}` : "";
  return {
    severity: "warning",
    message: `${who} has not given back control for ${(hung.millis / 1000).toFixed(0)} s${where}.`,
    remedy: "Wait, interrupt this slice (the other tasks live on), or stop the session.",
    actions: ["interrupt", "stop"],
  };
}

function failureNotice({ run }: Session, error: Error): Notice {
  const place = error instanceof UserCodeError ? error.failure : undefined;
  const at = place?.file && place.line ? ` (${basename(place.file)}:${place.line})` : "";
  const recorded = run.trace.length > 0 ? ` The trace up to step ${run.trace.length} can still be read.` : "";
  return {
    severity: "error",
    message: `${error.message}${at}${recorded}`,
    ...(error instanceof UserError ? { remedy: error.remedy } : {}),
    ...(place?.stack ? { detail: place.stack } : {}),
    actions: place?.file ? ["restart", "showSource"] : ["restart"],
  };
}
