/**
 * The common base of the randomized policies: one random number per pick, consumed only by the policy's own picks.
 */

import type { Plan } from "../schedule/plan";
import type { Task, TaskId } from "../task";
import { longestPlan, type Policy } from "./policy";
import type { Draws } from "./randomDraws";
import type { ReadyTasks } from "./taskQueue";

export abstract class DrawnPolicy implements Policy {
  abstract readonly name: string;
  /** For each plan, the position of its first random number. If it is known, the plan's picks need not be compared. */
  #made = new WeakMap<Plan, number>();
  /** How many numbers were consumed. */
  #used = 0;

  constructor(protected readonly draws: Draws) {}

  /** The ready task that a random number selects. */
  protected abstract holder(drawn: number): TaskId;
  protected abstract join(task: Task): void;
  protected abstract quit(task: Task): void;
  abstract why(): string;
  abstract copy(): Policy;

  plan(_ready: ReadyTasks, limit: number): Plan {
    return this.#planFrom(this.#used, limit);
  }

  planAfter(plan: Plan, limit: number): Plan | undefined {
    const from = (this.#made.get(plan) ?? Number.NaN) + plan.picks.length;
    return from >= this.#used ? this.#planFrom(from, limit) : undefined;
  }

  enter(task: Task): void {
    this.#made = new WeakMap();
    this.join(task);
  }

  leave(task: Task): void {
    this.#made = new WeakMap();
    this.quit(task);
  }

  ran(plan: Plan, count: number): void {
    if (this.#made.get(plan) === this.#used) {
      this.#use(count);
      return;
    }
    for (let index = 0; index < count; index += 1) {
      if (plan.picks[index % plan.picks.length] === this.holder(this.draws.at(0))) this.#use(1);
    }
  }

  #planFrom(from: number, limit: number): Plan {
    const picks: TaskId[] = [];
    const first = from - this.#used;
    for (let index = 0; index < Math.min(limit, longestPlan); index += 1) picks.push(this.holder(this.draws.at(first + index)));
    const plan = { picks, times: 1 };
    this.#made.set(plan, from);
    return plan;
  }

  #use(count: number): void {
    this.draws.use(count);
    this.#used += count;
  }
}
