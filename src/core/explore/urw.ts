/**
 * URW: a ready task is picked as often as it has slices left, by its count in a first run. If every task always has the same number of
 * slices, all schedules are equally likely (Zhao, Wolff, Mathur, Roychoudhury: Selectively Uniform Concurrency Testing, ASPLOS 2025).
 * The slices of a task that another one spawns are that one's until then. The first run in a process is the policy's: it is made to count
 * slices, so that nothing but the random numbers has to be kept, and it is not part of the search.
 */
import type { TaskId } from "../task";
import type { Chance } from "./chance";
import type { Strategy } from "./strategy";

export class Urw implements Strategy {
  /** Tasks that appear after a slice were spawned by it. */
  readonly asksAlways = true;
  /** The slices of each task in the first run, with those of the tasks that it spawned. */
  readonly #slices: number[] = [];
  readonly #spawners: number[] = [];
  #isLearning = true;
  /** The slices that each task has left in this run; absent until the task appears. */
  #left: (number | undefined)[] = [];

  constructor(readonly chance: Chance) {}

  begin(): void {
    this.#left = [];
  }

  pick(ready: readonly TaskId[], last: TaskId): number {
    if (this.#isLearning) return this.#count(ready, last);
    let total = 0;
    for (const task of ready) {
      let left = this.#left[task];
      if (left === undefined) {
        left = this.#slices[task] ?? 1;
        this.#left[task] = left;
        if (last >= 0) this.#take(last, left);
      }
    }
    for (const task of ready) total += this.#left[task] as number;
    let drawn = ready.length === 1 ? 0 : this.chance.below(total);
    let position = 0;
    for (; position < ready.length - 1; position += 1) {
      drawn -= this.#left[ready[position] as TaskId] as number;
      if (drawn < 0) break;
    }
    this.#take(ready[position] as TaskId, 1);
    return position;
  }

  counts(): boolean {
    return !this.#isLearning;
  }

  end(): boolean {
    if (this.#isLearning) {
      for (let task = this.#slices.length - 1; task >= 0; task -= 1) {
        const spawner = this.#spawners[task] as number;
        if (spawner >= 0) this.#slices[spawner] = (this.#slices[spawner] as number) + (this.#slices[task] as number);
      }
    }
    this.#isLearning = false;
    return true;
  }

  position(): string {
    return this.chance.state();
  }

  #count(ready: readonly TaskId[], last: TaskId): number {
    for (const task of ready) {
      this.#slices[task] ??= 0;
      this.#spawners[task] ??= last;
    }
    const first = ready[0] as TaskId;
    this.#slices[first] = (this.#slices[first] as number) + 1;
    return 0;
  }

  #take(task: TaskId, slices: number): void {
    this.#left[task] = Math.max((this.#left[task] as number) - slices, 1);
  }
}
