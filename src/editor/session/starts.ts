/**
 * Starts in progress, requested by the user: a session, a restart, a replay, a task. Until a start is complete, everything stays as it
 * was. If it takes long or fails, the panel shows a message with the remedies.
 */
import { existsSync } from "node:fs";
import type { Notice, View } from "../../protocol/panel";
import { isOfRuntime, StoppedError } from "../../session/common/errors";
import type { Run } from "../../session/run/run";
import { saidOf, silenceNotice } from "../../session/view/troubles";

/** One attempt. The code that performs it sets `run`. */
export interface Attempt {
  /** Aborted when the user cancels the attempt, or starts something else. */
  readonly signal: AbortSignal;
  /** The run that is being prepared, once there is one. */
  run?: () => Run | undefined;
}

export interface Start {
  /** What is to be done, worded to follow "Could not". */
  readonly what: string;
  /** The user's file, as an absolute path. */
  readonly file: string;
  /** What the user typed and can correct; absent if there is nothing. */
  readonly typed?: "call" | "schedule";
  /** Performs it. When the attempt's signal is aborted, pending work ends. */
  begin(attempt: Attempt): Promise<unknown>;
  /** Asks the user to correct what was typed, and starts again with that. */
  edit?(error: Error): unknown;
}

/** After this many milliseconds the panel says that a start is slow. */
const slowMillis = 1_000;

/** Clicks at most this many milliseconds apart are a double click. */
const doubleClickMillis = 500;

/** The maximum number of characters of output shown for a start that failed. */
const mostPrinted = 4_000;

interface Going {
  readonly start: Start;
  readonly attempt: Attempt;
  readonly controller: AbortController;
  readonly began: number;
  isSlow: boolean;
  isOver: boolean;
  done: Promise<void>;
}

interface Failed {
  readonly start: Start;
  readonly error: Error;
  readonly printed: string;
  /** The file no longer exists, so no other call would help. */
  readonly isFileGone: boolean;
}

export class Starts {
  /** The latest start, whether in progress or finished. */
  #latest: Going | undefined;
  #failed: Failed | undefined;

  /**
   * @param changed called after everything that a view may want to show
   * @param isUnused whether the last started session has not been used yet: after a step, a second click means another start
   * @param now a monotonic clock in milliseconds
   */
  constructor(
    readonly changed: () => void,
    readonly isUnused: () => boolean = () => true,
    readonly now: () => number = () => performance.now(),
  ) {}

  /** The state of the latest start, and what the user can correct if it failed. Used for the commands' context keys. */
  get state(): "none" | "going" | "failed" | "call" | "schedule" {
    if (this.#going) return "going";
    return this.#failed ? (editable(this.#failed) ?? "failed") : "none";
  }

  /** The run that is being prepared. */
  get run(): Run | undefined {
    return this.#going?.attempt.run?.();
  }

  /** Why the last start failed, until that is dismissed. */
  get error(): Error | undefined {
    return this.#failed?.error;
  }

  /** The file of the last start, if that failed. */
  get failedFile(): string | undefined {
    return this.#failed?.start.file;
  }

  /** Resolves when no start is in progress any more. */
  get settled(): Promise<void> {
    return this.#going?.done ?? Promise.resolve();
  }

  /** Starts something, and cancels any other start in progress. The second click of a double click is ignored. */
  make(start: Start): Promise<void> {
    const latest = this.#latest;
    if (latest?.start.what === start.what && latest.start.file === start.file && this.#isOne(latest)) return latest.done;
    return this.#make(start);
  }

  /** Reports that a start failed while everything else continues. */
  refuse(start: Start, error: Error): void {
    this.#failed = { start, error, printed: "", isFileGone: !existsSync(start.file) };
    this.changed();
  }

  /** Cancels the start in progress. */
  cancel(): void {
    this.#going?.controller.abort();
    this.#latest = undefined;
    this.changed();
  }

  /** Repeats the start that failed. */
  retry(): Promise<void> {
    return this.#failed ? this.#make(this.#failed.start) : Promise.resolve();
  }

  /** Lets the user correct the start that failed. */
  async edit(): Promise<void> {
    const failed = this.#failed;
    await failed?.start.edit?.(failed.error);
  }

  /** Dismisses the failure. */
  dismiss(): void {
    this.#failed = undefined;
    this.changed();
  }

  /** Adds the messages about a start to a view. */
  shownIn(view: View): View {
    const going = this.#going;
    const starting = going ? { starting: `Trying to ${going.start.what}` } : {};
    const hangs = view.notice?.actions.includes("interrupt");
    const notice = (going && goingNotice(going)) ?? (this.#failed && !hangs ? failedNotice(this.#failed, view) : view.notice);
    return { ...view, ...starting, ...(notice ? { notice } : {}) };
  }

  get #going(): Going | undefined {
    return this.#latest && !this.#latest.isOver ? this.#latest : undefined;
  }

  #isOne({ isOver, began }: Going): boolean {
    return !isOver || (!this.#failed && this.now() - began < doubleClickMillis && this.isUnused());
  }

  #make(start: Start): Promise<void> {
    this.#going?.controller.abort();
    this.#failed = undefined;
    const controller = new AbortController();
    const attempt = { signal: controller.signal };
    const going = { start, attempt, controller, began: this.now(), isSlow: false, isOver: false, done: Promise.resolve() };
    this.#latest = going;
    going.done = this.#try(going);
    this.changed();
    return going.done;
  }

  async #try(going: Going): Promise<void> {
    const { start, attempt } = going;
    const slow = setTimeout(() => {
      going.isSlow = true;
      this.changed();
    }, slowMillis);
    try {
      await start.begin(attempt);
    } catch (error) {
      if (!attempt.signal.aborted && !(error instanceof StoppedError)) this.#fail(going, error);
    } finally {
      clearTimeout(slow);
      going.isOver = true;
      this.changed();
    }
  }

