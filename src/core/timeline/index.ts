/**
 * An index of a trace, built segment by segment as the trace grows. Every zoom level of the timeline is computed from it. Steps are
 * read again only if the blocks of the index are too coarse.
 */
import type { StepChunk } from "../trace/trace";
import { type Axis, type Blocks, blockFrom, bytesOf, edge, endOf, eventFlags, firstWhere, lengthOf } from "./blocks";
import { feedBlock, feedBlocks, feedSteps, Gatherer, type Grid, sound } from "./gather";
import { Lives, type Moment } from "./lives";
import { type WaitRowsFrom, WaitSpans } from "./waitSpans";

/** The part of a trace that the index needs. */
export interface Steps {
  readonly length: number;
  readonly segmentSteps: number;
  /** @throws RangeError if there is no such step */
  chunkAt(step: number): StepChunk;
  /** The first step of a task at or after `from`, or undefined. */
  nextOf(task: number, from: number): number | undefined;
}

/** The part of the output that the index needs. */
export interface PrintedSteps {
  /** The steps from `from` to `to` in which something was printed, ascending. */
  stepsWithin(from: number, to: number): number[];
  /** The number of pieces of output in these steps. When it changes, they are read again. */
  countWithin(from: number, to: number): number;
}

/** The number of steps in the finest blocks that are kept, if there are few tasks. */
const finest = 64;
/** The number of steps that are aggregated at a time. */
const pieceSteps = 4_096;
/** The maximum number of entries kept per segment. With many tasks, this requires coarser blocks. */
const mostEntries = 8_192;
/** The maximum total size of the cached blocks of single zoom levels, in bytes. */
const mostCached = 48 * 1024 * 1024;

interface Summary {
  readonly blocks: Blocks;
  /** The number of pieces of output that were included. */
  readonly printed: number;
}

export class TimelineIndex {
  readonly #summaries: Summary[] = [];
  readonly #lives = new Lives();
  readonly waits = new WaitSpans();
  /** Whole segments at one zoom level, the least recently used first. */
  readonly #cache = new Map<string, Blocks>();
  #cached = 0;
  #unit = finest;
  /** The number of summaries that belong to full segments. */
  #full = 0;
  #longest = 0;
  #steps = 0;
  /** The aggregation in progress. */
  #growing: Generator<void> | undefined;

  constructor(
    readonly trace: Steps,
    readonly printed: PrintedSteps,
    /** Left out where nothing is to be told of waiting. */
    readonly waitLog?: WaitRowsFrom,
  ) {}

