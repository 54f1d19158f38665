/**
 * The run that a session shows, and its status.
 */
import type { Run } from "../run/run";
import type { Running } from "./running";

export type SessionStatus = "loading" | "paused" | "running" | "finished" | "stopped" | "failed";

export class Execution {
  #status: SessionStatus = "loading";
  #running: Running;
  /** Why the session as a whole failed. The trace recorded before that is kept. */
  #failure: Error | undefined;

  /** @param changed called after every change that a view may display */
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

  /** Whether the run is in progress, or its file is being loaded. */
  get isBusy(): boolean {
    return this.#status === "running" || this.#status === "loading";
  }

  /** Whether the run is at rest, whether or not all of its tasks have ended. */
  get isAtRest(): boolean {
    return this.#status === "paused" || this.#status === "finished";
  }

  /** Evaluates the file in the current run. @throws UserCodeError if it cannot be loaded; the status is then `failed` */
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

  /** Replaces the current run by another one. */
  replace(running: Running): void {
    this.#running = running;
    this.#failure = undefined;
  }

  /** Must be called before steps are made. */
  begin(): void {
    this.#setStatus("running");
  }

  /** Must be called when the run has come to rest. The status becomes `finished` or `paused`. */
  rest(): void {
    const { run, control } = this.#running;
    const { isIdle, held, waiting } = run.scheduler;
    const isOver = run.observed
      ? run.exitCode !== undefined
      : isIdle && held.length === 0 && waiting === 0 && !control.isFollowing;
    this.#setStatus(isOver ? "finished" : "paused");
  }

  /** Ends the process, unless the session has failed already. */
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

  /** Must be called when a run has changed: either the current run, or one that is being prepared and may hang. */
  runChanged(run: Run): void {
    if (run === this.run) this.#lookAfter(this.#running);
    this.changed();
  }

  /** Pauses a run when its trace or output is full. The run has failed if its process ended unexpectedly. */
  #lookAfter(running: Running): void {
    const { run, rest } = running;
    if (rest.isTraceFull && this.#status === "running") void running.pause("trace-full");
    if (rest.isOutputFull && this.#status === "running") void running.pause("output-full");
    if (run.ended && !run.ending) this.fail(run.ended);
    if (run.exitCode !== undefined && this.#status === "paused") this.rest();
  }

  #setStatus(status: SessionStatus): void {
    this.#status = status;
    this.changed();
  }
}
