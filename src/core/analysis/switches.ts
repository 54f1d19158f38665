/**
 * Counts context switches from one task to another, and how many of them were preemptions.
 */
import type { TaskId } from "../task";
import { stepEvents } from "../trace/trace";
import type { TraceStore } from "../trace/traceStore";
import type { WaitRows } from "../waiting/rows";
import { WaitState } from "../waiting/waitState";

const yielded = stepEvents.indexOf("yielded");

export class SwitchCounter {
  /** How often a step was another task's than the step before. */
  switches = 0;
  /** How often that was so although the task of the step before could have gone on: it had not ended, and waited for nothing. */
  preemptions = 0;
  readonly #waits = new WaitState();
  readonly #batches: Iterator<WaitRows>;
  #batch: WaitRows | undefined;
  /** The next row of the batch. */
  #row = 0;
  #done = 0;
  #last: TaskId | undefined;
  #couldGoOn = false;

  /** @param waits all rows of the wait log, in order */
  constructor(
    readonly trace: TraceStore,
    waits: Iterable<WaitRows>,
  ) {
    this.#batches = waits[Symbol.iterator]();
    this.#batch = this.#nextBatch();
  }

  /** Whether every step was counted. */
  get isComplete(): boolean {
    return this.#done >= this.trace.length;
  }

  /** Counts the next steps. @param most their maximum number, which bounds the time it takes */
  advance(most: number): void {
    if (this.isComplete) return;
    const { trace } = this;
    const from = this.#done + 1;
    const { first, task, event } = trace.chunkAt(from);
    const end = Math.min(trace.length, first + trace.segmentSteps - 1, from + most - 1);
    for (let step = from; step <= end; step += 1) {
      const runs = task[step - first] as TaskId;
      if (this.#last !== undefined && runs !== this.#last) {
        this.switches += 1;
        if (this.#couldGoOn) this.preemptions += 1;
      }
      this.#applyRows(step);
      this.#last = runs;
      this.#couldGoOn = event[step - first] === yielded && !this.#waits.isBlocked(runs);
    }
    this.#done = end;
  }

  #applyRows(upTo: number): void {
    while (this.#batch) {
      this.#row = this.#waits.apply(this.#batch, this.#row, upTo);
      if (this.#row < this.#batch.kind.length) return;
      this.#batch = this.#nextBatch();
      this.#row = 0;
    }
  }

  #nextBatch(): WaitRows | undefined {
    const { done, value } = this.#batches.next();
    return done ? undefined : value;
  }
}
