/** In which order the tasks of a plan run. */
import type { Waiting } from "../../../core/waiting/engine";
import { TaskRing } from "../../../core/waiting/taskRing";
import type { Taken } from "../../../protocol/requests";
import type { StopReason } from "../../../protocol/runner";

type Plan = Taken<"advance">["plan"];
export type PicksPlan = Extract<Plan, { picks: unknown }>;
export type RingPlan = Extract<Plan, { ring: unknown }>;

/** Stands for no task. */
export const nobody = -1;

export interface Order {
  /** How many steps are left, at most, when so many were made. */
  left(ran: number): number;
  /** The task of the next step, or nobody. @param ran how many steps were made */
  next(ran: number): number;
  /** A step was made. @returns why that ends the plan, if it does */
  after(task: number, isReady: boolean): StopReason | undefined;
  /** Takes note of tasks that woke. @returns whether there is somebody to go on with */
  wake(): boolean;
}

/** Picks that are known beforehand: whatever changes who is ready ends the plan. */
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

  /** Whoever was woken since the last step was not known when the picks were made. */
  wake(): boolean {
    return this.engine.woken.length === 0;
  }
}

/** Round-robin over whoever is ready. */
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
    return !isReady && engine.takeDeadlock() ? "deadlock" : undefined;
  }

  wake(): boolean {
    const { woken } = this.engine;
    for (let index = 0; index < woken.length; index += 1) this.#ring.push(woken.at(index));
    woken.clear();
    return this.#ring.length > 0;
  }
}
