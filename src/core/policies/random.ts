/**
 * Uniform random: at each step every ready task is equally likely. This is the random walk that testing tools are compared
 * with (Thomson, Donaldson and Betts, Concurrency Testing Using Controlled Schedulers: An Empirical Study, 2016).
 */

import type { Task, TaskId } from "../task";
import { DrawnPolicy } from "./drawn";
import type { Policy } from "./policy";
import { type Draws, oneOf } from "./randomDraws";

export class UniformRandom extends DrawnPolicy {
  readonly name = "random";
  /** The ready tasks, in an order that depends only on when they were added and removed. */
  readonly #tasks: TaskId[];
  readonly #places: number[] = [];

  /** @param tasks the ready tasks */
  constructor(draws: Draws, tasks: readonly TaskId[] = []) {
    super(draws);
    this.#tasks = [...tasks];
    for (const [place, task] of tasks.entries()) this.#places[task] = place;
  }

  protected override holder(drawn: number): TaskId {
    return this.#tasks[oneOf(this.#tasks.length, drawn)] as TaskId;
  }

  protected override join({ id }: Task): void {
    this.#places[id] = this.#tasks.push(id) - 1;
  }

  /** Fills the gap with the last task. */
  protected override quit({ id }: Task): void {
    const last = this.#tasks.pop() as TaskId;
    if (last === id) return;
    const place = this.#places[id] as number;
    this.#tasks[place] = last;
    this.#places[last] = place;
  }

  override why(): string {
    return `drawn, one of ${this.#tasks.length}`;
  }

  override copy(): Policy {
    return new UniformRandom(this.draws.copy(), this.#tasks);
  }
}
