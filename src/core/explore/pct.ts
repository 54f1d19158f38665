/**
 * PCT: every task has a random priority, and the highest runs. After d - 1 random steps, the task that ran drops below all others. A bug
 * of depth d among n tasks and k steps is found with a probability of at least 1 in n k^(d-1) per run (Burckhardt, Kothari,
 * Musuvathi, Nagarakatte: A Randomized Scheduler with Probabilistic Guarantees of Finding Bugs, ASPLOS 2010). Only steps that leave
 * a choice count, and k is the most of them in any run so far.
 */
import type { TaskId } from "../task";
import type { Chance } from "./chance";
import type { Strategy } from "./strategy";

export class Pct implements Strategy {
  readonly asksAlways = false;
  /** By task; absent until the task is ready for the first time in a run. */
  #priorities: (number | undefined)[] = [];
  readonly #points: number[];
  #step = 0;

  /**
   * @param depth how many ordering constraints a bug may need to be found, at least 1
   * @param longest the most steps that left a choice in a run so far
   */
  constructor(
    readonly depth: number,
    readonly chance: Chance,
    private longest = 0,
  ) {
    this.#points = new Array(depth - 1).fill(0);
  }

  /** A strategy at a position. */
  static at(position: string, depth: number, chance: (state: string) => Chance): Pct {
    const [longest = "0", state = ""] = position.split("/");
    return new Pct(depth, chance(state), Number(longest));
  }

  begin(): void {
    this.#step = 0;
    this.#priorities = [];
    for (let point = 0; this.longest > 0 && point < this.#points.length; point += 1) {
      this.#points[point] = 1 + this.chance.below(this.longest);
    }
  }

  pick(ready: readonly TaskId[]): number {
    this.#step += 1;
    let best = 0;
    let highest = -1;
    for (let position = 0; position < ready.length; position += 1) {
      const priority = this.#priorityOf(ready[position] as TaskId);
      if (priority > highest) [best, highest] = [position, priority];
    }
    for (let point = 0; point < this.#points.length; point += 1) {
      if (this.#points[point] === this.#step) this.#priorities[ready[best] as TaskId] = point;
    }
    return best;
  }

  counts(): boolean {
    return true;
  }

  end(): boolean {
    this.longest = Math.max(this.longest, this.#step);
    return true;
  }

  position(): string {
    return `${this.longest}/${this.chance.state()}`;
  }

  /** Above those of the change points. */
  #priorityOf(task: TaskId): number {
    let priority = this.#priorities[task];
    if (priority === undefined) {
      priority = this.depth + this.chance.draw();
      this.#priorities[task] = priority;
    }
    return priority;
  }
}
