/**
 * A task: one generator object under the scheduler. The object itself lives in a runner; this module has its name and its state.
 */

/** Tasks are numbered from 0 in the order in which they were added to the session. */
export type TaskId = number;

/** Task numbers have 16 bits. */
export const mostTasks = 65_536;

/**
 * `created` means that the generator was never resumed. A generator that the user's code resumed before it became a task is
 * already suspended at a yield, so its task is `ready` from the beginning. A task is `blocked` while the user holds it back, or while it
 * waits for something that it requested.
 */
export type TaskState = "created" | "ready" | "running" | "blocked" | "returned" | "threw" | "closed";

export interface Task {
  readonly id: TaskId;
  /** The generator function's name, made unique: `counter`, `counter #2`. */
  readonly name: string;
  /** The expression that created the generator, as the user wrote it. */
  readonly call: string;
  readonly state: TaskState;
}

/** Whether a task in this state can never run again. */
export function isOver(state: TaskState): boolean {
  return state === "returned" || state === "threw" || state === "closed";
}

/** The name of a task's generator function. A task that the program itself has made may have another name; its call has the function's. */
export function functionOf({ name, call }: Pick<Task, "name" | "call">): string {
  return call.endsWith("(…)") ? call.slice(0, -"(…)".length) : name.replace(/ #\d+$/, "");
}

/** The names by which a policy's parameters can mean a task, the most exact first: its number, its name, the name of its function. */
export function keyedNames({ id, name }: Pick<Task, "id" | "name">): string[] {
  return [String(id), name, name.replace(/ #\d+$/, "")];
}

/** Gives every task a unique name: the second `counter` is `counter #2`. */
export class TaskNames {
  readonly #used = new Set<string>();
  /** The next number to try for each name, so that numbering ten thousand tasks of the same name takes linear time. */
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
