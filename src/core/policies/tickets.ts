/**
 * Which task holds which ticket. Tickets are numbered from 0, task by task, in the order of the tasks' numbers.
 */

import type { TaskId } from "../task";
import { oneOf } from "./randomDraws";

const drawnBits = 32;

/**
 * Finds the holder of a drawn ticket in nearly constant time, however many tasks there are. A guide table divides the tickets into
 * about as many parts as there are tasks, and stores where the search begins in each part. From there, one or two comparisons suffice
 * (Chen and Asau, On Generating Random Variates from an Empirical Distribution, 1974).
 */
export class Tickets {
  readonly total: number;
  /** For each task, the number after its last ticket. */
  readonly #ends: Float64Array;
  /** The holder of the first ticket in each part. There are 2^n parts, so the first n bits of a random number give its part. */
  readonly #guides: Uint16Array;
  readonly #shift: number;

  /** @param held the number of tickets of each task, 0 if it is not ready */
  constructor(held: readonly number[]) {
    this.#ends = new Float64Array(held.length);
    let total = 0;
    for (let task = 0; task < held.length; task += 1) {
      total += held[task] as number;
      this.#ends[task] = total;
    }
    this.total = total;
    const bits = Math.max(1, drawnBits - Math.clz32(held.length));
    this.#shift = drawnBits - bits;
    this.#guides = new Uint16Array(2 ** bits);
    let task = 0;
    for (let part = 0; part < this.#guides.length; part += 1) {
      task = this.#from(task, oneOf(total, part * 2 ** this.#shift));
      this.#guides[part] = task;
    }
  }

  /** The holder of the ticket that a random number selects. */
  holder(drawn: number): TaskId {
    return this.#from(this.#guides[drawn >>> this.#shift] as number, oneOf(this.total, drawn));
  }

  /** The holder of a ticket, searched from a given task on. */
  #from(first: TaskId, ticket: number): TaskId {
    const ends = this.#ends;
    let task = first;
    while ((ends[task] as number) <= ticket) task += 1;
    return task;
  }
}
