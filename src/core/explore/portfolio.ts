/**
 * Several strategies in turn, a run each: what one does not find, another may (as Coyote does; no single one is the best in the study of
 * Thomson, Donaldson and Betts, ACM TOPC 2016). A strategy that has tried all of its schedules drops out.
 */
import type { TaskId } from "../task";
import { over } from "./allOrders";
import type { Strategy } from "./strategy";
import type { Touched } from "./touched";

export class Portfolio implements Strategy {
  readonly asksAlways = true;
  readonly #isOver: boolean[];
  #turn: number;

  constructor(
    readonly members: readonly Strategy[],
    turn = 0,
  ) {
    this.#turn = turn;
    this.#isOver = members.map((member) => member.position() === over);
  }

  /** A portfolio at a position. @param member makes the member with an index at its position */
  static at(position: string, member: (index: number, position: string) => Strategy): Portfolio {
    const [turn, ...positions] = position.split(";");
    return new Portfolio(
      positions.map((each, index) => member(index, each)),
      Number(turn),
    );
  }

  begin(): void {
    this.#member.begin();
  }

  pick(ready: readonly TaskId[], last: TaskId): number {
    const member = this.#member;
    return ready.length === 1 && !member.asksAlways ? 0 : member.pick(ready, last);
  }

  ran(task: TaskId, touched: Touched | undefined): void {
    this.#member.ran?.(task, touched);
  }

  get hasDiffered(): boolean {
    return this.#member.hasDiffered === true;
  }

  counts(): boolean {
    return this.#member.counts();
  }

  /** The turn passes after a run that counts, so that it does not matter where in the search a new process began. */
  end(): boolean {
    const counts = this.counts();
    this.#isOver[this.#turn] = !this.#member.end();
    if (!counts && !this.#isOver[this.#turn]) return true;
    for (let tried = 0; tried < this.members.length; tried += 1) {
      this.#turn = (this.#turn + 1) % this.members.length;
      if (!this.#isOver[this.#turn]) return true;
    }
    return false;
  }

  position(): string {
    return [this.#turn, ...this.members.map((member) => member.position())].join(";");
  }

  get #member(): Strategy {
    return this.members[this.#turn] as Strategy;
  }
}
