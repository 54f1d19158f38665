/**
 * A session: one run as the user sees it, with a status and a cursor. It knows neither VS Code nor a terminal: whoever
 * shows it listens to `onChange` and reads what is there.
 */
import type { Task } from "../core/task";
import { Branches } from "./branches";
import { SessionStateError } from "./errors";
import { Order } from "./order";
import type { RunEnd } from "./rest";
import { type Fresh, Restarts } from "./restarts";
import { ignoreEnd, type Running } from "./running";
import { SessionState, type SessionStatus } from "./sessionState";

export type { RunEnd } from "./rest";
export type { SessionOptions, SessionStatus } from "./sessionState";

export class Session extends SessionState {
  /** What the user does to who runs next. */
  readonly order = new Order(this);
  readonly branches = new Branches(this);
  readonly #restarts = new Restarts(this);
  #going: Promise<RunEnd> | undefined;
  #queue: Promise<unknown> = Promise.resolve();

  /**
   * The status as it is shown: one step by hand is over before anybody could look, and buttons that flicker lose clicks.
   * So it counts as running only once it hangs.
   */
  override get shownStatus(): SessionStatus {
    return this.status === "running" && !this.#going && !this.run.hung ? "paused" : this.status;
  }

  get calls(): string[] {
    return this.#restarts.calls;
  }

  /**
   * Loads the file. To be called once, before anything else.
   *
   * @param wanted the calls that will be added: a restart runs them when the file cannot be loaded now
   * @throws UserCodeError when the file cannot be loaded; the session is `failed` then, and can be restarted
   */
  open(wanted: readonly string[] = []): Promise<void> {
    return this.#inTurn(async () => {
      this.#restarts.expect(wanted);
      await this.#load();
      await this.running.looking.watch();
      this.#restarts.expect([]);
    });
  }

  /**
   * Adds a task at the tail of the ready queue, and shows the head. A run under way is paused for it.
   *
   * @throws UserCodeError when the call gives no generator; the session goes on without it
   */
  add(call: string): Promise<Task> {
    return this.atRest(async ({ run, steering, looking }) => {
      const task = await run.spawn(call);
      if (steering.isFollowing) steering.leave();
      await steering.prepare();
      await looking.watch(true); // the call is user code
      return task;
    });
  }

  /**
   * Does something to the run while it rests, and shows the head, where it is to be seen. A run under way is paused for it.
   *
   * @throws SessionStateError when there is no process for it
   */
  async atRest<T>(action: (running: Running) => Promise<T>): Promise<T> {
    await this.pause();
    return this.#inTurn(async () => {
      await this.#mustBeAlive();
      const result = await action(this.running);
      this.followHead();
      if (!this.run.ending) this.#rest();
      return result;
    });
  }

  /** Does something to the session itself, which may rest or be over. A run under way is paused for it. */
  async alone(action: () => Promise<void>): Promise<void> {
    await this.pause();
    return this.#inTurn(async () => {
      if (this.status === "loading") throw new SessionStateError("The session is loading.", "Wait a moment.");
      await action();
    });
  }

  /** Shows another run in place of the one there is, with its head. */
  show(running: Running): void {
    this.rebuilding.forget();
    this.running = running;
    this.#restarts.expect([]);
    this.failure = undefined;
    this.followHead();
    this.#rest();
  }

  /** Tells that something changed which is to be shown. */
  touch(): void {
    this.changed();
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
    this.branches.cancel();
    if (this.status === "stopped" || this.status === "failed") return;
    this.setStatus("stopped");
    this.running.end("The session was stopped.");
  }

  /**
   * Runs the file as it is now with the same calls, in a fresh process.
   *
   * @throws UserCodeError when the file or one of the calls fails now
   */
  restart(calls = this.calls): Promise<void> {
    return this.begin({ calls });
  }

  /**
   * Runs the file as it is now in a fresh process.
   *
   * @throws SteeringError when the policy is not there any more; the session is as it was then
   * @throws UserCodeError when the file or one of the calls fails now
   */
  async begin(fresh: Fresh): Promise<void> {
    this.choosePolicy(fresh.policy ?? this.policy);
    this.branches.forget();
    this.rebuilding.forget();
    this.running.end("The session was restarted.");
    this.setStatus("loading");
    return this.#inTurn(async () => {
      if (this.status !== "loading") return;
      this.#restarts.replace(fresh);
      this.followHead();
      this.failure = undefined;
      this.stale = false;
      await this.#load();
      await this.#restarts.start(fresh);
      this.changed();
    });
  }

  /**
   * Once all tasks are over: lets the program come to its end as it would by itself. Nothing can be asked of it afterwards.
   *
   * @param millis how long its timers and threads are waited for; the process is ended then
   * @returns whether it came to its end in that time
   */
  conclude(millis: number): Promise<boolean> {
    return this.#inTurn(async () => this.run.ending || (await this.run.conclude(millis)));
  }

  /** Ends the process, and gives back what the trace takes on disk. */
  dispose(): void {
    this.#end();
    this.run.dispose();
    this.#restarts.dispose();
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
      this.#end();
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

  #end(): void {
    this.stop();
    this.comparison?.cancel();
    this.branches.forget();
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
    await this.#mustBeAlive();
    if (this.status === "finished") return "all-finished";
    this.followHead();
    this.started = { step: this.head, millis: Date.now() };
    this.setStatus("running");
    const running = this.running;
    try {
      await running.forward(limit, speed);
      if (this.status === "running") this.#rest();
    } catch (error) {
      if (!this.run.ending) this.#fail(error);
      running.lastEnd = this.failure ? "failed" : "stopped";
    }
    return running.lastEnd ?? "stopped";
  }

  protected override runChanged(): void {
    if (this.running?.rest.isTraceFull && this.status === "running") void this.running.pause("trace-full");
    if (this.running?.rest.isOutputFull && this.status === "running") void this.running.pause("output-full");
    if (this.run.ended && !this.run.ending) this.#fail(this.run.ended);
    this.changed();
  }

  /** What is executed was planned by other rules. */
  protected override rulesChanged(): void {
    void this.running.replan();
    this.changed();
  }

  protected override watchesChanged(): void {
    this.rebuilding.watchesChanged();
    this.changed();
    if ((this.status !== "paused" && this.status !== "finished") || this.run.ending) return;
    void this.#inTurn(async () => {
      if (this.status === "paused" || this.status === "finished") await this.running.looking.watch();
      this.changed();
    }).catch(ignoreEnd);
  }

  /** All tasks are over, or there is something left to run. */
  #rest(): void {
    const { isIdle, held } = this.run.scheduler;
    const isOver = isIdle && held.length === 0 && !this.steering.isFollowing;
    this.setStatus(isOver ? "finished" : "paused");
  }

  #fail(error: unknown): void {
    if (this.status === "failed") return;
    this.failure = error instanceof Error ? error : new Error(String(error));
    this.setStatus("failed");
    this.running.end("The session failed.");
  }

  /** A branch that rests has no process: it gets one. */
  async #mustBeAlive(): Promise<void> {
    if (this.status === "paused" || this.status === "finished") {
      if (this.run.ending) await this.branches.wake();
      return;
    }
    throw new SessionStateError(`The session is ${this.status}.`, "Restart the session.");
  }

  #inTurn<T>(action: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(action);
    this.#queue = turn.catch(() => undefined);
    return turn;
  }
}
