/**
 * All schedules depth first, the policy's pick first, so that the first schedule is the policy's (as in VeriSoft: Godefroid,
 * Model Checking for Programming Languages using VeriSoft, POPL 1997); with a bound, only those whose choices do not cost more.
 */
import type { TaskId } from "../task";
import { Portion } from "./portion";
import { redundant, type Shard, type Strategy } from "./strategy";

/** The position after the last schedule. */
export const over = "done";

/** What the choices of a run cost. A choice is a number from 0; what it stands for is decided here. */
export interface Bound {
  /** What a run may cost. */
  readonly most: number;
  /** How many choices there are, with so much left. */
  choices(ready: readonly TaskId[], last: TaskId, left: number): number;
  /** The position in `ready` that a choice stands for. */
  position(choice: number, ready: readonly TaskId[], last: TaskId): number;
  cost(choice: number, ready: readonly TaskId[], last: TaskId): number;
}

/** Passing over j ready tasks costs j (Emmi, Qadeer, Rakamarić: Delay-Bounded Scheduling, POPL 2011). @param most the maximum of these */
export function delays(most: number): Bound {
  return {
    most,
    choices: (ready, _last, left) => Math.min(ready.length, left + 1),
    position: (choice) => choice,
    cost: (choice) => choice,
  };
}

/**
 * A preemption costs 1: another task runs although the last one could go on (Musuvathi, Qadeer: Iterative Context Bounding for Systematic
 * Testing of Multithreaded Programs, PLDI 2007). The first choice is to go on.
 *
 * @param most the maximum of these
 */
export function preemptions(most: number): Bound {
  return {
    most,
    choices: (ready, last, left) => (left > 0 || !ready.includes(last) ? ready.length : 1),
    position: (choice, ready, last) => {
      const going = ready.indexOf(last);
      return choice === 0 && going >= 0 ? going : choice <= going ? choice - 1 : choice;
    },
    cost: (choice, ready, last) => (choice > 0 && ready.includes(last) ? 1 : 0),
  };
}

export class AllOrders implements Strategy {
  readonly asksAlways = false;
  readonly #portion: Portion;
  /** The choices that lead to the next schedule: positions in the ready queue, where more than one was allowed. */
  readonly #choices: number[];
  /** For each of them, how many positions are allowed; 0 while that is unknown. */
  readonly #allowed: number[];
  #depth = 0;
  #left = 0;
  #isOver: boolean;

  constructor(
    readonly bound: Bound,
    shard: Shard,
    position = "",
  ) {
    this.#portion = new Portion(shard);
    this.#isOver = position === over;
    this.#choices = this.#isOver || position === "" ? [] : position.split(" ").map(Number);
    this.#allowed = this.#choices.map(() => 0);
  }

  begin(): void {
    this.#depth = 0;
    this.#left = this.bound.most;
    this.#portion.begin();
  }

  pick(ready: readonly TaskId[], last: TaskId): number {
    if (this.#portion.isForeign || this.#isOver) return redundant;
    const { bound } = this;
    const allowed = bound.choices(ready, last, this.#left);
    if (allowed === 1) return bound.position(0, ready, last);
    const depth = this.#depth;
    if (depth === this.#choices.length) {
      this.#choices.push(0);
      this.#allowed.push(allowed);
    } else if (this.#allowed[depth] !== allowed) {
      if (this.#allowed[depth] !== 0 || (this.#choices[depth] as number) >= allowed) return redundant;
      this.#allowed[depth] = allowed;
    }
    const choice = this.#choices[depth] as number;
    this.#depth = depth + 1;
    this.#left -= bound.cost(choice, ready, last);
    this.#portion.chose(choice, allowed);
    return bound.position(choice, ready, last);
  }

  /** Choices that were made before were not reached. */
  get hasDiffered(): boolean {
    return this.#depth < this.#choices.length;
  }

  counts(): boolean {
    return !this.#isOver && !this.hasDiffered && this.#portion.isMine();
  }

  end(): boolean {
    if (this.hasDiffered) this.#choices.length = this.#allowed.length = this.#depth;
    for (let at = this.#choices.length - 1; at >= 0; at -= 1) {
      const next = (this.#choices[at] as number) + 1;
      if (next < (this.#allowed[at] as number)) {
        this.#choices[at] = next;
        return true;
      }
      this.#choices.pop();
      this.#allowed.pop();
    }
    this.#isOver = true;
    return false;
  }

  position(): string {
    return this.#isOver ? over : this.#choices.join(" ");
  }
}
