/**
 * A quantum: the picked task runs for k yields before the next is picked, as in round-robin with time slices (Silberschatz,
 * Galvin and Gagne, Operating System Concepts). It wraps any policy.
 */
import type { Plan } from "../schedule/plan";
import type { Task, TaskId } from "../task";
import { longestPlan, type Micros, type Policy } from "./policy";
import type { ReadyTasks } from "./taskQueue";

export class Quantum implements Policy {
  /** The task that has the current quantum, and how many steps of the quantum are left. */
  #current: TaskId | undefined;
  #left = 0;

  /**
   * @param inner the policy that picks a task for each quantum
   * @param size the number of steps in a quantum, at least 1
   */
  constructor(
    readonly inner: Policy,
    readonly size: number,
  ) {}

  get name(): string {
    return this.inner.name;
  }

  get refusal(): Error | undefined {
    return this.#left > 0 ? undefined : this.inner.refusal;
  }

  /** The rest of the current quantum, or whole quanta. A quantum is planned in part only if `limit` is less than a whole one. */
  plan(ready: ReadyTasks, limit: number): Plan {
    const { size } = this;
    if (this.#left > 0) return { picks: [this.#current as TaskId], times: Math.min(limit, this.#left) };
    const { picks, times } = this.inner.plan(ready, Math.max(1, Math.floor(limit / size)));
    const [only] = picks;
    if (picks.length === 1) return { picks: [only as TaskId], times: Math.min(limit, size * times) };
    const most = Math.max(1, Math.floor(longestPlan / size));
    const whole = picks.length <= most;
    const repeated = (whole ? picks : picks.slice(0, most)).flatMap((pick) => new Array<TaskId>(size).fill(pick));
    return { picks: repeated, times: whole ? times : 1 };
  }

  why(): string {
    if (this.#left > 0) return `step ${this.size - this.#left + 1} of ${this.size} of its quantum`;
    return this.inner.why?.() ?? `picked by ${this.name}`;
  }

  /** Within a quantum, nothing is estimated. */
  whyAhead(): string | undefined {
    return this.#left > 0 ? undefined : this.inner.whyAhead?.();
  }

  enter(task: Task): void {
    this.inner.enter?.(task);
  }

  leave(task: Task): void {
    if (task.id === this.#current) this.#left = 0;
    this.inner.leave?.(task);
  }

  /** A pick of another task during a quantum does not change the quantum. A pick after the end of a quantum starts a new one. */
  ran(plan: Plan, count: number): void {
    for (let index = 0; index < count; index += 1) {
      const pick = plan.picks[index % plan.picks.length] as TaskId;
      if (this.#left === 0) this.#begin(pick);
      else if (pick === this.#current) this.#left -= 1;
    }
  }

  spent(plan: Plan, count: number, micros: Micros): void {
    this.inner.spent?.(plan, count, micros);
  }

  copy(): Policy {
    const copy = new Quantum(this.inner.copy?.() ?? this.inner, this.size);
    copy.#current = this.#current;
    copy.#left = this.#left;
    return copy;
  }

  #begin(pick: TaskId): void {
    this.#current = pick;
    this.#left = this.size - 1;
    this.inner.ran?.({ picks: [pick], times: 1 }, 1);
  }
}
