/**
 * A session: one run as the user sees it, with a status and a cursor. It knows neither VS Code nor a terminal: whoever
 * shows it listens to `onChange` and reads what is there.
 */
import type { Task } from "../core/task";
import { SessionStateError } from "./errors";
import type { RunEnd } from "./running";
import { SessionState, type SessionStatus } from "./sessionState";

export type { RunEnd, Until } from "./running";
export type { SessionOptions, SessionStatus } from "./sessionState";

export class Session extends SessionState {
  #calls: readonly string[] = [];
  #going: Promise<RunEnd> | undefined;
  #queue: Promise<unknown> = Promise.resolve();

  /**
   * The status as it is shown: one step by hand is over before anybody could look, and buttons that flicker lose clicks.
   * So it counts as running only once it hangs.
   */
  override get shownStatus(): SessionStatus {
    return this.status === "running" && !this.#going && !this.run.hung ? "paused" : this.status;
  }

  /** The calls of the tasks, in the order of adding: what a restart runs again, also after one that failed. */
  get calls(): string[] {
    return [...this.#calls];
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
      await this.run.watch(this.watches.list);
      this.#calls = [];
    });
  }

  /**
   * Adds a task at the tail of the ready queue, and shows the head. A run under way is paused for it.
   *
   * @throws UserCodeError when the call gives no generator; the session goes on without it
   */
  async add(call: string): Promise<Task> {
    await this.pause();
    return this.#inTurn(async () => {
      this.#mustBeAlive();
      const task = await this.run.spawn(call);
      this.#calls = [...this.#calls, call];
      this.select(this.head); // it joins at the head, where it is to be seen
      this.setStatus("paused");
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
   * Runs until there is a reason to rest. Called again meanwhile, it gives the end of the run that is under way, which goes
   * on at full speed if it was slow.
   *
   * @param limit the most steps
   */
  go(limit = Number.POSITIVE_INFINITY): Promise<RunEnd> {
    if (this.#going) this.running.hurry();
    return this.#start(() => limit);
  }

  /**
   * Runs slowly. Called again meanwhile it changes the speed; a run at full speed goes on slowly.
   *
   * @param stepsPerSecond from 1 to 100
   */
  walk(stepsPerSecond: number): Promise<RunEnd> {
    const speed = Math.max(1, Math.min(stepsPerSecond, 100));
    if (this.#going) void this.running.walk(speed).then(() => this.changed());
    return this.#start(() => Number.POSITIVE_INFINITY, speed);
  }

  /** Runs up to a step; one that was recorded is shown. */
  runTo(step: number): Promise<RunEnd> {
    return this.#start(() => {
      if (step <= this.head) this.select(step);
      return step - this.head;
    });
  }

  /** Comes to rest after the step that is running. */
  async pause(): Promise<void> {
    if (this.status === "running") await this.running.pause();
  }

  /** Throws into user code that does not end: a slice, a call, the file itself. The other tasks live on. */
  interrupt(): void {
    this.run.interrupt();
  }

  /** Ends the process. What was recorded stays. */
  stop(): void {
    this.rebuilding.cancel();
    if (this.status === "stopped" || this.status === "failed") return;
    this.setStatus("stopped");
    this.run.end("The session was stopped.");
  }

  /**
   * Runs the file as it is now with the same calls, in a fresh process.
   *
   * @throws UserCodeError when the file or one of the calls fails now
   */
  restart(calls = this.calls): Promise<void> {
    this.rebuilding.forget();
    this.run.end("The session was restarted.");
    this.setStatus("loading");
    return this.#inTurn(async () => {
      if (this.status !== "loading") return;
      this.run.dispose();
      this.running = this.newRunning();
      this.#calls = calls;
      this.followHead();
      this.failure = undefined;
      this.stale = false;
      await this.#load();
      for (const call of calls) await this.run.spawn(call);
      await this.run.watch(this.watches.list);
      this.changed();
    });
  }

  /** Ends the process, and gives back what the trace takes on disk. */
  dispose(): void {
    this.stop();
    this.run.dispose();
  }

  /**
   * Writes what is new to the trace's file, where it is kept.
   *
   * @throws Error of the file system; it is tried again the next time
   */
  checkpoint(): void {
    this.run.checkpoint(this);
  }

  /**
   * Ends the process, and leaves the trace's file to be found by the next one.
   *
   * @throws Error of the file system
   */
  leave(): void {
    try {
      this.checkpoint();
    } finally {
      this.stop();
      this.run.file.release();
    }
  }

  /** Rebuilds what was not recorded of the step that is shown. Whether it could be is told by `rebuilding`. */
  rebuild(): Promise<void> {
    return this.rebuilding.rebuild(this.cursor);
  }

  cancelRebuild(): void {
    this.rebuilding.cancel();
  }

  async #load(): Promise<void> {
    if (!this.run.ending) this.setStatus("loading");
    try {
      await this.run.load(this.options.file);
      this.setStatus("paused");
    } catch (error) {
      if (!this.run.ending) this.#fail(error);
      throw error;
    }
  }

  #start(limit: () => number, speed?: number): Promise<RunEnd> {
    this.#going ??= this.#inTurn(() => this.#steps(limit(), speed)).finally(() => {
      this.#going = undefined;
    });
    return this.#going;
  }

  async #steps(limit: number, speed?: number): Promise<RunEnd> {
    if (this.status === "loading") return "stopped"; // asked for before a restart, which is next
    if (limit <= 0) return "step-limit";
    this.#mustBeAlive();
    if (this.status === "finished") return "all-finished";
    this.followHead();
    this.started = { step: this.head, millis: Date.now() };
    this.setStatus("running");
    const running = this.running;
    try {
      await running.forward(limit, speed);
      if (this.status === "running") this.setStatus(this.run.scheduler.next === undefined ? "finished" : "paused");
    } catch (error) {
      if (!this.run.ending) this.#fail(error);
      running.lastEnd = this.failure ? "failed" : "stopped";
    }
    return running.lastEnd ?? "stopped";
  }

  protected override runChanged(): void {
    if (this.running?.isTraceFull && this.status === "running") void this.running.pause("trace-full");
    if (this.run.ended && !this.run.ending) this.#fail(this.run.ended);
    this.changed();
  }

  /** What is executed was planned by other rules. */
  protected override rulesChanged(): void {
    void this.running.replan();
    this.changed();
  }

  protected override watchesChanged(): void {
    this.changed();
    if (this.status !== "paused" && this.status !== "finished") return;
    void this.#inTurn(async () => {
      if (this.status === "paused" || this.status === "finished") await this.run.watch(this.watches.list);
      this.changed();
    }).catch(ignoreEnd);
  }

  #fail(error: unknown): void {
    if (this.status === "failed") return;
    this.failure = error instanceof Error ? error : new Error(String(error));
    this.setStatus("failed");
    this.run.end("The session failed.");
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
}

function ignoreEnd(): void {
  // The process ended meanwhile, which is reported by itself.
}
