/**
 * Lottery: a ticket is drawn at each step, and its holder runs (Waldspurger and Weihl 1994). A task's share of the steps is
 * its share of the tickets.
 */

import type { Task, TaskId } from "../task";
import { DrawnPolicy } from "./drawn";
import type { Policy } from "./policy";
import { type Draws, oneOf } from "./randomDraws";
import { Tickets } from "./tickets";

export class Lottery extends DrawnPolicy {
  readonly name = "lottery";
  readonly #held: number[] = [];
  /** Rebuilt at the first draw after a task was added or ended. */
  #tickets: Tickets | undefined;

  /** @param ticketsOf the number of tickets of a task, at least 1 */
  constructor(
    draws: Draws,
    readonly ticketsOf: (task: Task) => number,
  ) {
    super(draws);
  }

  protected override holder(drawn: number): TaskId {
    return this.#drum.holder(drawn);
  }

  protected override join(task: Task): void {
    while (this.#held.length < task.id) this.#held.push(0);
    this.#held[task.id] = this.ticketsOf(task);
    this.#tickets = undefined;
  }

  protected override quit({ id }: Task): void {
    this.#held[id] = 0;
    this.#tickets = undefined;
  }

  override why(): string {
    const { total } = this.#drum;
    return `ticket ${oneOf(total, this.draws.at(0)) + 1} of ${total}`;
  }

  override copy(): Policy {
    const copy = new Lottery(this.draws.copy(), this.ticketsOf);
    copy.#held.push(...this.#held);
    copy.#tickets = this.#tickets;
    return copy;
  }

  get #drum(): Tickets {
    this.#tickets ??= new Tickets(this.#held);
    return this.#tickets;
  }
}
