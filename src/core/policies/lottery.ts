/**
 * Lottery: a ticket is drawn at each step, and its holder runs (Waldspurger and Weihl 1994). A task gets its share of the steps
 * by its share of the tickets.
 */
import { type Draws, oneOf } from "../draws";
import type { Task, TaskId } from "../task";
import { DrawnPolicy } from "./drawn";
import type { Policy } from "./policy";

export class Lottery extends DrawnPolicy {
  readonly name = "lottery";
  readonly #held: number[] = [];
  /** Sums of tickets in the manner of Fenwick's tree: place n stands for task n - 1. Its length is a power of two. */
  #sums = new Float64Array(16);
  #total = 0;

  /** @param ticketsOf how many tickets a task has, at least 1 */
  constructor(
    draws: Draws,
    readonly ticketsOf: (task: Task) => number,
  ) {
    super(draws);
  }

  protected override holder(drawn: number): TaskId {
    const sums = this.#sums;
    let left = oneOf(this.#total, drawn);
    let place = 0;
    for (let stride = sums.length >> 1; stride > 0; stride >>= 1) {
      const sum = sums[place + stride] as number;
      if (sum > left) continue;
      left -= sum;
      place += stride;
    }
    return place;
  }

  protected override join(task: Task): void {
    while (task.id + 1 >= this.#sums.length) this.#grow();
    const tickets = this.ticketsOf(task);
    this.#held[task.id] = tickets;
    this.#add(task.id, tickets);
  }

  protected override quit({ id }: Task): void {
    this.#add(id, -(this.#held[id] ?? 0));
    this.#held[id] = 0;
  }

  override why(): string {
    return `ticket ${oneOf(this.#total, this.draws.at(0)) + 1} of ${this.#total}`;
  }

  override copy(): Policy {
    const copy = new Lottery(this.draws.copy(), this.ticketsOf);
    copy.#held.push(...this.#held);
    copy.#sums = this.#sums.slice();
    copy.#total = this.#total;
    return copy;
  }

  #add(task: TaskId, tickets: number): void {
    this.#total += tickets;
    const sums = this.#sums;
    for (let place = task + 1; place < sums.length; place += place & -place) sums[place] = (sums[place] as number) + tickets;
  }

  #grow(): void {
    const larger = new Float64Array(2 * this.#sums.length);
    larger.set(this.#sums);
    larger[this.#sums.length] = this.#total;
    this.#sums = larger;
  }
}
