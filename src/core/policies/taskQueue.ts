/**
 * A queue of tasks from which any task can be removed in constant time: a doubly linked list, indexed by task number. So the cost of
 * a step or of a task's end does not depend on the number of waiting tasks.
 */
import type { TaskId } from "../task";

/** The ready queue as a policy sees it; the task that has waited longest comes first. An array of task numbers also has this type. */
export interface ReadyTasks extends Iterable<TaskId> {
  readonly length: number;
  /** The tasks from index `start` up to, but not including, `end`. */
  slice(start: number, end: number): TaskId[];
}

/** The sentinel node before the first and after the last one. Task number n has node n + 1. */
const sentinel = 0;
const absent = -1;

export class TaskQueue implements ReadyTasks {
  /** The next and the previous node of each node, interleaved for locality of access. */
  #links = Int32Array.of(sentinel, sentinel);
  #length = 0;

  constructor(tasks: Iterable<TaskId> = []) {
    for (const task of tasks) this.push(task);
  }

  get length(): number {
    return this.#length;
  }

  get head(): TaskId | undefined {
    return this.#length === 0 ? undefined : (this.#links[2 * sentinel] as number) - 1;
  }

  get tail(): TaskId | undefined {
    return this.#length === 0 ? undefined : (this.#links[2 * sentinel + 1] as number) - 1;
  }

  has(task: TaskId): boolean {
    return (this.#links[2 * (task + 1)] ?? absent) !== absent;
  }

  /** Adds a task at the tail, or moves it there if it is already in the queue. */
  push(task: TaskId): void {
    this.remove(task);
    const node = task + 1;
    if (2 * node >= this.#links.length) this.#grow(node);
    const links = this.#links;
    const last = links[2 * sentinel + 1] as number;
    link(links, last, node);
    link(links, node, sentinel);
    this.#length += 1;
  }

  /** Moves a task to the head; does nothing if it is not in the queue. */
  toHead(task: TaskId): void {
    if (!this.has(task) || this.head === task) return;
    this.remove(task);
    const links = this.#links;
    const first = links[2 * sentinel] as number;
    link(links, sentinel, task + 1);
    link(links, task + 1, first);
    this.#length += 1;
  }

  /** Removes a task; does nothing if it is not in the queue. */
  remove(task: TaskId): void {
    if (!this.has(task)) return;
    const links = this.#links;
    const node = task + 1;
    link(links, links[2 * node + 1] as number, links[2 * node] as number);
    links[2 * node] = absent;
    this.#length -= 1;
  }

  slice(start: number, end: number): TaskId[] {
    const links = this.#links;
    const tasks: TaskId[] = [];
    let place = 0;
    for (let node = links[2 * sentinel] as number; node !== sentinel && place < end; node = links[2 * node] as number) {
      if (place >= start) tasks.push(node - 1);
      place += 1;
    }
    return tasks;
  }

  [Symbol.iterator](): Iterator<TaskId> {
    return this.slice(0, this.#length)[Symbol.iterator]();
  }

  #grow(node: number): void {
    const { length } = this.#links;
    const larger = new Int32Array(Math.max(2 * length, 2 * (node + 1))).fill(absent, length);
    larger.set(this.#links);
    this.#links = larger;
  }
}

function link(links: Int32Array, before: number, after: number): void {
  links[2 * before] = after;
  links[2 * after + 1] = before;
}
