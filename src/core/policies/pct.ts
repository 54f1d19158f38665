/**
 * PCT: every task has a random priority, and the highest runs. At d - 1 random steps, the task that ran drops below all others.
 * PCT finds a bug of depth d among n tasks and k steps with a probability of at least 1 in n k^(d-1) (Burckhardt, Kothari,
 * Musuvathi, Nagarakatte: A Randomized Scheduler with Probabilistic Guarantees of Finding Bugs, ASPLOS 2010).
 */

import type { Plan } from "../schedule/plan";
import type { Task, TaskId } from "../task";
import type { Policy } from "./policy";
import { type Draws, oneOf } from "./randomDraws";
import { TaskHeap } from "./taskHeap";
import type { ReadyTasks } from "./taskQueue";

/** After this step, the task that ran it gets this priority. */
interface ChangePoint {
  readonly step: number;
  readonly priority: number;
}

export class Pct implements Policy {
  readonly name = "pct";
  #heap = new TaskHeap();
  #priorities: number[] = [];
  /** The change points that have not been reached, in ascending order of steps. */
  #points: readonly ChangePoint[];
  #step = 0;

  /**
   * @param depth how many ordering constraints a bug may need to be found, at least 1
   * @param length the expected number of steps in the run
   */
  constructor(
    readonly draws: Draws,
    readonly depth: number,
    readonly length: number,
    points: readonly ChangePoint[] = changePoints(draws, depth, length),
  ) {
    this.#points = points;
  }

  /** Up to the next change point, the task with the highest priority runs. */
  plan(_ready: ReadyTasks, limit: number): Plan {
    const next = this.#points[0]?.step ?? Number.POSITIVE_INFINITY;
    return { picks: [this.#heap.top as TaskId], times: Math.min(limit, next - this.#step) };
  }

  why(): string {
    const points = this.depth - 1;
    return `the highest random priority, ${points - this.#points.length} of ${points} change points passed`;
  }

  /** A task that was held back keeps its priority when it is released. */
  enter({ id }: Task): void {
    this.#priorities[id] ??= this.depth + this.draws.next();
    this.#rank(id);
  }

  leave({ id }: Task): void {
    this.#heap.delete(id);
  }

  ran(plan: Plan, count: number): void {
    const before = this.#step;
    this.#step += count;
    for (let point = this.#points[0]; point && point.step <= this.#step; point = this.#points[0]) {
      const id = plan.picks[(point.step - before - 1) % plan.picks.length] as TaskId;
      this.#priorities[id] = point.priority;
      this.#rank(id);
      this.#points = this.#points.slice(1);
    }
  }

  copy(): Policy {
    const copy = new Pct(this.draws.copy(), this.depth, this.length, this.#points);
    copy.#heap = this.#heap.copy();
    copy.#priorities = [...this.#priorities];
    copy.#step = this.#step;
    return copy;
  }

  #rank(id: TaskId): void {
    this.#heap.set(id, -(this.#priorities[id] ?? 0), id);
  }
}

/** Draws the steps; priorities are given in the order of drawing, as in the paper. Two change points can have the same step. */
function changePoints(draws: Draws, depth: number, length: number): ChangePoint[] {
  const drawn = Array.from({ length: depth - 1 }, (_, index) => ({ step: 1 + oneOf(length, draws.next()), priority: index + 1 }));
  return drawn.sort((one, other) => one.step - other.step);
}
