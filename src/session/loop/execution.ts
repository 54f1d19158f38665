/**
 * The run that a session shows, and its status.
 */
import type { Run } from "../run/run";
import type { Running } from "./running";

export type SessionStatus = "loading" | "paused" | "running" | "finished" | "stopped" | "failed";

export class Execution {
  #status: SessionStatus = "loading";
  #running: Running;
  /** What went wrong with the session as a whole; the trace up to there stays. */
  #failure: Error | undefined;

  /** @param changed called after everything that a view may want to show */
  constructor(
    first: Running,
    readonly changed: () => void,
  ) {
    this.#running = first;
  }

  get status(): SessionStatus {
    return this.#status;
  }

  get running(): Running {
    return this.#running;
  }

  get run(): Run {
    return this.#running.run;
  }

  get failure(): Error | undefined {
    return this.#failure;
  }

  /** Whether it is running, or its file is being loaded. */
  get isBusy(): boolean {
    return this.#status === "running" || this.#status === "loading";
  }

  /** Whether the run came to rest, all tasks being over or not. */
  get isAtRest(): boolean {
    return this.#status === "paused" || this.#status === "finished";
  }

  /** Evaluates the file in the current run. @throws UserCodeError when it cannot be loaded; then the status is `failed` */
  async load(file: string): Promise<void> {
    if (!this.run.ending) this.#setStatus("loading");
    try {
      await this.run.load(file);
      this.#setStatus("paused");
    } catch (error) {
      if (!this.run.ending) this.fail(error);
      throw error;
    }
  }

  /** Another run replaces the current one. */
  replace(running: Running): void {
    this.#running = running;
    this.#failure = undefined;
  }

  /** Steps begin. */
  begin(): void {
    this.#setStatus("running");
  }

  /** Whether all tasks have ended or something is left to run. */
  rest(): void {
    const { run, control } = this.#running;
    const { isIdle, held, waiting } = run.scheduler;
    const isOver = isIdle && held.length === 0 && waiting === 0 && !control.isFollowing;
    this.#setStatus(isOver ? "finished" : "paused");
  }

  /** Ends the process, unless it failed before. */
  stop(): void {
    if (this.#status === "stopped" || this.#status === "failed") return;
    this.#setStatus("stopped");
    this.#running.end("The session was stopped.");
  }

  fail(error: unknown): void {
    if (this.#status === "failed") return;
    this.#failure = error instanceof Error ? error : new Error(String(error));
    this.#setStatus("failed");
    this.#running.end("The session failed.");
  }

  /** Called when a run has something new: the current run, or one that is being prepared and may hang. */
  runChanged(run: Run): void {
    if (run === this.run) this.#lookAfter(this.#running);
    this.changed();
  }

  /** A run comes to rest when its trace is full; it has failed when its process ended unexpectedly. */
  #lookAfter(running: Running): void {
    const { run, rest } = running;
    if (rest.isTraceFull && this.#status === "running") void running.pause("trace-full");
    if (rest.isOutputFull && this.#status === "running") void running.pause("output-full");
    if (run.ended && !run.ending) this.fail(run.ended);
  }

  #setStatus(status: SessionStatus): void {
    this.#status = status;
    this.changed();
  }
}
