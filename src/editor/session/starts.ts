/**
 * What the user starts: a session, a restart, a replay, a task. Until it is ready, everything stays as it was. While it takes
 * long, and when it fails, the panel says so, with the remedies.
 */
import { existsSync } from "node:fs";
import type { Notice, View } from "../../protocol/panel";
import { RuntimeNotFoundError, RuntimeTooOldError, StoppedError } from "../../session/common/errors";
import type { Run } from "../../session/run/run";
import { saidOf } from "../../session/view/notices";

/** One try. Whoever makes it sets `run`. */
export interface Attempt {
  /** Aborted when the user cancels it, or begins something else. */
  readonly signal: AbortSignal;
  /** The run that is prepared, once there is one. */
  run?: () => Run | undefined;
}

export interface Start {
  /** What is to be done, in words that follow "Could not". */
  readonly what: string;
  /** The user's file that it is about, absolute. */
  readonly file: string;
  /** What the user typed for it, and can correct; left out, there is nothing. */
  readonly typed?: "call" | "schedule";
  /** Does it. What is under way when the signal of the attempt is aborted ends. */
  begin(attempt: Attempt): Promise<unknown>;
  /** Asks the user to correct what was typed, and begins that. */
  edit?(error: Error): unknown;
}

/** From then on it is said that it takes long, in milliseconds. */
const slowMillis = 1_000;

/** The clicks of a double click are no more than so far apart, in milliseconds. */
const doubleClickMillis = 500;

/** Characters of what was printed that are shown of a start that failed. */
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
  /** No longer there: no other call would help. */
  readonly isFileGone: boolean;
}

export class Starts {
  /** The latest one that is under way, or was begun. */
  #latest: Going | undefined;
  #failed: Failed | undefined;

  /**
   * @param changed called after everything that a view may want to show
   * @param isUnused whether nothing was done yet with what was begun last: a user who has stepped wants another start
   * @param now milliseconds of any clock that does not go back
   */
  constructor(
    readonly changed: () => void,
    readonly isUnused: () => boolean = () => true,
    readonly now: () => number = () => performance.now(),
  ) {}

  /** What is under way, or that something failed and what of it can be corrected: for the palette. */
  get state(): "none" | "going" | "failed" | "call" | "schedule" {
    if (this.#going) return "going";
    return this.#failed ? (editable(this.#failed) ?? "failed") : "none";
  }

  /** Why what was begun last failed, until that is dismissed. */
  get error(): Error | undefined {
    return this.#failed?.error;
  }

  /** Resolves when nothing is under way any more. */
  get settled(): Promise<void> {
    return this.#going?.done ?? Promise.resolve();
  }

  /** Begins something; what else is under way is given up. The second click of a double click is part of the first. */
  make(start: Start): Promise<void> {
    const latest = this.#latest;
    if (latest?.start.what === start.what && latest.start.file === start.file && this.#isOne(latest)) return latest.done;
    return this.#make(start);
  }

  /** Tells that something failed of which the rest goes on. */
  refuse(start: Start, error: Error): void {
    this.#failed = { start, error, printed: "", isFileGone: !existsSync(start.file) };
    this.changed();
  }

  /** Gives up what is under way. */
  cancel(): void {
    this.#going?.controller.abort();
    this.#latest = undefined;
    this.changed();
  }

  /** Begins anew what failed. */
  retry(): Promise<void> {
    return this.#failed ? this.#make(this.#failed.start) : Promise.resolve();
  }

  /** Lets the user correct what failed. */
  async edit(): Promise<void> {
    const failed = this.#failed;
    await failed?.start.edit?.(failed.error);
  }

  /** Says no more of what failed. */
  dismiss(): void {
    this.#failed = undefined;
    this.changed();
  }

  /** What is to be seen, together with what is to be said of a start. */
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

/** What of it the user can correct: nothing that is typed brings back a file, or an interpreter that is not there. */
function editable({ start, error, isFileGone }: Failed): Start["typed"] {
  const isOfRuntime = error instanceof RuntimeNotFoundError || error instanceof RuntimeTooOldError;
  return start.edit && !isOfRuntime && !isFileGone ? start.typed : undefined;
}

function printedBy(run: Run | undefined): string {
  const printed = run?.output.of(0) ?? [];
  return printed
    .map(({ text }) => text)
    .join("")
    .slice(-mostPrinted);
}

/** Nothing while it is quick, or the page would jump. */
function goingNotice({ start, attempt, isSlow }: Going): Notice | undefined {
  const hung = attempt.run?.()?.hung;
  if (!hung && !isSlow) return undefined;
  const { function: name, file = "", line = 0 } = hung?.at ?? {};
  const where = name === undefined ? "" : `, now in ${name} at ${baseName(file)}:${line}`;
  const why = hung
    ? `: its code has been running for ${(hung.millis / 1_000).toFixed(0)} s without returning control${where}.`
    : "…";
  return {
    severity: hung ? "warning" : "info",
    message: `Trying to ${start.what}${why}`,
    remedy: "Wait, or cancel: nothing else changes then.",
    actions: ["cancelStart"],
  };
}

function failedNotice(failed: Failed, { status }: View): Notice {
  const { start, error, printed } = failed;
  const { message, remedy = "", detail = "", hasPlace } = saidOf(error, start.what);
  const untouched = status === "empty" ? "" : " What was there before is as it was.";
  const details = [detail, printed === "" ? "" : `Printed before:\n${printed}`].filter((text) => text !== "").join("\n\n");
  const edit = { call: "editCall", schedule: "editSchedule" } as const;
  const typed = editable(failed);
  return {
    severity: "error",
    message: `Could not ${start.what}: ${message}`,
    remedy: `${remedy}${untouched}`.trim(),
    ...(details === "" ? {} : { detail: details }),
    actions: [...(typed ? [edit[typed]] : []), "retryStart", ...(hasPlace ? ["showSource" as const] : []), "dismissStart"],
  };
}

function baseName(file: string): string {
  return file.slice(Math.max(file.lastIndexOf("/"), file.lastIndexOf("\\")) + 1);
}
