/**
 * Who resumed the tasks of an observed program: the frames that did, for the last steps.
 */
import type { Driver } from "../../core/trace/driver";

/** For so many steps it is known who resumed the task. */
const mostSteps = 1_000_000;
/** The maximum number of drivers. A program has far fewer places that resume something. */
const mostDrivers = 65_536;

export class DriverLog {
  readonly #drivers: Driver[] = [];
  /** The numbers of the drivers of the last steps, each at its step's remainder. Made when it is first needed. */
  #by: Uint32Array | undefined;
  /** The last step that has a number, and that number, which stands for the steps after it too. */
  #last = 0;
  #driver = 0;

  /** Adds drivers. They are numbered from 1. */
  add(drivers: readonly Driver[]): void {
    for (const driver of drivers) if (this.#drivers.length < mostDrivers) this.#drivers.push(driver);
  }

  /**
   * @param by the numbers of the drivers of the steps from `first` on; 0 for none that is known. The last one also stands for all steps up
   *   to the next ones that are noted
   */
  note(first: number, by: readonly number[]): void {
    for (let step = Math.max(this.#last + 1, first - mostSteps); step < first; step += 1) this.#set(step, this.#driver);
    for (const [index, driver] of by.entries()) this.#set(first + index, driver);
  }

  #set(step: number, driver: number): void {
    this.#by ??= new Uint32Array(mostSteps);
    this.#by[step % mostSteps] = driver;
    this.#last = step;
    this.#driver = driver;
  }

  /** Who resumed the task in a step; undefined if that is not known, or not any more. */
  of(step: number): Driver | undefined {
    if (step <= this.#last - mostSteps) return undefined;
    const driver = step > this.#last ? this.#driver : this.#by?.[step % mostSteps];
    return this.#drivers[(driver ?? 0) - 1];
  }
}
