/**
 * The trace of one run, in memory: append only, read by step or by window.
 */
import { Segment } from "./segment";
import { maxChunkSteps, type StepChunk, type StepRecord, type TaskTotals, type YieldPoint } from "./trace";

export class TraceStore {
  readonly #segments: Segment[] = [];
  readonly #points: YieldPoint[] = [];
  #length = 0;
  #closedBytes = 0;
  #tasks = 0;

  /** @param segmentSteps steps in a segment; a smaller one than usual makes borders easy to test */
  constructor(readonly segmentSteps = maxChunkSteps) {}

  /** The number of the last step, 0 for none. */
  get length(): number {
    return this.#length;
  }

  /** About how much memory the trace takes, in bytes. */
  get bytes(): number {
    return this.#closedBytes + (this.#segments.at(-1)?.bytes ?? 0);
  }

  get points(): readonly YieldPoint[] {
    return this.#points;
  }

  /** Takes in yield points that a runner announced; chunks number them from 1 in this order. */
  addPoints(points: readonly YieldPoint[]): void {
    this.#points.push(...points);
  }

  /**
   * Takes in the next steps.
   *
   * @throws RangeError when the chunk does not begin at the next step, or names a yield point or a value that is not
   *   there: a runner shares its process with the user's code, so what it says is checked
   */
  append(chunk: StepChunk): void {
    if (chunk.first !== this.#length + 1) {
      throw new RangeError(`The chunk begins at step ${chunk.first}, the trace ends at ${this.#length}.`);
    }
    this.#check(chunk);
    for (let taken = 0; taken < chunk.task.length; ) taken += this.#open().take(chunk, taken);
    this.#length += chunk.task.length;
  }

  /**
   * One step.
   *
   * @throws RangeError when there is no such step
   */
  at(step: number): StepRecord {
    const segment = this.#segments[Math.floor((step - 1) / this.segmentSteps)];
    if (!segment) throw new RangeError(`There is no step ${step}; the trace has ${this.#length}.`);
    return segment.record(step - segment.first, this.#points);
  }

  /**
   * The steps from `from` on, fewer where the trace ends.
   *
   * @param from the first step wanted; below 1 counts as 1
   */
  window(from: number, count: number): StepRecord[] {
    const first = Math.max(1, from);
    const last = Math.min(this.#length, first + count - 1);
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => this.at(first + index));
  }

  /**
   * What every task had done by a step, its own included. Costs at most one segment's length.
   *
   * @param tasks how many tasks there are
   */
  totals(step: number, tasks: number): TaskTotals[] {
    const segment = this.#segments[Math.floor((Math.max(1, step) - 1) / this.segmentSteps)];
    if (!segment) return Array.from({ length: tasks }, () => ({ steps: 0, micros: 0, lastStep: 0 }));
    return segment.totals(step - segment.first + 1, tasks);
  }

  #open(): Segment {
    const last = this.#segments.at(-1);
    if (last && last.length < last.capacity) return last;
    this.#closedBytes += last?.bytes ?? 0;
    const segment = new Segment(
      (last?.first ?? 1) + (last?.length ?? 0),
      last?.totals(last.length, this.#tasks) ?? [],
      this.segmentSteps,
    );
    this.#segments.push(segment);
    return segment;
  }

  #check(chunk: StepChunk): void {
    const point = largest(chunk.point);
    const value = largest(chunk.value);
    if (point > this.#points.length)
      throw new RangeError(`A step is at yield point ${point}; ${this.#points.length} were announced.`);
    if (value > 0 && value >= chunk.values.length)
      throw new RangeError(`A step has value ${value}; the chunk holds ${chunk.values.length}.`);
    this.#tasks = Math.max(this.#tasks, largest(chunk.task) + 1);
  }
}

function largest(column: Uint16Array): number {
  let found = 0;
  for (let index = 0; index < column.length; index += 1) {
    const number = column[index] as number;
    if (number > found) found = number;
  }
  return found;
}
