/**
 * A queue of tasks from which any task can be taken out at once: a doubly linked list over the task numbers. Neither a step nor
 * a task that ends costs more where many tasks wait.
 */
import type { TaskId } from "./task";

/** The ready queue as a policy sees it, the longest waiting task first. An array of task numbers is one too. */
export interface ReadyTasks extends Iterable<TaskId> {
  readonly length: number;
  /** The tasks from place `start` up to `end`, which is not included. */
  slice(start: number, end: number): TaskId[];
}

/** Where the list begins and ends; task number n is node n + 1. */
const sentinel = 0;
const absent = -1;

export class TaskQueue implements ReadyTasks {
  readonly #next: number[] = [sentinel];
  readonly #previous: number[] = [sentinel];
  #length = 0;

  constructor(tasks: Iterable<TaskId> = []) {
    for (const task of tasks) this.push(task);
  }

  get length(): number {
    return this.#length;
  }

  get head(): TaskId | undefined {
    return this.#length === 0 ? undefined : (this.#next[sentinel] as number) - 1;
  }

  get tail(): TaskId | undefined {
    return this.#length === 0 ? undefined : (this.#previous[sentinel] as number) - 1;
  }

  has(task: TaskId): boolean {
    return (this.#next[task + 1] ?? absent) !== absent;
  }

  /** Puts a task at the tail; one that is in the queue already moves there. */
  push(task: TaskId): void {
    this.remove(task);
    const node = task + 1;
    while (this.#next.length <= node) {
      this.#next.push(absent);
      this.#previous.push(absent);
    }
    this.#link(this.#previous[sentinel] as number, node);
    this.#link(node, sentinel);
    this.#length += 1;
  }

  /** Takes a task out; nothing happens where it is not in the queue. */
  remove(task: TaskId): void {
    if (!this.has(task)) return;
    const node = task + 1;
    this.#link(this.#previous[node] as number, this.#next[node] as number);
    this.#next[node] = absent;
    this.#previous[node] = absent;
    this.#length -= 1;
  }

  slice(start: number, end: number): TaskId[] {
    const tasks: TaskId[] = [];
    let place = 0;
    for (let node = this.#next[sentinel] as number; node !== sentinel && place < end; node = this.#next[node] as number) {
      if (place >= start) tasks.push(node - 1);
      place += 1;
    }
    return tasks;
  }

  [Symbol.iterator](): Iterator<TaskId> {
    return this.slice(0, this.#length)[Symbol.iterator]();
  }

  #link(before: number, after: number): void {
    this.#next[before] = after;
    this.#previous[after] = before;
  }
}
