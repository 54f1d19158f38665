/**
 * The tasks of a run with their states, including which of them are held back by the user, and which wait for something.
 */
import { isOver, type Task, type TaskId, TaskNames, type TaskState } from "../task";

export class TaskTable {
  #tasks: Task[] = [];
  readonly #names = new TaskNames();
  /** The number of tasks that were never resumed. */
  #created = 0;
  /** The tasks that are held back, with the state that each returns to when it is released. */
  readonly #held = new Map<TaskId, TaskState>();
  /** For each task, 1 if it waits for something. */
  #waiting = new Uint8Array(64);
  #waitingCount = 0;
  /** The tasks whose state must be updated before it is read. Tasks are blocked and woken more often than states are read. */
  readonly #stale = new Set<TaskId>();

  get list(): readonly Task[] {
    this.#update();
    return this.#tasks;
  }

  get held(): readonly TaskId[] {
    return [...this.#held.keys()];
  }

  /** The number of tasks that wait for something. */
  get waiting(): number {
    return this.#waitingCount;
  }

  /** @throws RangeError if there is no task with this number */
  at(id: TaskId): Task {
    this.#update();
    return this.#known(id);
  }

  /**
   * @param name the generator function's name; a number is appended if another task already has it
   * @param state `ready` if the user's code had already resumed the generator
   */
  add(name: string, call: string, state: "created" | "ready" = "created"): Task {
    const task: Task = { id: this.#tasks.length, name: this.#names.unique(name), call, state };
    this.#tasks.push(task);
    this.#created += Number(state === "created");
    return task;
  }

  /** Sets a task's state. A task that is held back remains so until it ends. */
  setState(id: TaskId, state: TaskState): void {
    if (isOver(state)) {
      this.#held.delete(id);
      this.unblock(id);
      this.#stale.delete(id);
    }
    if (this.#held.has(id)) this.#held.set(id, state);
    else this.#put(id, this.isWaiting(id) ? "blocked" : state);
  }

  /** A ready task ran and yielded. This is called at every step, so it does nothing once all tasks have been resumed. */
  ran(id: TaskId): void {
    if (this.#created > 0) this.setState(id, "ready");
  }

  hold(id: TaskId): void {
    this.#held.set(id, this.at(id).state);
    this.#put(id, "blocked");
  }

  isHeld(id: TaskId): boolean {
    return this.#held.has(id);
  }

  /** Restores the state that a task had before it was held back. @returns whether it was held back */
  release(id: TaskId): boolean {
    const state = this.#held.get(id);
    if (state === undefined) return false;
    this.#held.delete(id);
    this.#put(id, this.isWaiting(id) ? "blocked" : state);
    return true;
  }

  isWaiting(id: TaskId): boolean {
    return this.#waiting[id] === 1;
  }

  /** Marks a task as waiting for something. */
  block(id: TaskId): void {
    if (this.isWaiting(id)) return;
    if (id >= this.#waiting.length) this.#grow(id);
    this.#waiting[id] = 1;
    this.#waitingCount += 1;
    this.#stale.add(id);
  }

  /** Marks a task as no longer waiting. @returns whether it was waiting */
  unblock(id: TaskId): boolean {
    if (!this.isWaiting(id)) return false;
    this.#waiting[id] = 0;
    this.#waitingCount -= 1;
    this.#stale.add(id);
    return true;
  }

  copy(): TaskTable {
    const copy = new TaskTable();
    for (const { name, call } of this.list) copy.add(name, call);
    copy.#tasks = [...this.#tasks];
    copy.#created = this.#created;
    for (const [id, state] of this.#held) copy.#held.set(id, state);
    copy.#waiting = this.#waiting.slice();
    copy.#waitingCount = this.#waitingCount;
    return copy;
  }

  #known(id: TaskId): Task {
    const task = this.#tasks[id];
    if (!task) throw new RangeError(`There is no task ${id}.`);
    return task;
  }

  /** A task that waits or has waited must have run, so its state cannot be `created`. */
  #update(): void {
    if (this.#stale.size === 0) return;
    for (const id of this.#stale) {
      if (this.#held.has(id)) this.#held.set(id, "ready");
      else this.#put(id, this.isWaiting(id) ? "blocked" : "ready");
    }
    this.#stale.clear();
  }

  #put(id: TaskId, state: TaskState): void {
    const task = this.#known(id);
    if (task.state === state) return;
    this.#created += Number(state === "created") - Number(task.state === "created");
    this.#tasks[id] = { ...task, state };
  }

  #grow(id: TaskId): void {
    const larger = new Uint8Array(Math.max(2 * this.#waiting.length, id + 1));
    larger.set(this.#waiting);
    this.#waiting = larger;
  }
}
