/** What each task receives when it is next resumed, in columns by task: a value, or an error that is thrown in it. */
import type { TaskId } from "../task";

export const replyKind = { none: 0, value: 1, error: 2 } as const;

export class Replies<V> {
  /** By task, one of `replyKind`. The loop reads it before each resumption. */
  kinds = new Uint8Array(16);
  readonly #values: (V | undefined)[] = [];

  /** A task exists now. */
  begin(task: TaskId): void {
    if (task < this.kinds.length) return;
    const { kinds } = this;
    this.kinds = new Uint8Array(Math.max(task + 1, 2 * kinds.length));
    this.kinds.set(kinds);
  }

  give(task: TaskId, value: V): void {
    this.#set(task, replyKind.value, value);
  }

  fail(task: TaskId, error: V): void {
    this.#set(task, replyKind.error, error);
  }

  /** The value or the error of a task. */
  valueOf(task: TaskId): V {
    return this.#values[task] as V;
  }

  /** Removes and returns the value or the error of a task. */
  take(task: TaskId): V {
    const value = this.#values[task] as V;
    this.#values[task] = undefined;
    this.kinds[task] = replyKind.none;
    return value;
  }

  #set(task: TaskId, kind: number, value: V): void {
    while (this.#values.length <= task) this.#values.push(undefined);
    this.#values[task] = value;
    this.kinds[task] = kind;
  }
}

/** A list of tasks whose memory is reused. */
export class TaskList {
  #tasks = new Uint16Array(64);
  length = 0;

  push(task: TaskId): void {
    if (this.length === this.#tasks.length) {
      const larger = new Uint16Array(2 * this.length);
      larger.set(this.#tasks);
      this.#tasks = larger;
    }
    this.#tasks[this.length] = task;
    this.length += 1;
  }

  at(index: number): TaskId {
    return this.#tasks[index] as TaskId;
  }

  clear(): void {
    this.length = 0;
  }
}
