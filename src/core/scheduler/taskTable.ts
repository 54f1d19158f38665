/**
 * The tasks of a run with their states, including which of them the user holds back.
 */
import { isOver, type Task, type TaskId, TaskNames, type TaskState } from "../task";

export class TaskTable {
  #tasks: Task[] = [];
  readonly #names = new TaskNames();
  /** The number of tasks that were never resumed. */
  #created = 0;
  /** The tasks that are held back, with the state that each returns to when it is released. */
  readonly #held = new Map<TaskId, TaskState>();

  get list(): readonly Task[] {
    return this.#tasks;
  }

  get held(): readonly TaskId[] {
    return [...this.#held.keys()];
  }

  /** @throws RangeError if there is no task with this number */
  at(id: TaskId): Task {
    const task = this.#tasks[id];
    if (!task) throw new RangeError(`There is no task ${id}.`);
    return task;
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
    if (isOver(state)) this.#held.delete(id);
    if (this.#held.has(id)) this.#held.set(id, state);
    else this.#put(id, state);
  }

  /** A ready task ran and yielded. This is called at every step, so it does nothing once all tasks have been resumed. */
  ran(id: TaskId): void {
    if (this.#created > 0) this.setState(id, "ready");
  }

  hold(id: TaskId): void {
    this.#held.set(id, this.at(id).state);
    this.#put(id, "blocked");
  }

  /** Restores the state that a task had before it was held back. @returns whether it was held back */
  release(id: TaskId): boolean {
    const state = this.#held.get(id);
    if (state === undefined) return false;
    this.#held.delete(id);
    this.#put(id, state);
    return true;
  }

  copy(): TaskTable {
    const copy = new TaskTable();
    for (const { name, call } of this.#tasks) copy.add(name, call);
    copy.#tasks = [...this.#tasks];
    copy.#created = this.#created;
    for (const [id, state] of this.#held) copy.#held.set(id, state);
    return copy;
  }

  #put(id: TaskId, state: TaskState): void {
    const task = this.at(id);
    if (task.state === state) return;
    this.#created += Number(state === "created") - Number(task.state === "created");
    this.#tasks[id] = { ...task, state };
  }
}
