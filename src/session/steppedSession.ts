/**
 * How a session moves: one step, at full speed or slowly, until it comes to rest or fails.
 */
import { SessionStateError, StoppedError } from "./errors";
import type { RunEnd } from "./rest";
import { SessionState, type SessionStatus } from "./sessionState";
import { Turns } from "./turns";

export abstract class SteppedSession extends SessionState {
  /** All that is done to the session, in its order. */
  readonly turns = new Turns();
  #going: Promise<RunEnd> | undefined;

  /**
   * The status as it is shown: one step by hand is over before anybody could look, and buttons that flicker lose clicks.
   * So it counts as running only once it hangs.
   */
  override get shownStatus(): SessionStatus {
    return this.status === "running" && !this.#going && !this.run.hung ? "paused" : this.status;
  }

  /**
   * Goes one step forward: in the past to the next step that was recorded, at the head by running one. Calls while one
   * is under way wait for their turn, so that every click counts.
   */
  async step(): Promise<void> {
    if (this.#going) return;
    const step = async () => {
      if (this.cursor < this.head) this.select(this.cursor + 1);
      else await this.#steps(1);
    };
    await this.turns.take(step).catch(stopped);
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

  #start(limit: () => number, speed?: number): Promise<RunEnd> {
    const steps = () => this.turns.take(() => this.#steps(limit(), speed)).catch(stopped);
    this.#going ??= steps().finally(() => {
      this.#going = undefined;
    });
    return this.#going;
  }

  async #steps(limit: number, speed?: number): Promise<RunEnd> {
    if (limit <= 0) return "step-limit";
    await this.mustBeAlive();
    if (this.status === "finished") return "all-finished";
    this.followHead();
    this.started = { step: this.head, millis: Date.now() };
    this.setStatus("running");
    const running = this.running;
    try {
      await running.forward(limit, speed);
      if (this.status === "running") this.rest();
    } catch (error) {
      if (!this.run.ending) this.fail(error);
      running.lastEnd = this.failure ? "failed" : "stopped";
    }
    return running.lastEnd ?? "stopped";
  }

  /** A branch that rests has no process: it gets one. */
  protected async mustBeAlive(): Promise<void> {
    if (this.status === "paused" || this.status === "finished") {
      if (this.run.ending) await this.branches.wake();
      return;
    }
    throw new SessionStateError(`The session is ${this.status}.`, "Restart the session.");
  }

  /** All tasks are over, or there is something left to run. */
  protected rest(): void {
    const { isIdle, held } = this.run.scheduler;
    const isOver = isIdle && held.length === 0 && !this.steering.isFollowing;
    this.setStatus(isOver ? "finished" : "paused");
  }

  protected fail(error: unknown): void {
    if (this.status === "failed") return;
    this.failure = error instanceof Error ? error : new Error(String(error));
    this.setStatus("failed");
    this.running.end("The session failed.");
  }

  protected override runChanged(): void {
    if (this.running?.rest.isTraceFull && this.status === "running") void this.running.pause("trace-full");
    if (this.running?.rest.isOutputFull && this.status === "running") void this.running.pause("output-full");
    if (this.run.ended && !this.run.ending) this.fail(this.run.ended);
    this.changed();
  }
}

/** What was asked for before the session was stopped or restarted is not done any more. */
function stopped(error: unknown): RunEnd {
  if (error instanceof StoppedError) return "stopped";
  throw error;
}
