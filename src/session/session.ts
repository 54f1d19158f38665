/**
 * A session: one run as the user sees it, with a status and a cursor. It knows neither VS Code nor a terminal: whoever
 * shows it listens to `onChange` and reads what is there.
 */
import type { Task } from "../core/task";
import type { StepRecord } from "../core/trace";
import type { Answer } from "../protocol/runner";
import { SessionStateError } from "./errors";
import { Run } from "./run";
import type { RunnerCommand } from "./runnerClient";

export type SessionStatus = "loading" | "paused" | "running" | "finished" | "stopped" | "failed";

/** When a run pauses by itself: at the first return and at whatever is thrown, or once every task is over. */
export type Until = "first" | "all";

/** Why a run came to rest. */
export type RunEnd =
  | "first-return"
  | "threw"
  | "interrupted"
  | "all-finished"
  | "step-limit"
  | "paused"
  | "trace-full"
  | "stopped"
  | "failed";

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

/** Steps in one plan. `pause` ends one early, so it only bounds how long a change of the ready queue can go unseen. */
const batchSteps = 1_000_000;

export class Session {
  status: SessionStatus = "loading";
  until: Until;
  /** The first return of this run. */
  result: StepRecord | undefined;
  /** Why the last run came to rest. */
  lastEnd: RunEnd | undefined;
  /** What went wrong with the session as a whole; the trace up to there stays. */
  failure: Error | undefined;
  /** The file was changed since it was loaded. */
  stale = false;
  /** When the current stretch of steps began: its first step, and the clock in milliseconds. */
  started = { step: 0, millis: 0 };
  #run: Run;
  #cursor: number | undefined;
  #calls: readonly string[] = [];
  #pauseWanted = false;
  #going: Promise<RunEnd> | undefined;
  #queue: Promise<unknown> = Promise.resolve();
  readonly #listeners = new Set<() => void>();

  constructor(readonly options: SessionOptions) {
    this.until = options.until;
    this.#run = this.#newRun();
  }

  get run(): Run {
    return this.#run;
  }

  /**
   * The status as it is shown: one step by hand is over before anybody could look, and buttons that flicker lose clicks.
   * So it counts as running only once it hangs.
   */
  get shownStatus(): SessionStatus {
    return this.status === "running" && !this.#going && !this.#run.hung ? "paused" : this.status;
  }

  get head(): number {
    return this.#run.trace.length;
  }

