/**
 * Priority with ageing: a waiting task rises by one priority after a given number of steps, and falls back when it runs. So every
 * task runs eventually (the usual remedy for starvation; Tanenbaum, Modern Operating Systems).
 */
import type { Plan } from "../schedule/plan";
import type { Task, TaskId } from "../task";
import { longestPlan, type Policy } from "./policy";
import { TaskHeap } from "./taskHeap";
import type { ReadyTasks } from "./taskQueue";

/**
 * All waiting tasks rise at the same rate, so their order does not change while they wait. A task's key is the step at which it began
 * to wait, minus the number of steps that its priority is worth.
 */
export class AgeingPriority implements Policy {
  readonly name = "priority";
  #heap = new TaskHeap();
  #priorities: number[] = [];
  #step = 0;
  #turn = 0;
  /** The last plan and the state after it. Undefined once anything else has happened. */
  #planned: { readonly plan: Plan; readonly after: AgeingPriority } | undefined;

  /**
   * @param priorityOf larger numbers go first
   * @param ageing how many steps of waiting raise a task by one priority, at least 1
   */
  constructor(
    readonly priorityOf: (task: Task) => number,
    readonly ageing: number,
  ) {}

  plan(_ready: ReadyTasks, limit: number): Plan {
    if (limit === 1) return { picks: [this.#heap.top as TaskId], times: 1 };
    const ahead = this.#copy();
    const picks: TaskId[] = [];
    for (let index = 0; index < Math.min(limit, longestPlan); index += 1) {
      const pick = ahead.#heap.top as TaskId;
      picks.push(pick);
      ahead.#run(pick);
    }
    this.#planned = { plan: { picks, times: 1 }, after: ahead };
    return this.#planned.plan;
  }

  why(): string {
    const task = this.#heap.top ?? 0;
    const own = this.#priorities[task] ?? 0;
    const waited = this.#step - this.#heap.keyOf(task) - own * this.ageing;
    return `priority ${own}, after ${waited} steps of waiting the highest`;
  }

  enter(task: Task): void {
    this.#priorities[task.id] = this.priorityOf(task);
    this.#wait(task.id);
  }

  leave({ id }: Task): void {
    this.#planned = undefined;
    this.#heap.delete(id);
  }

  ran(plan: Plan, count: number): void {
    const planned = this.#planned;
    this.#planned = undefined;
    if (planned?.plan === plan && count === plan.picks.length) this.#become(planned.after);
    else this.#runAll(plan, count);
  }

  #runAll(plan: Plan, count: number): void {
    for (let index = 0; index < count; index += 1) this.#run(plan.picks[index % plan.picks.length] as TaskId);
  }

  copy(): Policy {
    return this.#copy();
  }

  #copy(): AgeingPriority {
    const copy = new AgeingPriority(this.priorityOf, this.ageing);
    copy.#become(this);
    copy.#heap = this.#heap.copy();
    copy.#priorities = [...this.#priorities];
    return copy;
  }

  /** Takes over the state of another policy, which must not be used afterwards. */
  #become(other: AgeingPriority): void {
    this.#heap = other.#heap;
    this.#priorities = other.#priorities;
    this.#step = other.#step;
    this.#turn = other.#turn;
  }

  #run(id: TaskId): void {
    this.#step += 1;
    this.#wait(id);
  }

  #wait(id: TaskId): void {
    this.#planned = undefined;
    this.#turn += 1;
    this.#heap.set(id, this.#step - (this.#priorities[id] ?? 0) * this.ageing, this.#turn);
  }
}
