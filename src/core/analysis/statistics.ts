/**
 * Statistics of each task over a whole run: steps, time, the longest slice, the longest wait, output. The counts are kept as the
 * trace grows, so that every step is read only once.
 */

import type { TaskId } from "../task";
import { type StepChunk, stepEvents } from "../trace/trace";
import type { TraceStore } from "../trace/traceStore";
import { type PrintedLog, printedBetween } from "./printedOutput";
import { type LongestWaits, PrintedCount, type Slice, TaskCounter, type Wait } from "./taskCounter";

/** What the statistics are computed from. */
export interface Measured {
  readonly trace: TraceStore;
  readonly output: PrintedLog;
  /** For each task, the step after which it was added. */
  readonly added: readonly { readonly step: number }[];
}

/** The figures of one task, or of all tasks together. The longest slice and wait of all tasks are the maximum over the tasks. */
export interface Figures {
  readonly steps: number;
  readonly micros: number;
  /** Its share of the run time of all tasks, from 0 to 1. */
  readonly share: number;
  /** 0 if it never ran. */
  readonly lastStep: number;
  readonly longestSlice: Slice | undefined;
  readonly longestWait: LongestWaits;
  /** The number of characters printed, including those that were cut off. */
  readonly characters: number;
  readonly lines: number;
  /** The first step in which it printed, or 0. */
  readonly firstPrinted: number;
}

export interface TaskFigures extends Figures {
  readonly task: TaskId;
}

export interface RunFigures {
  /** The last step that the figures include. */
  readonly upTo: number;
  readonly tasks: readonly TaskFigures[];
  readonly total: Figures;
}

const yielded = stepEvents.indexOf("yielded");

/** Counts the steps of one run incrementally. */
export class Statistics {
  readonly #counters: TaskCounter[] = [];
  readonly #printed: PrintedCount[] = [];
  /** The run time of all tasks so far. */
  #micros = 0;
  #done = 0;
  #joined = 0;

  constructor(readonly measured: Measured) {}

  /** The last step that was counted. */
  get done(): number {
    return this.#done;
  }

  /** Whether every step recorded so far was counted. */
  get isComplete(): boolean {
    return this.#done >= this.measured.trace.length;
  }

  /**
   * Counts the next steps.
   *
   * @param most the maximum number of steps counted in this call, which bounds the time it takes
   */
  advance(most: number): void {
    const { trace, added } = this.measured;
    if (this.isComplete) return;
    this.#join();
    const from = this.#done + 1;
    const chunk = trace.chunkAt(from);
    // A task that is added during the run waits from that moment on, so counting stops there for `#join`.
    const joins = added[this.#joined]?.step ?? Number.POSITIVE_INFINITY;
    const end = Math.min(trace.length, chunk.first + trace.segmentSteps - 1, from + most - 1, joins);
    // Output can arrive shortly after its step, so the output of the last step is counted in the next call.
    this.#countPrinted(from - 1, end - 1, this.#printed);
    this.#count(chunk, from, end);
    this.#done = end;
  }

  /** The figures of all steps counted so far. */
  get figures(): RunFigures {
    this.#join();
    const printed = this.#printed.map((each) => each.copy());
    this.#countPrinted(this.#done, this.#done, printed);
    const tasks = this.#counters.map((counter, task) => ({ task, ...this.#figuresOf(counter, printed[task]) }));
    return { upTo: this.#done, tasks, total: totalOf(tasks) };
  }

  /** Starts the wait of each task that was added up to the last counted step. */
  #join(): void {
    const { added, trace } = this.measured;
    for (let next = added[this.#joined]; next && next.step <= this.#done; next = added[this.#joined]) {
      const { step } = next;
      const before = step === this.#done ? this.#micros : sumOf(trace.totals(step, added.length));
      this.#counter(this.#joined).suspend(step, before);
      this.#joined += 1;
    }
  }

  #counter(task: TaskId): TaskCounter {
    while (this.#counters.length <= task) {
      this.#counters.push(new TaskCounter());
      this.#printed.push(new PrintedCount());
    }
    return this.#counters[task] as TaskCounter;
  }

  #count({ task, event, micros, first }: StepChunk, from: number, end: number): void {
    let all = this.#micros;
    for (let step = from; step <= end; step += 1) {
      const index = step - first;
      const took = micros[index] as number;
      const id = task[index] as number;
      const counter = this.#counters[id] ?? this.#counter(id);
      counter.resume(step, all, took);
      all += took;
      if (event[index] === yielded) counter.suspend(step, all);
    }
    this.#micros = all;
  }

  #countPrinted(first: number, last: number, counts: readonly PrintedCount[]): void {
    const { trace, output } = this.measured;
    for (const { step, text, dropped = 0 } of printedBetween(output, Math.max(1, first), last)) {
      const chunk = trace.chunkAt(step);
      counts[chunk.task[step - chunk.first] as number]?.add(step, text, dropped);
    }
  }

  #figuresOf(counter: TaskCounter, printed = new PrintedCount()): Figures {
    const { steps, micros, lastStep, longest } = counter;
    const { characters, lines, firstStep } = printed;
    const share = this.#micros > 0 ? micros / this.#micros : 0;
    const longestWait = counter.longestWaits(this.#done, this.#micros);
    return { steps, micros, share, lastStep, longestSlice: longest, longestWait, characters, lines, firstPrinted: firstStep };
  }
}

function totalOf(tasks: readonly Figures[]): Figures {
  const micros = sumOf(tasks);
  const printing = tasks.map(({ firstPrinted }) => firstPrinted).filter((step) => step > 0);
  return {
    steps: tasks.reduce((sum, { steps }) => sum + steps, 0),
    micros,
    share: micros > 0 ? 1 : 0,
    lastStep: tasks.reduce((last, { lastStep }) => Math.max(last, lastStep), 0),
    longestSlice: greatest(
      tasks,
      ({ longestSlice }) => longestSlice,
      ({ micros }) => micros,
    ),
    longestWait: {
      bySteps: greatest<Wait>(
        tasks,
        ({ longestWait }) => longestWait.bySteps,
        ({ steps }) => steps,
      ),
      byTime: greatest<Wait>(
        tasks,
        ({ longestWait }) => longestWait.byTime,
        ({ micros }) => micros,
      ),
    },
    characters: tasks.reduce((sum, { characters }) => sum + characters, 0),
    lines: tasks.reduce((sum, { lines }) => sum + lines, 0),
    firstPrinted: printing.reduce((first, step) => Math.min(first, step), printing[0] ?? 0),
  };
}

function greatest<T>(tasks: readonly Figures[], pick: (task: Figures) => T | undefined, by: (each: T) => number): T | undefined {
  return tasks.map(pick).reduce((best, each) => (each && (!best || by(each) > by(best)) ? each : best), undefined);
}

function sumOf(parts: readonly { readonly micros: number }[]): number {
  return parts.reduce((sum, { micros }) => sum + micros, 0);
}
