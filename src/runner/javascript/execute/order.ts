/** The order in which the tasks of a plan run. */
import type { Waiting } from "../../../core/waiting/engine";
import { TaskRing } from "../../../core/waiting/taskRing";
import type { Taken } from "../../../protocol/requests";
import type { StopReason } from "../../../protocol/runner";

type Plan = Taken<"advance">["plan"];
export type PicksPlan = Extract<Plan, { picks: unknown }>;
export type RingPlan = Extract<Plan, { ring: unknown }>;

/** Used in place of a task number if there is no task. */
export const nobody = -1;

export interface Order {
  /** The maximum number of steps that are left. @param ran the number of steps made so far */
  left(ran: number): number;
  /** The task of the next step, or `nobody`. @param ran the number of steps made so far */
  next(ran: number): number;
  /** Must be called after each step. @returns why this step ends the plan, if it does */
  after(task: number, isReady: boolean): StopReason | undefined;
  /** Handles the tasks that were woken. @returns whether the plan can continue */
  wake(): boolean;
}

/** Picks that are known in advance. Any change of the set of ready tasks ends the plan. */
export class PickedOrder implements Order {
  constructor(
    readonly plan: PicksPlan,
    readonly engine: Waiting<unknown>,
  ) {}

  left(ran: number): number {
    return this.plan.picks.length * this.plan.times - ran;
  }

  next(ran: number): number {
    const { picks } = this.plan;
    return picks[ran % picks.length] as number;
  }

  after(_: number, isReady: boolean): StopReason | undefined {
    const hasNews = !isReady || this.engine.hasNews;
    if (!hasNews) return undefined;
    return this.engine.takeDeadlock() ? "deadlock" : "changed";
  }

  /** The picks were made without the tasks that were woken since, so any woken task ends the plan. */
  wake(): boolean {
    return this.engine.woken.length === 0;
  }
}

/** Round-robin over the ready tasks. */
export class RingOrder implements Order {
  readonly #ring: TaskRing;
  readonly #steps: number;

  /** @param canRun whether a task is neither blocked nor over */
  constructor(
    { ring, steps }: RingPlan,
    readonly engine: Waiting<unknown>,
    readonly canRun: (task: number) => boolean,
  ) {
    this.#ring = new TaskRing(ring);
    this.#steps = steps;
  }

  left(ran: number): number {
    if (this.#steps > 0) return this.#steps - ran;
    return this.#ring.length > 0 ? 0 : 1;
  }

  next(): number {
    while (this.#ring.length > 0) {
      const task = this.#ring.shift();
      if (this.canRun(task)) return task;
    }
    return nobody;
  }

  after(task: number, isReady: boolean): StopReason | undefined {
    const { engine } = this;
    if (engine.woken.length > 0) this.wake();
    if (isReady) this.#ring.push(task);
    const next = engine.takeNext();
    if (next !== undefined) this.#ring.toHead(next);
    return engine.takeDeadlock() ? "deadlock" : undefined;
  }

  wake(): boolean {
    const { woken } = this.engine;
    for (let index = 0; index < woken.length; index += 1) this.#ring.push(woken.at(index));
    woken.clear();
    return this.#ring.length > 0;
  }
}
