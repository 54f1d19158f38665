/**
 * When each task was blocked, in steps, computed from the rows of the wait log. Exact while the number of waits is within its limit. Beyond
 * that, waits that are only a few steps apart are merged; the slices between them are drawn on top of them in any case.
 */
import { rowKind, type WaitRows } from "../waiting/rows";
import { firstWhere } from "./blocks";

/** The part of a wait log that is read here. */
export interface WaitRowsFrom {
  /** All rows from a step on, in order, as batches. The first batch may begin before the step. */
  from(step: number): Iterable<WaitRows>;
}

/** Pairs of steps: the task was blocked in the first, and woken in the second. */
export type Spans = Float64Array<ArrayBuffer>;

/** The maximum number of waits that are kept, of all tasks together. */
const mostKept = 262_144;

export class WaitSpans {
  /** By task: the begin and the end of each wait. The end of a wait that continues is infinity. */
  readonly #spans: number[][] = [];
  readonly #most: number;
  #count = 0;
  /** Waits that are less than this many steps apart are merged. */
  #joined = 0;
  /** The step of the last row that was read, and how many rows of that step were read. */
  #last = 0;
  #ofLast = 0;

  /** @param most the maximum number of waits that are kept */
  constructor(most = mostKept) {
    this.#most = most;
  }

  /** Reads new rows. Yields after each batch. */
  *take(log: WaitRowsFrom): Generator<void> {
    let known = this.#ofLast;
    const begin = this.#last;
    for (const rows of log.from(begin)) {
      const { base, offset, kind, task } = rows;
      for (let index = 0; index < kind.length; index += 1) {
        const step = base + (offset[index] as number);
        if (step < begin) continue;
        if (step === begin && known > 0) {
          known -= 1;
          continue;
        }
        this.#ofLast = step === this.#last ? this.#ofLast + 1 : 1;
        this.#last = step;
        this.#row(step, kind[index] as number, task[index] as number);
      }
      yield;
    }
  }

  /** The waits of a task between two steps. Waits that are less than `apart` steps from each other are merged. */
  within(task: number, from: number, to: number, apart: number): Spans {
    const spans = this.#spans[task] ?? [];
    const found: number[] = [];
    for (let at = 2 * firstWhere(spans.length / 2, (index) => (spans[2 * index + 1] ?? 0) > from); at < spans.length; at += 2) {
      const [begin, end] = [Math.max(from, spans[at] ?? 0), Math.min(to, spans[at + 1] ?? 0)];
      if (begin >= to) break;
      if (end > begin) join(found, begin, end, apart);
    }
    return Float64Array.from(found);
  }

  #row(step: number, kind: number, task: number): void {
    if (kind <= rowKind.group) this.#begin(task, step);
    else if (kind === rowKind.grant || kind === rowKind.wake || kind === rowKind.withdraw) this.#end(task, step);
  }

  #begin(task: number, step: number): void {
    this.#spans[task] ??= [];
    const spans = this.#spans[task] as number[];
    if (spans.at(-1) === Number.POSITIVE_INFINITY) return;
    const before = spans.length;
    join(spans, step, Number.POSITIVE_INFINITY, this.#joined);
    if (spans.length > before) this.#count += 1;
    if (this.#count > this.#most) this.#joinMore();
  }

  #end(task: number, step: number): void {
    const spans = this.#spans[task];
    if (spans?.at(-1) === Number.POSITIVE_INFINITY) spans[spans.length - 1] = step;
  }

  #joinMore(): void {
    while (this.#count > this.#most / 2) {
      this.#joined = Math.max(2, 2 * this.#joined);
      this.#count = 0;
      this.#spans.forEach((spans, task) => {
        const joined: number[] = [];
        for (let at = 0; at < spans.length; at += 2) join(joined, spans[at] ?? 0, spans[at + 1] ?? 0, this.#joined);
        this.#spans[task] = joined;
        this.#count += joined.length / 2;
      });
      if (this.#joined > this.#last) return;
    }
  }
}

/** In how many steps of a range a task was blocked. */
export function blockedSteps(spans: Float64Array | undefined, from: number, to: number): number {
  let steps = 0;
  for (let at = 0; spans && at < spans.length; at += 2) {
    steps += Math.max(0, Math.min(to, spans[at + 1] ?? 0) - Math.max(from, spans[at] ?? 0));
  }
  return steps;
}

function join(spans: number[], begin: number, end: number, apart: number): void {
  const last = spans.at(-1);
  if (last !== undefined && begin - last < apart) spans[spans.length - 1] = end;
  else spans.push(begin, end);
}
