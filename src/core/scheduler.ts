/**
 * The one scheduler: it decides who runs and in which order, and never runs anything itself. A runner executes its plans;
 * what came back is applied, and then it plans again.
 */
import type { Policy } from "./policies/policy";
import { roundRobin } from "./policies/roundRobin";
import { type Plan, pickAt, planLength } from "./schedule";
import { isOver, type Task, type TaskId, type TaskState, uniqueName } from "./task";
import type { StepEvent } from "./trace";

/** What a runner did of a plan: the first `ran` steps, the last of which ended with `last`. */
export interface Executed {
  readonly ran: number;
  readonly last?: StepEvent;
}

const stateAfter: Record<StepEvent, TaskState> = {
  yielded: "ready",
  returned: "returned",
  threw: "threw",
  closed: "closed",
};

export class Scheduler {
  readonly #tasks: Task[] = [];
  #ready: TaskId[] = [];

  constructor(readonly policy: Policy = roundRobin) {}

  get tasks(): readonly Task[] {
    return this.#tasks;
  }

  /** The tasks that may run next; the head is the one that waited longest. */
  get ready(): readonly TaskId[] {
    return this.#ready;
  }

  /** The task that the next step resumes, or undefined when none is ready. */
  get next(): TaskId | undefined {
    return this.plan(1)?.picks[0];
  }

  /**
   * Adds a task at the tail of the ready queue.
   *
   * @param name the generator function's name; a number is added where another task has it already
   * @param call the expression that made the generator
   */
  add(name: string, call: string): Task {
    const names = this.#tasks.map((task) => task.name);
    const task: Task = { id: this.#tasks.length, name: uniqueName(name, names), call, state: "created" };
    this.#tasks.push(task);
    this.#ready.push(task.id);
    return task;
  }

  /**
   * The policy's picks for the next steps, or undefined when no task is ready.
   *
   * @param limit the most steps wanted, at least 1
   */
  plan(limit: number): Plan | undefined {
    return this.#ready.length === 0 ? undefined : this.policy.plan(this.#ready, limit);
  }

  /**
   * Takes in what a runner did of a plan. A runner stops at the first step that changes what may run next, so every step
   * but the last one yielded.
   *
   * @throws RangeError when more ran than was planned
   */
  apply(plan: Plan, executed: Executed): void {
    if (executed.ran > planLength(plan)) throw new RangeError(`${executed.ran} steps ran of ${planLength(plan)} planned.`);
    if (executed.ran === 0) return;
    this.#requeue(plan, executed.ran);
    if (executed.last) this.settle(pickAt(plan, executed.ran - 1), executed.last);
  }

  /** Takes in how one resumption of a task ended, outside of any plan too (thrown into, closed). */
  settle(id: TaskId, event: StepEvent): void {
    const state = stateAfter[event];
    this.#setState(id, state);
    if (isOver(state)) this.#ready = this.#ready.filter((ready) => ready !== id);
  }

  /**
   * Whoever ran goes to the tail, in the order of the last runs. A plan repeats its picks, so its last round holds the
   * last run of every task in it, however long it was.
   */
  #requeue(plan: Plan, ran: number): void {
    const lastRound = Math.min(ran, plan.picks.length);
    const tail = new Set<TaskId>();
    for (let index = ran - 1; index >= ran - lastRound; index -= 1) tail.add(pickAt(plan, index));
    const waiting = this.#ready.filter((id) => !tail.has(id));
    this.#ready = [...waiting, ...[...tail].reverse()];
    for (const id of tail) this.#setState(id, "ready");
  }

  #setState(id: TaskId, state: TaskState): void {
    const task = this.#tasks[id];
    if (!task) throw new RangeError(`There is no task ${id}.`);
    this.#tasks[id] = { ...task, state };
  }
}
