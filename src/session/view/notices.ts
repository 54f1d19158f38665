/**
 * Notices: messages for the user about the state of a session, with remedies.
 */
import type { Stay } from "../../core/stay";
import { mostTasks } from "../../core/task";
import { namesIn, plainText } from "../../core/waiting/sentences";
import type { Notice } from "../../protocol/panel";
import type { RunEnd } from "../loop/rest";
import type { Running } from "../loop/running";
import type { Run } from "../run/run";
import { whyNobodyWakes } from "../seen/waitVerdict";
import { endNotice, failureNotice, freeNotice, hungNotice, silenceNotice, type Troubled, tasksNotice } from "./troubles";

/** The state that notices are derived from. */
export interface Noticed extends Troubled {
  readonly running: Pick<Running, "control" | "sampling" | "rest">;
  /** Why the session as a whole failed. */
  readonly failure: Error | undefined;
  /** Whether the file was changed after it was loaded. */
  readonly stale: boolean;
  /** Why the run last came to rest. */
  readonly lastEnd: RunEnd | undefined;
  readonly options: { readonly maxTraceBytes: number };
}

/** The most important notice, or undefined if there is none. */
export function noticeOf(session: Noticed): Notice | undefined {
  const { run } = session;
  if (run.silence) return silenceNotice(run.silence);
  if (run.hung) return hungNotice(session, run.hung);
  if (session.failure) return failureNotice(session, session.failure);
  if (session.status === "stopped") {
    return {
      severity: "info",
      message: "The session was stopped. Its trace can still be read.",
      remedy: run.observed ? "Restart runs the program again." : "Restart runs the same tasks again.",
      actions: ["restart"],
    };
  }
  const full = fullNotice(session) ?? (run.exitCode === undefined ? undefined : endNotice(run, run.exitCode));
  if (full) return full;
  if (session.stale) {
    return {
      severity: "info",
      message: "The file was changed after it was loaded.",
      remedy: "Restart runs the code as it is now.",
      actions: ["restart"],
    };
  }
  return (
    differenceNotice(session) ??
    waitNotice(session) ??
    orderNotice(session) ??
    stayNotice(session) ??
    lossNotice(session) ??
    (run.observed && run.scheduler.tasks.length >= mostTasks ? tasksNotice(run) : undefined) ??
    remainingNotice(session) ??
    (run.free.length > 0 && run.trace.length === 0 ? freeNotice(run.free) : undefined)
  );
}

/** The notice that the program is still running after all tasks have ended. */
function remainingNotice({ run, status }: Noticed): Notice | undefined {
  if (status !== "finished" || run.remaining.length === 0) return undefined;
  return {
    severity: "info",
    message: `Still active after the last task ended: ${run.remaining.join(", ")}.`,
    remedy: `Anything it prints is shown with step ${run.trace.length}. Stop ends the process.`,
    actions: ["stop"],
  };
}

/** The notice of a difference from the recorded run. It comes first, because it may be why the schedule no longer fits. */
function differenceNotice({ running }: Noticed): Notice | undefined {
  const { difference } = running.control;
  if (!difference) return undefined;
  const { message, remedy } = difference;
  return { severity: "warning", message, remedy, actions: [] };
}

/** The notice of why the waiting tasks can never be woken. */
function waitNotice({ run, status, lastEnd }: Noticed): Notice | undefined {
  if (status !== "paused" || (lastEnd !== "deadlock" && lastEnd !== "blocked")) return undefined;
  const { isDeadlock, segments, step, wayOut } = whyNobodyWakes(run);
  const other = wayOut ? ` ${plainText(wayOut.segments, namesIn(run))}` : "";
  return {
    severity: isDeadlock ? "error" : "warning",
    message: plainText(segments, namesIn(run)),
    sentence: segments.map((segment) => ({ ...segment })),
    ...(step === undefined ? {} : { step }),
    ...(wayOut ? { branchBefore: wayOut.step } : {}),
    remedy: isDeadlock
      ? `Step back to see how it came about.${other}`
      : "Look at what they wait for, and which task should have woken them.",
    actions: [],
  };
}

