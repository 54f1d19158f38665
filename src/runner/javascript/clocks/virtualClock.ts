/**
 * Virtual time of one instance of the user's program. It moves with the steps, by a set amount each, and is moved ahead when nobody is
 * ready. Nothing else moves it, so a run takes the same time whenever it is repeated.
 */
import type { VirtualTime } from "../../../core/virtualTime";
import { ProgramTimers } from "./programTimers";
import { SeededNumbers } from "./seededNumbers";

/** What dates show when the run begins: the first moment of the year 2000, UTC. */
export const epoch = 946_684_800_000;

export class VirtualClock {
  readonly timers: ProgramTimers;
  readonly numbers: SeededNumbers;
  readonly step: number;
  /** Whether a slice has put something off to a microtask that was not run yet. */
  hasMicrotasks = false;
  /** How far the clock is ahead of the steps, in milliseconds. */
  #ahead = 0;

  /**
   * @param steps how many steps were made
   * @param used called when the program starts a timer, or has put work off to a microtask
   */
  constructor(
    { virtual, seed }: VirtualTime,
    readonly steps: () => number,
    readonly used: () => void,
  ) {
    this.step = virtual;
    this.numbers = new SeededNumbers(seed);
    this.timers = new ProgramTimers(() => this.at(), used);
  }

  /** Milliseconds since the run began. */
  at(): number {
    return this.#ahead + this.steps() * this.step;
  }

  /** A slice has put something off to a microtask. */
  noteMicrotask(): void {
    this.hasMicrotasks = true;
    this.used();
  }

  /** Moves the clock to a later time, or by one step where it shows that time already. */
  moveTo(time: number): void {
    const now = this.at();
    this.#ahead += time > now ? time - now : this.step;
    // The sum may have been rounded down.
    while (this.at() < time) this.#ahead += Number.EPSILON * time;
  }
}
