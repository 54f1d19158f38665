/**
 * What is known about one task while the steps of a run are counted. Plain numbers, since there may be ten million steps.
 */

/** A slice, and how long it took in microseconds. */
export interface Slice {
  readonly step: number;
  readonly micros: number;
}

/**
 * A stretch in which a task was suspended, from the step after which it could have run on: how many steps of others there
 * were, and how long these took in microseconds.
 */
export interface Wait {
  /** The step that resumed the task; of a wait that goes on, the last step. */
  readonly step: number;
  readonly steps: number;
  readonly micros: number;
  /** It goes on. */
  readonly open: boolean;
}

/** The longest by steps and the longest by time: two different ones, perhaps. Absent when the task never waited. */
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
  /** Since when it waits: the last step before, and the run time of all tasks up to there. */
  #sinceStep = 0;
  #sinceMicros = 0;

  /**
   * It can be resumed from now on: it was added, or it yielded.
   *
   * @param step the last step before
   * @param all the run time of all tasks up to there
   */
  suspend(step: number, all: number): void {
    this.#waits = true;
    this.#sinceStep = step;
    this.#sinceMicros = all;
  }

  /** The task is resumed; `all` is the run time of all tasks before this step. */
  resume(step: number, all: number, took: number): void {
    if (this.#waits && this.#isLonger(step - 1, all)) this.#keep(this.#waitUpTo(step - 1, all, step));
    this.#waits = false;
    this.steps += 1;
    this.micros += took;
    this.lastStep = step;
    if (!this.longest || took > this.longest.micros) this.longest = { step, micros: took };
  }

  /** The longest waits, with the one that goes on after the last step. */
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

  /** Where there is no step of another, sums of run times may still differ by a rounding. */
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

/** What one task printed. */
export class PrintedCount {
  /** With those that were cut off. */
  characters = 0;
  /** The first step in which it printed, 0 for none. */
  firstStep = 0;
  #ends = 0;
  #midLine = false;

  /** Lines that ended, and one that has no end yet. */
  get lines(): number {
    return this.#ends + (this.#midLine ? 1 : 0);
  }

  /** Takes in the next piece. */
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
