/**
 * How a session moves: one step, at full speed or slowly, until it rests or fails. Also the changes made to a run while it rests.
 * Actions are done one after the other.
 */
import type { Stay } from "../../core/stay";
import type { TaskId } from "../../core/task";
import { SessionStateError, StoppedError } from "../common/errors";
import type { Execution, SessionStatus } from "./execution";
import type { RunEnd } from "./rest";
import { ignoreEnd, type Manner, type Running } from "./running";
import { mustGoOn, recordedRest } from "./staying";
import { Turns } from "./turns";

/** The step that is shown, and the last step of the run. */
export interface Position {
  readonly step: number;
  readonly head: number;
  select(step: number): void;
  followHead(): void;
}

export class Stepping {
  /** The queue of the session's actions. */
  readonly turns = new Turns();
  #going: Promise<RunEnd> | undefined;
  /** When the run last continued: its first step, and the time in milliseconds. */
  #began = { step: 0, millis: 0 };

  /** @param wake starts a process for the tasks if they have none */
  constructor(
    readonly execution: Execution,
    readonly position: Position,
    readonly wake: () => Promise<void>,
  ) {}

  /**
   * The status as it is displayed. A single step is usually over before anybody can see it, and flickering buttons lose clicks, so it
   * counts as running only when it hangs, its process is silent, or it waits for a task to be woken.
   */
  get shownStatus(): SessionStatus {
    const { status, run } = this.execution;
    const isBrief = !this.#going && !run.hung && !run.silence && !run.typed.asked && !run.isAwaiting;
    return status === "running" && isBrief ? "paused" : status;
  }

  /** The rate in steps per second, while running. */
  get rate(): number | undefined {
    const millis = Date.now() - this.#began.millis;
    if (this.shownStatus !== "running" || millis <= 0) return undefined;
    return Math.round(((this.position.head - this.#began.step) / millis) * 1000);
  }

  /**
   * Goes one step forward: in the past to the next recorded step, at the head by running one. Calls during a step are queued, so that
   * every click counts.
   */
  async step(): Promise<void> {
    if (this.#going) return;
    const step = async () => {
      const { step, head } = this.position;
      if (step < head) this.position.select(step + 1);
      else await this.#steps(1);
    };
    await this.turns.take(step).catch(stopped);
  }

  /**
   * Runs until there is a reason to rest. If a run is already in progress, returns the promise for its end; a slow run then continues
   * at full speed.
   *
   * @param limit the maximum number of steps
   */
  go(limit = Number.POSITIVE_INFINITY): Promise<RunEnd> {
    if (this.#going) this.execution.running.hurry();
    return this.#start(() => limit);
  }

  /**
   * Runs slowly. If a run is already in progress, changes its speed.
   *
   * @param stepsPerSecond from 1 to 100
   */
  walk(stepsPerSecond: number): Promise<RunEnd> {
    const { running, changed } = this.execution;
    const speed = Math.max(1, Math.min(stepsPerSecond, 100));
    if (this.#going) void running.walk(speed).then(changed);
    return this.#start(() => Number.POSITIVE_INFINITY, { speed });
  }

  /** Runs up to a step. If the step was recorded already, it is shown. */
  runTo(step: number): Promise<RunEnd> {
    return this.#start(() => {
      const { head } = this.position;
      if (step <= head) this.position.select(step);
      return step - head;
    });
  }

  /**
   * Runs until a task has made its next step, or has ended. If that was recorded already, it is shown.
   *
   * @param limit the maximum number of steps
   * @throws SessionStateError if a run is in progress, or the task cannot make a step
   */
  async stay(stay: Stay, limit: number): Promise<RunEnd> {
    if (this.#going) throw new SessionStateError("The run is in progress.", "Pause it first.");
    const steps = () => {
      const { run } = this.execution;
      const step = recordedRest(run, stay, this.position.step);
      if (step === undefined) mustGoOn(run, stay);
      else this.position.select(step);
      return step === undefined ? limit : 0;
    };
    return this.#start(steps, { stay });
  }

  /** Captures a task as it is now, with its values expanded, if the last step is shown and the run rests there. */
  async look(task: TaskId): Promise<void> {
    const { execution, position } = this;
    const canLook = () => execution.isAtRest && !execution.run.ending && position.step === position.head;
    const look = async () => {
      if (canLook()) await execution.running.sampling.lookBeside(task);
    };
    if (canLook()) await this.turns.take(look).catch(ignoreEnd);
  }

  /** Rests after the step in progress. */
  async pause(): Promise<void> {
    if (this.execution.status === "running") await this.execution.running.pause();
  }

  /**
   * Performs an action on the run while it rests, and shows the head, where the effect is visible. A run in progress is paused first.
   *
   * @throws SessionStateError if there is no process to perform it
   */
  async atRest<T>(action: (running: Running) => Promise<T>): Promise<T> {
    await this.pause();
    return this.turns.take(async () => {
      await this.#mustBeAlive();
      const result = await action(this.execution.running);
      this.position.followHead();
      if (!this.execution.run.ending) this.execution.rest();
      return result;
    });
  }

  /** Performs an action on the session itself, which may be at rest or have ended. A run in progress is paused first. */
  async alone(action: () => Promise<void>): Promise<void> {
    await this.pause();
    return this.turns.take(async () => {
      if (this.execution.status === "loading") throw new SessionStateError("The session is loading.", "Wait a moment.");
      await action();
    });
  }

  #start(limit: () => number, manner?: Manner): Promise<RunEnd> {
    const steps = () => this.turns.take(() => this.#steps(limit(), manner)).catch(stopped);
    this.#going ??= steps().finally(() => {
      this.#going = undefined;
    });
    return this.#going;
  }

  async #steps(limit: number, manner?: Manner): Promise<RunEnd> {
    const { execution } = this;
    if (limit <= 0) return "step-limit";
    await this.#mustBeAlive();
    if (execution.status === "finished") return "all-finished";
    this.position.followHead();
    this.#began = { step: this.position.head, millis: Date.now() };
    execution.begin();
    const { running } = execution;
    try {
      await running.forward(limit, manner);
      if (execution.status === "running") execution.rest();
    } catch (error) {
      if (!execution.run.ending) execution.fail(error);
      running.lastEnd = execution.failure ? "failed" : "stopped";
    }
    return running.lastEnd ?? "stopped";
  }

  /** Makes sure that there is a process. A branch that was hidden has none, so one is started for it. */
  async #mustBeAlive(): Promise<void> {
    const { status, run, isAtRest, failure } = this.execution;
    if (!isAtRest) throw new SessionStateError(`The session is ${status}.`, "Restart the session.", { cause: failure });
    if (run.ending) await this.wake();
  }
}

/** Converts the error of an action that was dropped because the session was stopped or restarted. */
function stopped(error: unknown): RunEnd {
  if (error instanceof StoppedError) return "stopped";
  throw error;
}
