/**
 * Priority: the highest first, and tasks of equal priority in turn. With ageing, waiting raises a task gradually, so that none
 * starves (the textbook remedy since the Compatible Time-Sharing System, Corbató 1962).
 */
import { lastRuns, type Plan } from "../schedule/plan";
import type { Task, TaskId } from "../task";
import type { Policy } from "./policy";
import { roundRobin } from "./roundRobin";
import { TaskHeap } from "./taskHeap";
import type { ReadyTasks } from "./taskQueue";

export class Priority implements Policy {
  readonly name = "priority";
  /** The smallest key is the highest priority; ties go to the task that ran longest ago. */
  #heap = new TaskHeap();
  #priorities: number[] = [];
  #clock = 0;

  /** @param priorityOf larger numbers go first */
  constructor(readonly priorityOf: (task: Task) => number) {}

  plan(_ready: ReadyTasks, limit: number): Plan {
    if (limit === 1) return { picks: [this.#heap.top as TaskId], times: 1 };
    return roundRobin.plan(this.#heap.atTop(), limit);
  }

  why(): string {
    return `priority ${this.#priorities[this.#heap.top ?? 0]}, the highest`;
  }

  enter(task: Task): void {
    this.#priorities[task.id] = this.priorityOf(task);
    this.#touch(task.id);
  }

  leave({ id }: Task): void {
    this.#heap.delete(id);
  }

  ran(plan: Plan, count: number): void {
    for (const id of lastRuns(plan, count, this.#heap.size)) this.#touch(id);
  }

  copy(): Policy {
    const copy = new Priority(this.priorityOf);
    copy.#heap = this.#heap.copy();
    copy.#priorities = [...this.#priorities];
    copy.#clock = this.#clock;
    return copy;
  }

  #touch(id: TaskId): void {
    this.#clock += 1;
    this.#heap.set(id, -(this.#priorities[id] ?? 0), this.#clock);
  }
}
