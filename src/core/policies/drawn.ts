/**
 * What the policies share that draw each pick: one random number a pick, which only the policy's own picks use up.
 */
import type { Draws } from "../draws";
import type { Plan } from "../schedule";
import type { Task, TaskId } from "../task";
import type { ReadyTasks } from "../taskQueue";
import { longestPlan, type Policy } from "./policy";

export abstract class DrawnPolicy implements Policy {
  abstract readonly name: string;
  /** The last plan, as long as it is what would be planned again: then nobody has to compare picks. */
  #planned: Plan | undefined;

  constructor(protected readonly draws: Draws) {}

  /** The ready task that a random number stands for. */
  protected abstract holder(drawn: number): TaskId;
  protected abstract join(task: Task): void;
  protected abstract quit(task: Task): void;
  abstract why(): string;
  abstract copy(): Policy;

  plan(_ready: ReadyTasks, limit: number): Plan {
    const picks: TaskId[] = [];
    for (let index = 0; index < Math.min(limit, longestPlan); index += 1) picks.push(this.holder(this.draws.at(index)));
    this.#planned = { picks, times: 1 };
    return this.#planned;
  }

  enter(task: Task): void {
    this.#planned = undefined;
    this.join(task);
  }

  leave(task: Task): void {
    this.#planned = undefined;
    this.quit(task);
  }

  ran(plan: Plan, count: number): void {
    const isOwn = plan === this.#planned;
    this.#planned = undefined;
    if (isOwn) {
      this.draws.use(count);
      return;
    }
    for (let index = 0; index < count; index += 1) {
      if (plan.picks[index % plan.picks.length] === this.holder(this.draws.at(0))) this.draws.use(1);
    }
  }
}
