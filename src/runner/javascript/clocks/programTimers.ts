/**
 * The timers that the program has started under virtual time. They do not fire by themselves: code that moves the clock also has to call
 * `fireDue`.
 */
import { AsyncResource } from "node:async_hooks";
import { type Timed, Timers } from "../../../core/waiting/queues/timers";
import { later } from "../engine/intrinsics";

/** As in Node, a longer or an invalid delay becomes the shortest one. */
const longestDelay = 2 ** 31 - 1;

type Callback = (...args: unknown[]) => unknown;

/** How a timer is started. */
interface Start {
  readonly run: Callback;
  readonly args?: readonly unknown[];
  /** In milliseconds, as passed by the program. Absent for an immediate. */
  readonly delay?: unknown;
  readonly repeats?: boolean;
}

/** The object that `setTimeout`, `setInterval` and `setImmediate` return. */
export class Timeout implements Timed {
  due = 0;
  order = 0;
  place = -1;
  readonly #timers: ProgramTimers;
  readonly #start: Start;
  readonly #context = new AsyncResource("Timeout");
  #isCleared = false;
  #holds = true;
  /** Assigned when it is first read; 0 before. */
  #id = 0;

  constructor(timers: ProgramTimers, start: Start) {
    this.#timers = timers;
    this.#start = start;
  }

  ref(): this {
    this.#hold(true);
    return this;
  }

  unref(): this {
    this.#hold(false);
    return this;
  }

  hasRef(): boolean {
    return this.#holds;
  }

  refresh(): this {
    if (!this.#isCleared) this.#timers.start(this, this.#delay);
    return this;
  }

  close(): this {
    this.#isCleared = true;
    this.#timers.stop(this);
    this.#timers.forget(this.#id);
    return this;
  }

  [Symbol.toPrimitive](): number {
    this.#id ||= this.#timers.number(this);
    return this.#id;
  }

  [Symbol.dispose](): void {
    this.close();
  }

  /** Runs the callback and restarts an interval. */
  static fire(timer: Timeout): void {
    const { run, args = [], repeats } = timer.#start;
    try {
      timer.#context.runInAsyncScope(run, timer, ...args);
    } finally {
      if (!timer.#isCleared && timer.place < 0) {
        if (repeats) timer.#timers.start(timer, timer.#delay);
        else timer.#timers.forget(timer.#id);
      }
    }
  }

  /** Starts a timer. */
  static begin(timer: Timeout): Timeout {
    timer.#timers.start(timer, timer.#delay);
    return timer;
  }

  get #delay(): number {
    if (!("delay" in this.#start)) return 0;
    const delay = Number(this.#start.delay);
    return delay >= 1 && delay <= longestDelay ? Math.trunc(delay) : 1;
  }

  #hold(holds: boolean): void {
    if (this.#holds === holds) return;
    this.#holds = holds;
    if (this.place < 0) return;
    this.#timers.holding += holds ? 1 : -1;
    this.#timers.started();
  }
}

export class ProgramTimers {
  /** How many running timers keep the program alive. */
  holding = 0;
  readonly #heap = new Timers<Timeout>();
  readonly #byId = new Map<number, Timeout>();
  #lastId = 0;

  /** @param started called whenever a timer is started, or does or does not keep the program alive from now on */
  constructor(
    readonly now: () => number,
    readonly started: () => void,
  ) {}

  /** When the next timer is due; Infinity if there is none. */
  get nextDue(): number {
    return this.#heap.nextDue;
  }

  /** Creates and starts a timer. */
  add(start: Start): Timeout {
    return Timeout.begin(new Timeout(this, start));
  }

  /** Stops a timer, given as the result of `add` or by its number. @returns whether `given` is a timer of this instance */
  clear(given: unknown): boolean {
    const timer = given instanceof Timeout ? given : this.#byId.get(Number(typeof given === "object" ? Number.NaN : given));
    timer?.close();
    return timer !== undefined;
  }

  /**
   * Fires the timers that are due by a time, the earliest first. Timers that their callbacks start are left for the next call.
   *
   * @param before called before each timer, with the time when it was due
   * @param fire called with each timer, to fire it
   * @returns whether any timer fired
   */
  fireDue(time: number, before: (due: number) => void, fire: (timer: Timeout) => void): boolean {
    const { lastOrder } = this.#heap;
    let hasRun = false;
    for (let timer = this.#heap.first; timer && timer.due <= time && timer.order <= lastOrder; timer = this.#heap.first) {
      before(timer.due);
      this.stop(timer);
      hasRun = true;
      fire(timer);
    }
    return hasRun;
  }

  /** Restarts a timer. */
  start(timer: Timeout, delay: number): void {
    this.stop(timer);
    this.#heap.add(timer, this.now() + delay);
    if (timer.hasRef()) this.holding += 1;
    this.started();
  }

  stop(timer: Timeout): void {
    if (timer.place < 0) return;
    this.#heap.remove(timer);
    if (timer.hasRef()) this.holding -= 1;
  }

  /** Assigns a number to a timer, by which the program can stop it. */
  number(timer: Timeout): number {
    this.#lastId += 1;
    this.#byId.set(this.#lastId, timer);
    return this.#lastId;
  }

  /** Makes a number invalid. */
  forget(id: number): void {
    this.#byId.delete(id);
  }
}

/** Fires a timer. What its callback throws is an uncaught exception of the program, and none of the caller's. */
export function fireAlone(timer: Timeout): void {
  try {
    Timeout.fire(timer);
  } catch (error) {
    // Rethrown outside the loop, so that the program sees an uncaught exception.
    later(() => {
      throw error;
    });
  }
}
