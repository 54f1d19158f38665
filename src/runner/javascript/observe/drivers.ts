/**
 * Tells the session who resumed the tasks.
 */
import { append } from "../engine/intrinsics";
import type { Recorder } from "../process/recorder";
import type { Driver } from "./callSites";

/** A program has far fewer places that resume something. */
const mostDrivers = 65_535;

export class Drivers {
  readonly #numbers = new Map<Driver, number>();
  #fresh: Driver[] = [];
  /** The step that was noted first. */
  #first = 0;
  /** The numbers of drivers, and how many steps in a row each has resumed. */
  #by: number[] = [];
  #times: number[] = [];
  #last: Driver | undefined;

  constructor(readonly recorder: Recorder) {}

  /** Notes who resumed the task of the step that is recorded next. */
  note(driver: Driver | undefined): void {
    const times = this.#times;
    if (times.length === 0) this.#first = this.recorder.steps + 1;
    if (times.length === 0 || driver !== this.#last) {
      this.#last = driver;
      append(this.#by, driver ? this.#numberOf(driver) : 0);
      append(times, 0);
    }
    (times[times.length - 1] as number) += 1;
  }

  #numberOf(driver: Driver): number {
    const known = this.#numbers.get(driver);
    if (known !== undefined) return known;
    if (this.#numbers.size === mostDrivers) return 0;
    const number = this.#numbers.size + 1;
    this.#numbers.set(driver, number);
    append(this.#fresh, driver);
    return number;
  }

  /** Queues what was noted since the last call. Must be called before the chunk of those steps is queued. */
  queue(): void {
    const { wire } = this.recorder;
    if (this.#fresh.length > 0) wire.say({ event: "drivers", drivers: this.#fresh });
    if (this.#by.length > 0) wire.say({ event: "driven", step: this.#first, by: this.#by, times: this.#times });
    this.#fresh = [];
    this.#by = [];
    this.#times = [];
  }
}
