/**
 * Replays a schedule without Yieldpoint: resumes tasks in the order of a list of picks, and serves their requests under virtual time.
 */

export interface ReplayOptions {
  /** The tasks by name, numbered from 0 in this order. Tasks that they spawn get the next numbers. Each function makes a generator. */
  readonly tasks: Readonly<Record<string, () => Generator<unknown, unknown, unknown>>>;
  /** The number of the task that runs in each step. */
  readonly picks: readonly number[];
  /** Has to hold after every step; otherwise the run ends there. */
  readonly invariant?: () => unknown;
  /** Where the run ends: at the first return, or once all tasks have ended (the default). */
  readonly until?: "first" | "all";
  /** By how many milliseconds a step moves the clock of `sleep` and `now`; 1 by default. */
  readonly virtualTime?: number;
  /** Throws the departure instead of returning it. */
  readonly strict?: boolean;
}

/** How a replay has ended. */
export interface Replayed {
  /** `blocked`: tasks wait, and nothing is left that could wake them. `cut`: there were too many steps. */
  readonly end: "all" | "first" | "threw" | "deadlock" | "blocked" | "invariant" | "cut";
  /** What a task has thrown. */
  readonly error: unknown;
  /** In a sentence, why it ended in no good way; undefined if all is well. */
  readonly failure: string | undefined;
  /** The first step that went another way than in the schedule; undefined if the schedule fits the program. */
  readonly departure: ReplayError | undefined;
  readonly steps: number;
  /** What the tasks have returned, by name. */
  readonly returns: Readonly<Record<string, unknown>>;
}

/** The schedule does not fit the program any more: a picked task is not ready or has ended, or steps are missing or left over. */
export declare class ReplayError extends Error {
  /** The number of the step, from 1. */
  readonly step: number;
}

/**
 * Resumes the tasks in the order of the picks. Picks of tasks that are not ready are left out; after the last pick the tasks run in turn.
 * Resources that were made before the replay are as they were when they were made.
 *
 * @throws RequestError if a task is an async generator, or waits for a promise
 */
export declare function replay(options: ReplayOptions): Replayed;