  #fail({ start, attempt }: Going, thrown: unknown): void {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    this.#failed = { start, error, printed: printedBy(attempt.run?.()), isFileGone: !existsSync(start.file) };
  }
}

/** What the user can correct. If the file or the interpreter is missing, changing the call or the schedule does not help. */
function editable({ start, error, isFileGone }: Failed): Start["typed"] {
  return start.edit && !isOfRuntime(error) && !isFileGone ? start.typed : undefined;
}

function printedBy(run: Run | undefined): string {
  const printed = run?.output.of(0) ?? [];
  return printed
    .map(({ text }) => text)
    .join("")
    .slice(-mostPrinted);
}

/** Undefined while the start is quick, so that the page does not jump. */
function goingNotice({ start, attempt, isSlow }: Going): Notice | undefined {
  const { hung, silence } = attempt.run?.() ?? {};
  if (!hung && !silence && !isSlow) return undefined;
  return {
    severity: hung || silence ? "warning" : "info",
    message: `Trying to ${start.what}${silence ? `. ${silenceNotice(silence).message}` : hung ? hungText(hung) : "…"}`,
    remedy: "Wait, or cancel: everything then stays as it was.",
    actions: ["cancelStart"],
  };
}

function hungText({ at, millis }: NonNullable<Run["hung"]>): string {
  const where = at ? `, now in ${at.function} at ${baseName(at.file)}:${at.line}` : "";
  return `: its code has been running for ${(millis / 1_000).toFixed(0)} s without returning control${where}.`;
}

function failedNotice(failed: Failed, { status }: View): Notice {
  const { start, error, printed } = failed;
  const { message, remedy = "", detail = "", hasPlace } = saidOf(error, start.what);
  const untouched = status === "empty" ? "" : " The current session is unchanged.";
  const details = [detail, printed === "" ? "" : `Printed before:\n${printed}`].filter((text) => text !== "").join("\n\n");
  const edit = { call: "editCall", schedule: "editSchedule" } as const;
  const typed = editable(failed);
  return {
    severity: "error",
    message: `Could not ${start.what}: ${message}`,
    remedy: `${remedy}${untouched}`.trim(),
    ...(details === "" ? {} : { detail: details }),
    actions: [
      ...(typed ? [edit[typed]] : []),
      ...(isOfRuntime(error) ? ["openSetting" as const] : []),
      "retryStart",
      ...(hasPlace ? ["showSource" as const] : []),
      "dismissStart",
    ],
  };
}

function baseName(file: string): string {
  return file.slice(Math.max(file.lastIndexOf("/"), file.lastIndexOf("\\")) + 1);
}
