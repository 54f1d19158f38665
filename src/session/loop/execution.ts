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

  /** Whether the run goes on, or its file is being loaded. */
  get isBusy(): boolean {
    return this.#status === "running" || this.#status === "loading";
  }

  /** Whether the run came to rest, all tasks being over or not. */
  get isAtRest(): boolean {
    return this.#status === "paused" || this.#status === "finished";
  }

  /** Evaluates the file in the run there is. @throws UserCodeError when it cannot be loaded; the status is `failed` then */
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

  /** Another run takes the place of the one there is. */
  replace(running: Running): void {
    this.#running = running;
    this.#failure = undefined;
  }

  /** Steps begin. */
  begin(): void {
    this.#setStatus("running");
  }

  /** All tasks are over, or there is something left to run. */
  rest(): void {
    const { run, control } = this.#running;
    const { isIdle, held } = run.scheduler;
    const isOver = isIdle && held.length === 0 && !control.isFollowing;
    this.#setStatus(isOver ? "finished" : "paused");
  }

  /** Ends the process, where it did not fail before. */
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

  /** A run has something new: the one there is, or one that is prepared and may hang. */
  runChanged(run: Run): void {
    if (run === this.run) this.#lookAfter(this.#running);
    this.changed();
  }

  /** A run without room for more comes to rest; one whose process is gone by itself has failed. */
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
