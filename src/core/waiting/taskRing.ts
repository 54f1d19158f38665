/**
 * The queue of a ring plan: the ready tasks, with the next one to run at the head. A task that has run goes to the tail again,
 * behind the tasks that it woke.
 */
import type { TaskId } from "../task";

export class TaskRing {
  #ring = new Uint16Array(64);
  #first = 0;
  #length = 0;

  constructor(tasks: Iterable<TaskId> = []) {
    for (const task of tasks) this.push(task);
  }

  get length(): number {
    return this.#length;
  }

  push(task: TaskId): void {
    if (this.#length === this.#ring.length) this.#grow();
    this.#ring[(this.#first + this.#length) & (this.#ring.length - 1)] = task;
    this.#length += 1;
  }

  /** Removes and returns the head. The ring must not be empty. */
  shift(): TaskId {
    const task = this.#ring[this.#first] as TaskId;
    this.#first = (this.#first + 1) & (this.#ring.length - 1);
    this.#length -= 1;
    return task;
  }

  /** Moves a task to the head; does nothing when it is not in the ring. */
  toHead(task: TaskId): void {
    const mask = this.#ring.length - 1;
    for (let index = 0; index < this.#length; index += 1) {
      if (this.#ring[(this.#first + index) & mask] !== task) continue;
      for (let at = index; at > 0; at -= 1) {
        this.#ring[(this.#first + at) & mask] = this.#ring[(this.#first + at - 1) & mask] as TaskId;
      }
      this.#ring[this.#first] = task;
      return;
    }
  }

  *[Symbol.iterator](): Generator<TaskId> {
    for (let index = 0; index < this.#length; index += 1)
      yield this.#ring[(this.#first + index) & (this.#ring.length - 1)] as TaskId;
  }

  #grow(): void {
    const tasks = [...this];
    this.#ring = new Uint16Array(2 * this.#ring.length);
    this.#ring.set(tasks);
    this.#first = 0;
  }
}
