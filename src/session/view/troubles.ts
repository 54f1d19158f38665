/**
 * Notices of what goes wrong: code that hangs, a session that has failed, a program that has not ended well. Few sessions need them.
 */
import { basename } from "node:path";
import { listed } from "../../core/nearest";
import { mostTasks } from "../../core/task";
import type { Notice } from "../../protocol/panel";
import { CallError, CallFailedError, UserCodeError, UserError } from "../common/errors";
import type { SessionStatus } from "../loop/execution";
import type { Running } from "../loop/running";
import { type Silence, silenceText } from "../process/runnerListener";
import type { Run } from "../run/run";

/** The part of a session that these notices are derived from. */
export interface Troubled {
  readonly run: Run;
  readonly running: Pick<Running, "sampling">;
  readonly status: SessionStatus;
}

/** A shell adds this to the number of the signal that has ended a process. */
const signalBase = 128;

/** How an observed program has ended, unless it ended well. */
export function endNotice({ uncaught, trace }: Run, exitCode: number): Notice | undefined {
  if (exitCode === 0 && trace.length > 0) return undefined;
  if (exitCode === 0) return { severity: "info", message: "The program has ended. It has resumed no task.", actions: [] };
  const signal = exitCode > signalBase ? `, by signal ${exitCode - signalBase}` : "";
  const how = `The program has ended with exit code ${exitCode}${signal}.`;
  if (!uncaught) return { severity: "warning", message: how, remedy: "Its trace can still be read.", actions: ["restart"] };
  const { message, at, frames } = uncaught;
  const stack = frames.map(({ function: name, file, line }) => `at ${name} (${file}:${line})`);
  return {
    severity: "error",
    message: `${message}${at ? ` (${basename(at.file)}:${at.line})` : ""}`,
    remedy: `${how} Nobody has caught this exception.`,
    ...(stack.length > 0 ? { detail: stack.join("\n") } : {}),
    actions: ["restart"],
  };
}

/** The notice that the program has started threads while it was loaded. */
export function freeNotice(names: readonly string[]): Notice {
  return {
    severity: "info",
    message: `Threads that the program started while it was loaded run free: ${listed(names)}.`,
    remedy: "What they do is no step, and locks do not exclude them. Start them in a call that runs as a thread.",
    actions: [],
  };
}

/** The notice that an observed program has as many tasks as can be recorded. */
export function tasksNotice({ observed, scheduler }: Run): Notice | undefined {
  if (!observed || scheduler.tasks.length < mostTasks) return undefined;
  return {
    severity: "warning",
    message: `The program has ${mostTasks.toLocaleString("en-US")} tasks. Further ones run, but are not recorded.`,
    actions: [],
  };
}

/** Outside of its tasks, an interrupt would end a program in Python. */
const programRemedy: Pick<Notice, "remedy" | "actions"> = {
  remedy: "Wait, give it what it reads, or stop the session.",
  actions: ["stop"],
};

/** Nothing can throw into JavaScript that the program itself has called. */
const endingRemedy: Pick<Notice, "remedy" | "actions"> = {
  remedy: "Wait, interrupt it (which ends the program), or stop the session.",
  actions: ["interrupt", "stop"],
};

const sliceRemedy: Pick<Notice, "remedy" | "actions"> = {
  remedy: "Wait, interrupt this slice (the other tasks are not affected), or stop the session.",
  actions: ["interrupt", "stop"],
};

/** A watch is interrupted automatically. That fails if it loops inside the interpreter. */
const watchRemedy: Pick<Notice, "remedy" | "actions"> = {
  remedy: "It could not be interrupted. Go on without it: a new process runs the same steps again and skips it.",
  actions: ["skipWatch", "restart", "stop"],
};

/** That the process of the tasks gives no sign of life. */
export function silenceNotice(silence: Silence): Notice {
  return {
    severity: "warning",
    message: silenceText("The process that runs the tasks", silence),
    remedy:
      "It may be suspended, blocked in native code, or short of memory. Wait, restart or stop the session. What you ask for meanwhile happens when it answers.",
    actions: ["restart", "stop"],
  };
}

/** The notice of code that does not give back control. */
export function hungNotice(session: Troubled, hung: NonNullable<Run["hung"]>): Notice {
  const { run } = session;
  const who = hung.task === undefined ? outsideTasks(session) : run.scheduler.tasks[hung.task]?.name;
  const { watching } = session.running.sampling;
  const isWatch = hung.task === undefined && watching !== undefined;
  const where = hung.at ? `, now in ${hung.at.function} at ${basename(hung.at.file)}:${hung.at.line}` : "";
  return {
    severity: "warning",
    message: `${who} has been running for ${(hung.millis / 1000).toFixed(0)} s without returning control${where}.`,
    ...(isWatch ? watchRemedy : remedyIn(run, hung)),
  };
}

function remedyIn({ observed, runtime }: Run, { task }: NonNullable<Run["hung"]>): Pick<Notice, "remedy" | "actions"> {
  if (!observed) return sliceRemedy;
  if (runtime?.language === "javascript") return endingRemedy;
  return task === undefined ? programRemedy : sliceRemedy;
}

/** The name of what is running if no task is. */
function outsideTasks({ status, running, run }: Troubled): string {
  const { watching } = running.sampling;
  if (watching !== undefined) return `The watched expression ${watching}`;
  if (run.observed) return "The program";
  return status === "loading" ? "The file" : "The call";
}

/** The notice of why the session as a whole failed. */
export function failureNotice({ run }: Troubled, error: Error): Notice {
  const { message, hasPlace, ...said } = saidOf(error);
  const recorded = run.trace.length > 0 ? ` The trace up to step ${run.trace.length} can still be read.` : "";
  return {
    severity: "error",
    message: `${message}${recorded}`,
    ...said,
    actions: hasPlace ? ["restart", "showSource"] : ["restart"],
  };
}

/**
 * The text of an error: what happened and where, what to do, and its stack.
 *
 * @param doing the action that failed; if it contains the call, the call is not repeated
 */
export function saidOf(error: Error, doing = ""): Pick<Notice, "message" | "remedy" | "detail"> & { readonly hasPlace: boolean } {
  const place = error instanceof UserCodeError ? error.failure : undefined;
  const at = place?.file && place.line ? ` (${basename(place.file)}:${place.line})` : "";
  return {
    message: `${wordsOf(error, doing)}${at}`,
    ...(error instanceof UserError ? { remedy: error.remedy } : {}),
    ...(place?.stack ? { detail: place.stack } : {}),
    hasPlace: place?.file !== undefined,
  };
}

function wordsOf(error: Error, doing: string): string {
  if (error instanceof CallFailedError) return `${error.call}: ${error.reason}`;
  return error instanceof CallError && doing.includes(error.call) ? error.reason : error.message;
}
