/**
 * A task: one generator object under the scheduler. The object itself lives in a runner; here are its name and its state.
 */

/** Tasks are numbered from 0 in the order in which they were added to the session. */
export type TaskId = number;

/** Tasks have numbers of 16 bits. */
export const mostTasks = 65_536;

/**
 * A task is `blocked` while the user holds it back, or while it waits for what it has requested. `created` is one whose generator was never resumed. One that the user's code resumed before it became a task is suspended at
 * a yield, and `ready` from the beginning.
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

/** Gives every task a name of its own: the second `counter` is `counter #2`. */
export class TaskNames {
  readonly #used = new Set<string>();
  /** The next number to try for each name, so that ten thousand tasks of one name are numbered in one pass. */
  readonly #next = new Map<string, number>();

  /** @param base the generator function's own name */
  unique(base: string): string {
    let name = base;
    for (let number = this.#next.get(base) ?? 2; this.#used.has(name); number += 1) {
      name = `${base} #${number}`;
      this.#next.set(base, number + 1);
    }
    this.#used.add(name);
    return name;
  }
}
