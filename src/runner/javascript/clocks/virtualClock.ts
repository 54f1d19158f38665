/**
 * The virtual time of one instance of the user's program. Each step moves it by a fixed amount, and it is moved ahead when no task is
 * ready. Nothing else moves it, so a repeated run takes the same time.
 */
import type { VirtualTime } from "../../../core/virtualTime";
import { ProgramTimers } from "./programTimers";
import { SeededNumbers } from "./seededNumbers";

/** The date at the start of a run, in milliseconds since 1970: the first moment of the year 2000, UTC. */
export const epoch = 946_684_800_000;

export class VirtualClock {
  readonly timers: ProgramTimers;
  readonly numbers: SeededNumbers;
  readonly step: number;
  /** Whether a slice has queued a microtask that has not run yet. */
  hasMicrotasks = false;
  /** How far the clock is ahead of the steps, in milliseconds. */
  #ahead = 0;

  /**
   * @param steps gives how many steps were made
   * @param used called when the program starts a timer or queues a microtask
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

  /** Called when a slice has queued a microtask. */
  noteMicrotask(): void {
    this.hasMicrotasks = true;
    this.used();
  }

  /** Moves the clock ahead. */
  pass(millis: number): void {
    this.#ahead += millis;
  }

  /** Moves the clock to a later time, or by one step if it already shows that time. */
  moveTo(time: number): void {
    const now = this.at();
    this.#ahead += time > now ? time - now : this.step;
    // The sum may have been rounded down, in which case nothing would be due.
    while (this.at() < time) this.#ahead += Number.EPSILON * time;
  }
}
