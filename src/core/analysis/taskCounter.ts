/**
 * The counters of one task. They are plain numbers, because a run may have ten million steps.
 */

/** A slice, and how long it took in microseconds. */
export interface Slice {
  readonly step: number;
  readonly micros: number;
}

/**
 * A period in which a task was suspended although it could have run: the number of other tasks' steps, and their total run time in
 * microseconds.
 */
export interface Wait {
  /** The step that resumed the task, or the last step if the task still waits. */
  readonly step: number;
  readonly steps: number;
  readonly micros: number;
  /** Whether the task still waits. */
  readonly open: boolean;
}

/** The longest wait by steps and the longest by time, which may be two different waits. Undefined if the task never waited. */
export interface LongestWaits {
  readonly bySteps: Wait | undefined;
  readonly byTime: Wait | undefined;
}

export class TaskCounter {
  steps = 0;
  micros = 0;
  lastStep = 0;
  longest: Slice | undefined;
  #bySteps: Wait | undefined;
  #byTime: Wait | undefined;
  #mostSteps = 0;
  #mostMicros = 0;
  #waits = false;
  /** When the current wait began: the step before it, and the run time of all tasks up to that step. */
  #sinceStep = 0;
  #sinceMicros = 0;

  /**
   * The task can be resumed from now on: it was added, or it yielded.
   *
   * @param step the last step before the wait
   * @param all the run time of all tasks up to that step, in microseconds
   */
  suspend(step: number, all: number): void {
    this.#waits = true;
    this.#sinceStep = step;
    this.#sinceMicros = all;
  }

  /** The task is resumed. `all` is the run time of all tasks before this step, in microseconds. */
  resume(step: number, all: number, took: number): void {
    if (this.#waits && this.#isLonger(step - 1, all)) this.#keep(this.#waitUpTo(step - 1, all, step));
    this.#waits = false;
    this.steps += 1;
    this.micros += took;
    this.lastStep = step;
    if (!this.longest || took > this.longest.micros) this.longest = { step, micros: took };
  }

  /** The longest waits, including the current one, which extends to step `last`. */
  longestWaits(last: number, all: number): LongestWaits {
    const waits = { bySteps: this.#bySteps, byTime: this.#byTime };
    if (!this.#waits || !this.#isLonger(last, all)) return waits;
    const wait = { ...this.#waitUpTo(last, all, last), open: true };
    if (wait.steps > this.#mostSteps) waits.bySteps = wait;
    if (wait.micros > this.#mostMicros) waits.byTime = wait;
    return waits;
  }

  #isLonger(last: number, all: number): boolean {
    return last - this.#sinceStep > this.#mostSteps || all - this.#sinceMicros > this.#mostMicros;
  }

  /** If no other task ran in between, the wait took no time; the difference of the sums may still be a rounding error. */
  #waitUpTo(last: number, all: number, step: number): Wait {
    const steps = last - this.#sinceStep;
    return { step, steps, micros: steps > 0 ? Math.max(0, all - this.#sinceMicros) : 0, open: false };
  }

  #keep(wait: Wait): void {
    if (wait.steps > this.#mostSteps) {
      this.#bySteps = wait;
      this.#mostSteps = wait.steps;
    }
    if (wait.micros > this.#mostMicros) {
      this.#byTime = wait;
      this.#mostMicros = wait.micros;
    }
  }
}

/** How much one task printed. */
export class PrintedCount {
  /** Includes characters that were cut off. */
  characters = 0;
  /** The first step in which it printed, or 0. */
  firstStep = 0;
  #ends = 0;
  #midLine = false;

  /** Complete lines, and one more if the last line has no line break yet. */
  get lines(): number {
    return this.#ends + (this.#midLine ? 1 : 0);
  }

  /** Counts a piece of output; `dropped` is the number of characters that were cut off it. */
  add(step: number, text: string, dropped: number): void {
    this.characters += text.length + dropped;
    if (text === "") return;
    this.firstStep ||= step;
    this.#midLine = !text.endsWith("\n");
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", end + 1)) this.#ends += 1;
  }

  copy(): PrintedCount {
    const copy = new PrintedCount();
    copy.characters = this.characters;
    copy.firstStep = this.firstStep;
    copy.#ends = this.#ends;
    copy.#midLine = this.#midLine;
    return copy;
  }
}
