/**
 * A task: one generator object under the scheduler. The object itself lives in a runner; here are its name and its state.
 */

/** Tasks are numbered from 0 in the order in which they were added to the session. */
export type TaskId = number;

/**
 * `created` is a task that was never resumed. A runtime may call that "suspended" too, so the state is kept here and
 * never asked from the runtime.
 */
export type TaskState = "created" | "ready" | "running" | "blocked" | "returned" | "threw" | "closed";

export interface Task {
  readonly id: TaskId;
  /** The generator function's name, made unique: `counter`, `counter #2`. */
  readonly name: string;
  /** The expression that made the generator, as the user wrote it. */
  readonly call: string;
  readonly state: TaskState;
}

/** Whether a task in this state can never run again. */
export function isOver(state: TaskState): boolean {
  return state === "returned" || state === "threw" || state === "closed";
}

/**
 * Makes a name unique among those taken: the second `counter` is `counter #2`.
 *
 * @param base the generator function's own name
 * @param taken the names of the tasks there are
 */
export function uniqueName(base: string, taken: readonly string[]): string {
  const used = new Set(taken);
  if (!used.has(base)) return base;
  let number = 2;
  while (used.has(`${base} #${number}`)) number += 1;
  return `${base} #${number}`;
}
