/**
 * Who resumed the tasks of an observed program: the frames that did, for the last steps.
 */
import type { Driver } from "../../core/trace/driver";

/** For so many steps it is known who resumed the task. */
const mostSteps = 1_000_000;
/** The maximum number of steps of a piece. */
export const pieceSteps = 65_536;
/** The maximum number of drivers. A program has far fewer places that resume something. */
const mostDrivers = 65_536;

/** Who resumed the tasks in the steps from `first` on: numbers of drivers, and in how many steps each. */
export interface Driven {
  readonly first: number;
  readonly by: readonly number[];
  readonly times: readonly number[];
}

export class DriverLog {
  readonly #drivers: Driver[] = [];
  /** The numbers of the drivers of the last steps, each at its step's remainder. Made when it is first needed. */
  #by: Uint32Array | undefined;
  #last = 0;

  /** All drivers. The number of the first one is 1. */
  get drivers(): readonly Driver[] {
    return this.#drivers;
  }

  /** The last step of which it is known. */
  get last(): number {
    return this.#last;
  }

  /** What is known of the steps from one on, in pieces of limited size. */
  *from(step: number): Generator<Driven> {
    for (let first = Math.max(step, this.#last + 1 - mostSteps, 1); first <= this.#last; first += pieceSteps) {
      const by: number[] = [];
      const times: number[] = [];
      for (let at = first; at < Math.min(first + pieceSteps, this.#last + 1); at += 1) {
        const driver = this.#by?.[at % mostSteps] ?? 0;
        if (by.at(-1) === driver) times.push((times.pop() ?? 0) + 1);
        else {
          by.push(driver);
          times.push(1);
        }
      }
      yield { first, by, times };
    }
  }

  /** Adds drivers. They are numbered from 1. */
  add(drivers: readonly Driver[]): void {
    for (const driver of drivers) if (this.#drivers.length < mostDrivers) this.#drivers.push(driver);
  }

  /**
   * @param by the numbers of the drivers of the steps from `first` on; 0 for none that is known
   * @param times in how many steps each of them
   */
  note(first: number, by: readonly number[], times?: readonly number[]): void {
    this.#by ??= new Uint32Array(mostSteps);
    let step = first;
    for (const [index, driver] of by.entries()) {
      const from = step % mostSteps;
      const end = from + (times?.[index] ?? 1);
      this.#by.fill(driver, from, end);
      this.#by.fill(driver, 0, Math.max(0, end - mostSteps));
      step += end - from;
    }
    this.#last = step - 1;
  }

  /** Who resumed the task in a step; undefined if that is not known, or not any more. */
  of(step: number): Driver | undefined {
    if (step > this.#last || step <= this.#last - mostSteps) return undefined;
    return this.#drivers[(this.#by?.[step % mostSteps] ?? 0) - 1];
  }
}