/** The notice of why no task is next although some have not ended. */
function orderNotice({ running, run, status, lastEnd }: Noticed): Notice | undefined {
  const { refusal } = running.control;
  if (status !== "paused") return undefined;
  if (refusal) {
    const remedy = "remedy" in refusal && typeof refusal.remedy === "string" ? { remedy: refusal.remedy } : {};
    return { severity: "warning", message: refusal.message, ...remedy, actions: [] };
  }
  if (running.control.changesTime && run.virtualTime) {
    const { virtual, seed } = run.virtualTime;
    const message = `This run is under virtual time, because the schedule is: a step is ${virtual} ms, the seed ${seed}.`;
    return { severity: "info", message, actions: [] };
  }
  if (lastEnd !== "held" || !run.scheduler.isIdle) return undefined;
  return { severity: "info", message: "All remaining tasks are held back.", remedy: "Release one of them.", actions: [] };
}

/** Why a run rests although it has not reached what it was to stay with a task for. */
const others: Partial<Record<RunEnd, string>> = {
  "first-return": "another task has returned first",
  threw: "another task threw",
  breakpoint: "a breakpoint came first",
  interrupted: "a task was interrupted",
  "schedule-over": "the schedule ends here",
  "all-finished": "no task is ready",
};

function stayNotice({ running, run, status, lastEnd }: Noticed): Notice | undefined {
  const { stay } = running.rest;
  const why = lastEnd && others[lastEnd];
  if (status !== "paused" || !stay || !why || isMet(stay, run)) return undefined;
  const goal = stay.until === "step" ? "made its next step" : "ended";
  return {
    severity: "info",
    message: `${run.tasks[stay.task]?.name} has not ${goal} yet: ${why}.`,
    remedy: "Do it again to go on.",
    actions: [],
  };
}

/** The last step may be what the run stayed for, and have another reason to rest besides. */
function isMet({ task, until }: Stay, { trace }: Run): boolean {
  const last = trace.length > 0 ? trace.at(trace.length) : undefined;
  return last?.task === task && (until === "step" || last.event !== "yielded");
}

/** The notice that a run was paused because its trace or output is full. */
function fullNotice({ run, status, lastEnd, options }: Noticed): Notice | undefined {
  if (run.problem) {
    return {
      severity: "warning",
      message: `The run was paused: its trace cannot be written to disk (${run.problem.message}). Nothing is lost so far.`,
      remedy: "Free some disk space and continue.",
      actions: [],
    };
  }
  if (lastEnd === "trace-full") {
    const megabytes = Math.round(options.maxTraceBytes / 1024 / 1024);
    return {
      severity: "warning",
      message: `The run was paused: its trace takes more than ${megabytes} MB of disk space.`,
      remedy: `Raise the setting "yieldpoint.maxTraceMegabytes" and continue, or restart.`,
      actions: ["restart"],
    };
  }
  if (lastEnd !== "output-full" || status === "running") return undefined;
  return {
    severity: "warning",
    message: `The run was paused. ${lossText(run)}`,
    remedy: "Run again to continue: every step is still recorded, but output is no longer kept. Restart starts over.",
    actions: ["restart"],
  };
}

/** The notice that output is lost. It stays after the run continues. */
function lossNotice({ run }: Noticed): Notice | undefined {
  if (run.output.lost === 0) return undefined;
  return { severity: "warning", message: lossText(run), remedy: "Restart starts over.", actions: ["restart"] };
}

function lossText({ output }: Run): string {
  const megabytes = Math.round(output.limit / 1024 / 1024);
  const from = (output.lostFrom ?? 0).toLocaleString("en-US");
  return `The tasks have printed more than the limit of ${megabytes} MB. Output from step ${from} on is not kept.`;
}
