/**
 * POS: the next slice of each task has a random priority, and the highest runs; then the slices that it conflicts with get new ones
 * (Yuan, Yang, Gu: Partial Order Aware Concurrency Sampling, CAV 2018). Schedules that differ in the order of conflicting slices are
 * sampled more evenly than by a random walk. What a slice will touch is not known before it runs, so it is predicted: what the task's
 * slice with the same number touched in a first run under the policy, which is not part of the search. A slice without
 * prediction conflicts with all.
 */
import type { TaskId } from "../task";
import type { Chance } from "./chance";
import type { Strategy } from "./strategy";
import { areIndependent, type Touched } from "./touched";

export class Pos implements Strategy {
  readonly asksAlways = false;
  /** For each task, what its slices touched in the first run. */
  readonly #predicted: (Touched | undefined)[][] = [];
  #isLearning = true;
  #priorities: (number | undefined)[] = [];
  /** How many slices of each task ran. */
  #slices: number[] = [];

  constructor(readonly chance: Chance) {}

  begin(): void {
    this.#priorities = [];
    this.#slices = [];
  }

  pick(ready: readonly TaskId[]): number {
    if (this.#isLearning) return 0;
    let best = 0;
    let highest = -1;
    for (let position = 0; position < ready.length; position += 1) {
      const task = ready[position] as TaskId;
      let priority = this.#priorities[task];
      if (priority === undefined) {
        priority = this.chance.draw();
        this.#priorities[task] = priority;
      }
      if (priority > highest) [best, highest] = [position, priority];
    }
    return best;
  }

  ran(task: TaskId, touched: Touched | undefined): void {
    if (this.#isLearning) {
      this.#predicted[task] ??= [];
      this.#predicted[task].push(touched);
      return;
    }
    this.#slices[task] = (this.#slices[task] ?? 0) + 1;
    this.#priorities[task] = undefined;
    for (let other = 0; other < this.#priorities.length; other += 1) {
      if (this.#priorities[other] !== undefined && this.#conflicts(other, touched)) this.#priorities[other] = undefined;
    }
  }

  counts(): boolean {
    return !this.#isLearning;
  }

  end(): boolean {
    this.#isLearning = false;
    return true;
  }

  position(): string {
    return this.chance.state();
  }

  /** Whether the next slice of a task seems to conflict with one that ran. */
  #conflicts(task: TaskId, touched: Touched | undefined): boolean {
    const next = this.#predicted[task]?.[this.#slices[task] ?? 0];
    return !next || !touched || !areIndependent(next, touched);
  }
}
