/**
 * What there is to see of a session: everything that a view, a notice or a saved session is made from.
 */
import type { StepRecord } from "../core/trace";
import { Breakpoints } from "./breakpoints";
import { type Place, stepAt } from "./places";
import { Rebuilding } from "./rebuild";
import { Run } from "./run";
import type { RunnerCommand } from "./runnerClient";
import { type RunEnd, Running, type Until } from "./running";
import { Watches } from "./watches";

export type SessionStatus = "loading" | "paused" | "running" | "finished" | "stopped" | "failed";

export interface SessionOptions {
  /** The user's file, absolute. */
  readonly file: string;
  readonly command: RunnerCommand;
  readonly until: Until;
  /** The folder for what does not fit in memory. */
  readonly storage: string;
  /** The run pauses when its trace takes more space than this, in bytes. */
  readonly maxTraceBytes: number;
}

/** Its fields are changed by the session alone; whoever shows them listens to `onChange`. */
export abstract class SessionState {
  status: SessionStatus = "loading";
  until: Until;
  readonly breakpoints = new Breakpoints(() => this.rulesChanged());
  readonly watches = new Watches(() => this.watchesChanged());
  /** How far what was not recorded is rebuilt. */
  readonly rebuilding = new Rebuilding(this, () => this.changed());
  /** What went wrong with the session as a whole; the trace up to there stays. */
  failure: Error | undefined;
  /** The file was changed since it was loaded. */
  stale = false;
  /** When the current stretch of steps began: its first step, and the clock in milliseconds. */
  started = { step: 0, millis: 0 };
  protected running: Running;
  #shownStep: number | undefined;
  readonly #listeners = new Set<() => void>();

  constructor(readonly options: SessionOptions) {
    this.until = options.until;
    this.running = this.newRunning();
  }

  get run(): Run {
    return this.running.run;
  }

  /** The first return of this run. */
  get result(): StepRecord | undefined {
    return this.running.result;
  }

  /** Why the run came to rest last. */
  get lastEnd(): RunEnd | undefined {
    return this.running.lastEnd;
  }

  /** The breakpoint at which the run rests. */
  get hit(): number | undefined {
    return this.running.hit;
  }

  /** Steps a second of a slow run, while it goes. */
  get speed(): number | undefined {
    return this.running.speed;
  }

  /** The status as it is shown. */
  abstract get shownStatus(): SessionStatus;

  get head(): number {
    return this.run.trace.length;
  }

  /** The step that is shown: the head unless the user looks at the past. */
  get cursor(): number {
    return Math.min(this.#shownStep ?? this.head, this.head);
  }

  /**
   * Tells of every change; often, so that a view must gather them.
   *
   * @returns how to stop listening
   */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Shows a step; the head's number makes the view live again. */
  select(step: number): void {
    const wanted = Math.max(0, Math.min(step, this.head));
    this.#shownStep = wanted === this.head ? undefined : wanted;
    this.changed();
  }

  /**
   * Shows another step by what happened in it; nothing moves where there is none.
   *
   * @param of the task or the watch in question; left out, the task of the step that is shown, or any watch
   */
  goTo(place: Place, of: { readonly task?: number; readonly watch?: string } = {}): void {
    const step = stepAt(this, place, of);
    if (step !== undefined) this.select(step);
  }

  setUntil(until: Until): void {
    this.until = until;
    this.changed();
  }

  /** Says that the file on disk is no longer what was loaded. */
  markStale(): void {
    this.stale = true;
    this.changed();
  }

  /** A fresh process with an empty trace. */
  protected newRunning(): Running {
    const run: Run = new Run(this.options.command, this.options.storage, () => {
      if (run === this.running?.run) this.runChanged();
    });
    return new Running(run, this);
  }

  /** The view is to follow the head again. */
  protected followHead(): void {
    this.#shownStep = undefined;
  }

  protected setStatus(status: SessionStatus): void {
    this.status = status;
    this.changed();
  }

  protected changed(): void {
    for (const listener of this.#listeners) listener();
  }

  protected abstract runChanged(): void;
  protected abstract rulesChanged(): void;
  protected abstract watchesChanged(): void;
}
