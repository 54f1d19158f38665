/**
 * The trace of one run. It is append-only, and can be read by step or by range. The last steps are in memory. Full segments go to a
 * file, and are loaded again when they are needed.
 */

import { mostTasks, type TaskId } from "../task";
import { chunkBytes, largestIn, recordOf, Segment, totalsAfter } from "./segment";
import { SegmentsInMemory } from "./segmentsInMemory";
import { type TaskTotals, Totals } from "./totals";
import { maxChunkSteps, type RecordedTrace, type SegmentFile, type StepChunk, type StepRecord, type YieldPoint } from "./trace";

/** How many segments are cached after they were read. */
const mostCached = 8;
/** How many segments are cached after they were written, because a view that follows the run reads them next. */
const mostRecent = 4;

export class TraceStore {
  readonly #file: SegmentFile;
  readonly #points: YieldPoint[] = [];
  /** What each task had done before each segment. So computing the totals at a step reads at most one segment. */
  readonly #before: Totals[] = [Totals.none];
  /** Full segments that the file has not accepted yet, by number. */
  readonly #waiting = new Map<number, StepChunk>();
  readonly #recent = new Map<number, StepChunk>();
  readonly #cached = new Map<number, StepChunk>();
  #open: Segment;
  #written = 0;
  #tasks = 0;
  #problem: Error | undefined;

  /**
   * @param file where full segments go; if left out, they stay in memory
   * @param segmentSteps the number of steps in a segment; tests use small segments
   */
  constructor(
    file: SegmentFile = new SegmentsInMemory(),
    readonly segmentSteps = maxChunkSteps,
  ) {
    this.#file = file;
    this.#open = new Segment(1, segmentSteps);
  }

  /** A trace over previously recorded segments. More steps can be appended after the last one. */
  static over({ file, segmentSteps, after, points }: RecordedTrace): TraceStore {
    const store = new TraceStore(file, segmentSteps);
    store.#points.push(...points);
    for (const totals of after) store.#before.push(totals);
    store.#written = after.length;
    store.#tasks = after.at(-1)?.tasks ?? 0;
    store.#open = new Segment(after.length * segmentSteps + 1, segmentSteps);
    return store;
  }

  /** The number of full segments, which is also the number of the segment that is being filled. */
  get fullSegments(): number {
    return this.#before.length - 1;
  }

  /** What every task had done after the first `count` segments. */
  totalsAfterSegments(count: number): Totals {
    return this.#before[count] ?? Totals.none;
  }

  /** The number of the last step, 0 if there is none. */
  get length(): number {
    return this.#open.first + this.#open.length - 1;
  }

  /** The approximate size of the trace in memory and in its file, in bytes. */
  get bytes(): number {
    return this.#file.bytes + chunkBytes(this.#open);
  }

  /** Why the file does not accept segments. Nothing is lost: the segments stay in memory and are offered again. */
  get problem(): Error | undefined {
    return this.#problem;
  }

  get points(): readonly YieldPoint[] {
    return this.#points;
  }

  /** Adds yield points that a runner announced. Chunks refer to them by number, counted from 1. */
  addPoints(points: readonly YieldPoint[]): void {
    this.#points.push(...points);
  }