  /** The step that is shown: the head unless the user looks at the past. */
  get cursor(): number {
    return Math.min(this.#cursor ?? this.head, this.head);
  }

  /** The calls of the tasks, in the order of adding: what a restart runs again, also after one that failed. */
  get calls(): string[] {
    return [...this.#calls];
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

  /**
   * Loads the file. To be called once, before anything else.
   *
   * @param wanted the calls that will be added: a restart runs them when the file cannot be loaded now
   * @throws UserCodeError when the file cannot be loaded; the session is `failed` then, and can be restarted
   */
  open(wanted: readonly string[] = []): Promise<void> {
    return this.#inTurn(async () => {
      this.#calls = [...wanted];
      await this.#load();
      this.#calls = [];
    });
  }

  /**
   * Adds a task at the tail of the ready queue. A run under way is paused for it.
   *
   * @throws UserCodeError when the call gives no generator; the session goes on without it
   */
  async add(call: string): Promise<Task> {
    await this.pause();
    return this.#inTurn(async () => {
      this.#mustBeAlive();
      const task = await this.#run.spawn(call);
      this.#calls = [...this.#calls, call];
      this.#setStatus("paused");
      return task;
    });
  }

  /**
   * Goes one step forward: in the past to the next step that was recorded, at the head by running one. Calls while one
   * is under way wait for their turn, so that every click counts.
   */
  async step(): Promise<void> {
    if (this.#going) return;
    await this.#inTurn(async () => {
      if (this.cursor < this.head) this.select(this.cursor + 1);
      else await this.#steps(1);
    });
  }

  /**
   * Runs until there is a reason to rest. Called again meanwhile, it gives the end of the run that is under way.
   *
   * @param limit the most steps
   */
  go(limit = Number.POSITIVE_INFINITY): Promise<RunEnd> {
    this.#going ??= this.#inTurn(() => this.#steps(limit)).finally(() => {
      this.#going = undefined;
    });
    return this.#going;
  }

  /** Comes to rest after the step that is running. */
  async pause(): Promise<void> {
    if (this.status !== "running" || this.#pauseWanted) return;
    this.#pauseWanted = true;
    await this.#run.pause().catch(ignoreEnd);
  }

  /** Throws into user code that does not end: a slice, a call, the file itself. The other tasks live on. */
  interrupt(): void {
    this.#run.interrupt();
  }

  /** Ends the process. What was recorded stays. */
  stop(): void {
    if (this.status === "stopped" || this.status === "failed") return;
    this.#setStatus("stopped");
    this.#run.end("The session was stopped.");
  }

  /**
   * Runs the file as it is now with the same calls, in a fresh process.
   *
   * @throws UserCodeError when the file or one of the calls fails now
   */
  restart(calls = this.calls): Promise<void> {
    this.#run.end("The session was restarted.");
    this.#setStatus("loading");
    return this.#inTurn(async () => {
      if (this.status !== "loading") return;
      this.#run.dispose();
      this.#run = this.#newRun();
      this.#calls = calls;
      this.#cursor = undefined;
      this.result = undefined;
      this.lastEnd = undefined;
      this.failure = undefined;
      this.stale = false;
      await this.#load();
      for (const call of calls) await this.#run.spawn(call);
      this.#changed();
    });
  }

  /** Ends the process, and gives back what the trace takes on disk. */
  dispose(): void {
    this.stop();
    this.#run.dispose();
  }

  /** Shows a step; the head's number makes the view live again. */
  select(step: number): void {
    const wanted = Math.max(0, Math.min(step, this.head));
    this.#cursor = wanted === this.head ? undefined : wanted;
    this.#changed();
  }

  setUntil(until: Until): void {
    this.until = until;
    this.#changed();
  }

  /** Says that the file on disk is no longer what was loaded. */
  markStale(): void {
    this.stale = true;
    this.#changed();
  }

  #newRun(): Run {
    const run: Run = new Run(this.options.command, this.options.storage, () => {
      if (run === this.#run) this.#runChanged();
    });
    return run;
  }

  async #load(): Promise<void> {
    if (!this.#run.ending) this.#setStatus("loading");
    try {
      await this.#run.load(this.options.file);
      this.#setStatus("paused");
    } catch (error) {
      if (!this.#run.ending) this.#fail(error);
      throw error;
    }
  }

  async #steps(limit: number): Promise<RunEnd> {
    if (this.status === "loading") return "stopped"; // asked for before a restart, which is next
    this.#mustBeAlive();
    if (this.status === "finished") return "all-finished";
    this.#pauseWanted = false;
    this.#cursor = undefined;
    this.#run.trace.flush();
    this.started = { step: this.head, millis: Date.now() };
    this.#setStatus("running");
    try {
      this.lastEnd = await this.#advanceUntil(limit);
      await this.#run.look();
      if (this.status === "running") this.#setStatus(this.#run.scheduler.next === undefined ? "finished" : "paused");
    } catch (error) {
      if (!this.#run.ending) this.#fail(error);
      this.lastEnd = this.failure ? "failed" : "stopped";
    }
    return this.lastEnd;
  }

  async #advanceUntil(limit: number): Promise<RunEnd> {
    for (let left = limit; left > 0; ) {
      if (this.#traceIsFull) return "trace-full";
      if (this.#pauseWanted) return "paused";
      const advanced = await this.#run.advance(Math.min(left, batchSteps));
      if (!advanced) return "all-finished";
      left -= advanced.ran;
      const end = this.#reasonToRest(advanced);
      if (end) return end;
    }
    return "step-limit";
  }

  #reasonToRest(advanced: Answer<"advance">): RunEnd | undefined {
    const first = advanced.stopped === "returned" && !this.result;
    if (first) this.result = this.#run.trace.at(this.head);
    if (advanced.stopped === "interrupted") return "interrupted";
    if (first && this.until === "first") return "first-return";
    if (advanced.stopped === "threw" && this.until === "first") return "threw";
    return this.#run.scheduler.ready.length === 0 ? "all-finished" : undefined;
  }

  get #traceIsFull(): boolean {
    const { bytes, problem } = this.#run.trace;
    return problem !== undefined || bytes > this.options.maxTraceBytes;
  }

  #runChanged(): void {
    if (this.#traceIsFull) void this.pause();
    if (this.#run.ended && !this.#run.ending) this.#fail(this.#run.ended);
    this.#changed();
  }

  #fail(error: unknown): void {
    if (this.status === "failed") return;
    this.failure = error instanceof Error ? error : new Error(String(error));
    this.#setStatus("failed");
    this.#run.end("The session failed.");
  }

  #mustBeAlive(): void {
    if (this.status === "paused" || this.status === "finished") return;
    throw new SessionStateError(`The session is ${this.status}.`, "Restart the session.");
  }

  #inTurn<T>(action: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(action);
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  #setStatus(status: SessionStatus): void {
    this.status = status;
    this.#changed();
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}

function ignoreEnd(): void {
  // The process ended meanwhile, which is reported by itself.
}