  /** The end of the trace when it was last indexed. */
  get end(): Moment {
    const last = this.#summaries.at(-1)?.blocks;
    return { step: this.#steps, micros: last?.time.at(-1) ?? 0 };
  }

  get lives(): Lives {
    return this.#lives;
  }

  /** The number of segments. The last one may not be full. */
  get segments(): number {
    return this.#summaries.length;
  }

  /**
   * The minimum duration of a slice that stands out, in microseconds: ten times the average without the longest slice, but at least a
   * millisecond.
   */
  get long(): number {
    const { step, micros } = this.end;
    return Math.max(1_000, (10 * (micros - this.#longest)) / Math.max(1, step - 1));
  }

  /** Indexes new steps. Yields after each piece. Concurrent callers share the work: a later one first continues what is in progress. */
  *grow(): Generator<void> {
    if (this.#growing) yield* toItsEnd(this.#growing);
    this.#growing ??= this.#grow();
    yield* toItsEnd(this.#growing);
  }

  *#grow(): Generator<void> {
    const { length, segmentSteps } = this.trace;
    try {
      for (let number = 0; number < this.#full; number += 1) {
        if (this.#isStale(number)) yield* this.#sumUp(number, segmentSteps);
      }
      while (this.#steps < length || this.#isStale(this.#full)) {
        const steps = Math.min(segmentSteps, length - this.#full * segmentSteps);
        yield* this.#sumUp(this.#full, steps);
        this.#steps = this.#full * segmentSteps + steps;
        if (steps === segmentSteps) this.#full += 1;
        yield;
      }
      if (this.waitLog) yield* this.waits.take(this.waitLog);
    } finally {
      this.#growing = undefined;
    }
  }

  /** The finest blocks that are kept of a segment. */
  blocks(segment: number): Blocks {
    const summary = this.#summaries[segment];
    if (!summary) throw new RangeError(`There is no segment ${segment}.`);
    return summary.blocks;
  }

  /** The approximate run time up to and including a step, as precise as the blocks of the index. */
  timeNear(step: number): number {
    if (this.segments === 0) return 0;
    const blocks = this.blocks(this.segmentAt("step", step));
    return blocks.time[blockFrom(blocks, "step", step) + (step >= this.end.step ? 1 : 0)] ?? 0;
  }

  /** The number of the first segment that ends at or after a position on an axis, or of the last one. */
  segmentAt(axis: Axis, position: number): number {
    return firstWhere(this.#summaries.length, (number) => endOf(this.blocks(number), axis) >= position);
  }

  /** Where the first indexed block that ends at or after a position begins. */
  blockStart(axis: Axis, position: number): number {
    const blocks = this.blocks(this.segmentAt(axis, position));
    return edge(blocks, axis, blockFrom(blocks, axis, position));
  }

  /** Feeds a whole segment to a gatherer, in pieces that are no wider than the grid's unit, or as single steps. */
  feed(into: Gatherer, segment: number): void {
    const { axis, unit } = into.grid;
    if (segment >= this.#full) {
      this.feedPart(into, segment, 0, Number.POSITIVE_INFINITY);
      return;
    }
    const name = `${segment} ${axis} ${unit}`;
    const blocks = this.#cache.get(name) ?? this.#atZoom(segment, into.grid);
    if (!this.#cache.delete(name)) this.#cached += bytesOf(blocks);
    this.#cache.set(name, blocks);
    this.#evict();
    feedBlocks(into, blocks);
  }

  /** Feeds the part of a segment from `from` to `to` on the grid's axis, both included, in the same kind of pieces. */
  feedPart(into: Gatherer, segment: number, from: number, to: number): void {
    const { axis, unit } = into.grid;
    const blocks = this.blocks(segment);
    const start = blockFrom(blocks, axis, from);
    for (let index = start; index < lengthOf(blocks) && edge(blocks, axis, index) <= to; index += 1) {
      const isFine = edge(blocks, axis, index + 1) - edge(blocks, axis, index) <= unit;
      if (isFine) feedBlock(into, blocks, index);
      else this.#feedSteps(into, blocks, index);
    }
  }

  /**
   * Where tasks ran at the same time, feeds the slices that began in a window and ended behind it, as one piece.
   *
   * @param after the end of the steps that were fed
   * @param to the end of the window, in microseconds
   * @returns the end of that piece; undefined if there are none
   */
  feedRunning(into: Gatherer, after: Moment, to: number, tasks: readonly number[]): Moment | undefined {
    let end: Moment | undefined;
    if (after.step > this.#steps || !this.trace.chunkAt(after.step).began) return undefined;
    for (const task of tasks) {
      const step = this.trace.nextOf(task, after.step);
      if (step === undefined || step > this.#steps) continue;
      const { first, began, micros, event } = this.trace.chunkAt(step);
      const took = sound(micros[step - first] as number);
      const from = began?.[step - first] ?? to;
      if (from >= to) continue;
      if (!end) into.begin(after.step, Math.max(after.micros, to));
      into.add(task, 1, took, took, step, eventFlags[event[step - first] as number] ?? 0, { from, to: from + took });
      end = { step: Math.max(end?.step ?? 0, step + 1), micros: Math.max(end?.micros ?? 0, from + took) };
    }
    return end;
  }

  #feedSteps(into: Gatherer, blocks: Blocks, index: number): void {
    const first = blocks.first[index] as number;
    const next = blocks.first[index + 1] as number;
    const chunk = this.trace.chunkAt(first);
    const printed = this.printed.stepsWithin(first, next - 1);
    feedSteps(into, chunk, first - chunk.first, next - chunk.first, blocks.time[index] as number, printed);
  }

  #atZoom(segment: number, grid: Grid): Blocks {
    const blocks = this.blocks(segment);
    const gatherer = new Gatherer(grid);
    this.feedPart(gatherer, segment, 0, Number.POSITIVE_INFINITY);
    return gatherer.end(blocks.first.at(-1) ?? 1, blocks.time.at(-1) ?? 0);
  }

  #evict(): void {
    for (const [name, blocks] of this.#cache) {
      if (this.#cached <= mostCached) return;
      this.#cache.delete(name);
      this.#cached -= bytesOf(blocks);
    }
  }

  #isStale(segment: number): boolean {
    const summary = this.#summaries[segment];
    if (!summary) return false;
    const { first } = summary.blocks;
    return summary.printed !== this.printed.countWithin(first[0] ?? 1, (first.at(-1) ?? 1) - 1);
  }

  *#sumUp(number: number, steps: number): Generator<void> {
    const first = number * this.trace.segmentSteps + 1;
    const time = number === 0 ? 0 : (this.blocks(number - 1).time.at(-1) ?? 0);
    const chunk = this.trace.chunkAt(first);
    const last = first + steps - 1;
    const printed = this.printed.stepsWithin(first, last);
    const known = this.printed.countWithin(first, last); // taken now, because more may be printed between two pieces
    const gatherer = new Gatherer({ axis: "step", unit: this.#unit });
    let now = time;
    for (let from = 0; from < steps; from += pieceSteps) {
      if (from > 0) yield;
      const to = Math.min(steps, from + pieceSteps);
      this.#lives.take(chunk, from, to, now);
      now = feedSteps(gatherer, chunk, from, to, now, printed);
    }
    let blocks = gatherer.end(chunk.first + steps, now);
    while (blocks.key.length > mostEntries && this.#unit < this.trace.segmentSteps) {
      this.#unit *= 2;
      blocks = this.#coarser(blocks);
    }
    for (const longest of blocks.longest) this.#longest = Math.max(this.#longest, longest);
    this.#summaries[number] = { blocks, printed: known };
    this.#forget(number);
  }

  #coarser(blocks: Blocks): Blocks {
    const gatherer = new Gatherer({ axis: "step", unit: this.#unit });
    feedBlocks(gatherer, blocks);
    return gatherer.end(blocks.first.at(-1) ?? 1, blocks.time.at(-1) ?? 0);
  }

  /** Removes cached blocks that were made from an older state of a segment. */
  #forget(segment: number): void {
    for (const [name, blocks] of this.#cache) {
      if (!name.startsWith(`${segment} `)) continue;
      this.#cache.delete(name);
      this.#cached -= bytesOf(blocks);
    }
  }
}

/** Continues work that other callers may continue as well. */
function* toItsEnd(work: Generator<void>): Generator<void> {
  while (!work.next().done) yield;
}
