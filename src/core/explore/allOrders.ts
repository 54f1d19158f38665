/**
 * All schedules depth first, the policy's pick first, so that the first schedule is the policy's (as in VeriSoft: Godefroid,
 * Model Checking for Programming Languages using VeriSoft, POPL 1997). With a bound, only those that deviate so often from it:
 * passing over j ready tasks costs j (Emmi, Qadeer, Rakamarić: Delay-Bounded Scheduling, POPL 2011).
 */
import type { TaskId } from "../task";
import { Portion } from "./portion";
import { redundant, type Shard, type Strategy } from "./strategy";

/** The position after the last schedule. */
export const over = "done";

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

  /** @param bound the maximum number of ready tasks passed over in a run */
  constructor(
    readonly bound: number,
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
    this.#left = this.bound;
    this.#portion.begin();
  }

  pick(ready: readonly TaskId[]): number {
    if (this.#portion.isForeign || this.#isOver) return redundant;
    if (this.#left === 0) return 0;
    const allowed = Math.min(ready.length, this.#left + 1);
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
    this.#left -= choice;
    this.#portion.chose(choice, allowed);
    return choice;
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