  /**
   * Appends the next steps. A chunk that is exactly one segment is kept without copying, so it must not be changed afterwards.
   *
   * @param tasks the number of tasks
   * @throws RangeError if the chunk does not begin at the next step, or refers to a task, a yield point or a value that does not
   *   exist. A runner shares its process with the user's code, so its data is checked
   */
  append(chunk: StepChunk, tasks = mostTasks): void {
    if (chunk.first !== this.length + 1) {
      throw new RangeError(`The chunk begins at step ${chunk.first}, the trace ends at ${this.length}.`);
    }
    this.#check(chunk, tasks);
    if (this.#isSegment(chunk)) {
      this.#seal(chunk);
      return;
    }
    for (let taken = 0; taken < chunk.task.length; ) {
      taken += this.#open.take(chunk, taken);
      if (this.#open.isFull) this.#seal(this.#open);
    }
  }

  /**
   * One step.
   *
   * @throws RangeError if there is no such step
   */
  at(step: number): StepRecord {
    const segment = this.chunkAt(step);
    return recordOf(segment, step - segment.first, this.#points);
  }

  /**
   * Up to `count` steps from `from` on; fewer at the end of the trace.
   *
   * @param from the first step wanted; values below 1 count as 1
   */
  window(from: number, count: number): StepRecord[] {
    const first = Math.max(1, from);
    const last = Math.min(this.length, first + count - 1);
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => this.at(first + index));
  }

  /**
   * What every task had done after a step. Reads at most one segment.
   *
   * @param tasks the number of tasks
   */
  totals(step: number, tasks: number): TaskTotals[] {
    const last = Math.max(0, Math.min(step, this.length));
    const number = this.#numberOf(Math.max(1, last));
    const segment = this.#segment(number);
    return totalsAfter(segment, last - segment.first + 1, this.totalsAfterSegments(number), tasks).list();
  }

  /**
   * A chunk that contains a step. It may also contain steps after the end of the trace, which must be ignored.
   *
   * @throws RangeError if there is no such step
   */
  chunkAt(step: number): StepChunk {
    if (!(step >= 1 && step <= this.length)) throw new RangeError(`There is no step ${step}; the trace has ${this.length}.`);
    return this.#segment(this.#numberOf(step));
  }

  /** The first step of a task at or after `from`, or undefined. Segments without such a step are not read. */
  nextOf(task: TaskId, from: number): number | undefined {
    const start = Math.max(1, from);
    for (let number = this.#numberOf(start); number < this.#before.length; number += 1) {
      if (!this.#holds(number, task)) continue;
      const segment = this.#segment(number);
      const index = this.#tasksIn(segment).indexOf(task, Math.max(0, start - segment.first));
      if (index >= 0) return segment.first + index;
    }
    return undefined;
  }

  /** The last step of a task at or before `from`, or undefined. */
  previousOf(task: TaskId, from: number): number | undefined {
    const start = Math.min(this.length, from);
    if (start < 1) return undefined;
    const number = this.#numberOf(start);
    const segment = this.#segment(number);
    const index = this.#tasksIn(segment).lastIndexOf(task, start - segment.first);
    return index >= 0 ? segment.first + index : this.totalsAfterSegments(number).lastStepOf(task) || undefined;
  }

  /** Whether a segment may contain a step of a task. For the segment being filled this is not known without a search. */
  #holds(number: number, task: TaskId): boolean {
    const after = this.#before[number + 1];
    return !after || after.lastStepOf(task) > number * this.segmentSteps;
  }

  /** The tasks of the steps that a segment contains so far. */
  #tasksIn(segment: StepChunk): Uint16Array {
    return segment.task.subarray(0, this.length - segment.first + 1);
  }

  #numberOf(step: number): number {
    return Math.floor((step - 1) / this.segmentSteps);
  }

  #segment(number: number): StepChunk {
    if (number >= this.#before.length - 1) return this.#open;
    const inMemory = this.#waiting.get(number) ?? this.#recent.get(number);
    if (inMemory) return inMemory;
    const segment = this.#cached.get(number) ?? this.#file.read(number);
    keep(this.#cached, mostCached, number, segment);
    return segment;
  }

  /** Whether a chunk can be used as the next segment without copying: it has the right length, and no superfluous values. */
  #isSegment({ task, values }: StepChunk): boolean {
    return this.#open.length === 0 && task.length === this.segmentSteps && values.length <= task.length;
  }

  /** Replaces the open segment by the full one, and opens the next. */
  #seal(full: StepChunk): void {
    const number = this.#before.length - 1;
    this.#before.push(totalsAfter(full, this.segmentSteps, this.totalsAfterSegments(number), this.#tasks));
    this.#waiting.set(number, full);
    this.#open = new Segment(full.first + this.segmentSteps, this.segmentSteps);
    this.flush();
  }

  /** Offers the file the segments that it did not accept, in order. Call this when there may be space again. */
  flush(): void {
    try {
      for (let segment = this.#waiting.get(this.#written); segment; segment = this.#waiting.get(this.#written)) {
        this.#file.write(segment, this.totalsAfterSegments(this.#written + 1));
        this.#waiting.delete(this.#written);
        keep(this.#recent, mostRecent, this.#written, segment);
        this.#written += 1;
      }
      this.#problem = undefined;
    } catch (error) {
      this.#problem = error as Error;
    }
  }

  #check(chunk: StepChunk, tasks: number): void {
    const { task, value, point } = largestIn(chunk);
    if (task >= tasks) throw new RangeError(`A step is of task ${task}; there are ${tasks}.`);
    if (point > this.#points.length)
      throw new RangeError(`A step is at yield point ${point}; ${this.#points.length} were announced.`);
    if (value > 0 && value >= chunk.values.length)
      throw new RangeError(`A step has value ${value}; the chunk holds ${chunk.values.length}.`);
    this.#tasks = Math.max(this.#tasks, task + 1);
  }
}

/** Adds to a cache and removes the oldest entry. Maps keep insertion order, so the first entry is the least recently used. */
function keep(segments: Map<number, StepChunk>, most: number, number: number, segment: StepChunk): void {
  segments.delete(number);
  segments.set(number, segment);
  if (segments.size > most) segments.delete(segments.keys().next().value as number);
}
