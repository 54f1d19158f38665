/**
 * A session: one run as the user sees it, with a status and a cursor. It knows neither VS Code nor a terminal: whoever
 * shows it listens to `onChange` and reads what is there.
 */
import type { Task } from "../core/task";
import { Branches } from "./branches";
import { SessionStateError } from "./errors";
import { Order } from "./order";
import { type Fresh, Restarts } from "./restarts";
import type { Run } from "./run";
import { canInterrupt } from "./runnerClient";
import { ignoreEnd, type Running } from "./running";
import { SteppedSession } from "./steppedSession";

export type { RunEnd } from "./rest";
export type { SessionOptions, SessionStatus } from "./sessionState";

export class Session extends SteppedSession {
  /** What the user does to who runs next. */
  readonly order = new Order(this);
  readonly branches = new Branches(this);
  readonly #restarts = new Restarts(this);

  get calls(): string[] {
    return this.#restarts.calls;
  }

  /** The run that is to take the place of the one there is, while it is prepared; and the one of which that failed last. */
  get fresh(): Run | undefined {
    return this.#restarts.fresh;
  }

  /**
   * Loads the file. To be called once, before anything else.
   *
   * @param wanted the calls that will be added: a restart runs them when the file cannot be loaded now
   * @throws UserCodeError when the file cannot be loaded; the session is `failed` then, and can be restarted
   */
  open(wanted: readonly string[] = []): Promise<void> {
    return this.turns.take(async () => {
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
    return this.turns.take(async () => {
      await this.mustBeAlive();
      const result = await action(this.running);
      this.followHead();
      if (!this.run.ending) this.rest();
      return result;
    });
  }

  /** Does something to the session itself, which may rest or be over. A run under way is paused for it. */
  async alone(action: () => Promise<void>): Promise<void> {
    await this.pause();
    return this.turns.take(async () => {
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
    this.rest();
  }

  /** Tells that something changed which is to be shown. */
  touch(): void {
    this.changed();
  }

  /** Ends the process, and whatever is to take its place. What was recorded stays. */
  stop(): void {
    this.#restarts.cancel();
    this.turns.clear();
    this.rebuilding.cancel();
    this.branches.cancel();
    if (this.status === "stopped" || this.status === "failed") return;
    this.setStatus("stopped");
    this.running.end("The session was stopped.");
  }

  /**
   * Runs the file as it is now with the same calls, in a fresh process.
   *
   * @throws UserCodeError when the file or one of the calls fails now; the session is as it was then
   */
  restart(calls = this.calls): Promise<void> {
    return this.begin({ calls });
  }

  /**
   * Runs the file as it is now in a fresh process. What there is goes on until that one has its tasks. Stopped or begun otherwise
   * meanwhile, it resolves without.
   *
   * @throws SteeringError when the policy is not there any more, or the schedule does not fit before its first step
   * @throws UserCodeError when the file or one of the calls fails now
   * @throws RuntimeNotFoundError when the interpreter is not there any more
   *   In all these cases the session is as it was.
   */
  begin(fresh: Fresh): Promise<void> {
    return this.#restarts.begin(fresh, () => this.#load());
  }

  /** Gives up what is to take the place of the run there is, and what was asked of it by now. */
  cancelBegin(): void {
    if (this.#restarts.cancel()) this.turns.clear();
  }

  /** Pauses the run, and gives up what else takes long: a restart, a comparison, a replay. */
  async settle(): Promise<void> {
    this.cancelBegin();
    this.comparison?.cancel();
    this.rebuilding.cancel();
    this.branches.cancel();
    await this.pause().catch(ignoreEnd);
  }

  /**
   * Once all tasks are over: lets the program come to its end as it would by itself. Nothing can be asked of it afterwards.
   *
   * @param millis how long its timers and threads are waited for; the process is ended then
   * @returns whether it came to its end in that time
   */
  conclude(millis: number): Promise<boolean> {
    return this.turns.take(async () => this.run.ending || (await this.run.conclude(millis)));
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
   * @returns where it is; undefined where there is none
   * @throws Error of the file system
   */
  leave(): string | undefined {
    let path: string | undefined;
    try {
      this.checkpoint();
    } finally {
      this.#end();
      this.#restarts.dispose();
      path = this.run.file.release();
    }
    return path;
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
      if (!this.run.ending) this.fail(error);
      throw error;
    }
  }

  /** What is executed was planned by other rules. */
  protected override rulesChanged(): void {
    void this.running.replan();
    this.changed();
  }

  protected override watchesChanged(): void {
    this.rebuilding.watchesChanged();
    const { watching } = this.running.looking;
    if (watching !== undefined && !this.watches.list.includes(watching) && canInterrupt) this.interrupt();
    this.changed();
    if ((this.status !== "paused" && this.status !== "finished") || this.run.ending) return;
    const watch = async () => {
      if (this.status === "paused" || this.status === "finished") await this.running.looking.watch();
      this.changed();
    };
    void this.turns.take(watch).catch(ignoreEnd);
  }
}
