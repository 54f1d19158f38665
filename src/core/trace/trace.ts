/**
 * The trace: what happened, one record per step, in columns. It is the single source of truth for every view.
 */
import type { TaskId } from "../task";
import type { Texts } from "./textList";
import type { Totals } from "./totals";

/** How control came back from a task. The position is the code in the trace's `event` column. */
export const stepEvents = ["yielded", "returned", "threw", "closed"] as const;
export type StepEvent = (typeof stepEvents)[number];

/** A place in the user's source; line and column count from 1. */
export interface YieldPoint {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The generator function that holds it. */
  readonly function: string;
}

/** At most so many steps in one chunk, so that 16 bits index its values. */
export const maxChunkSteps = 65_536;

/**
 * A run of consecutive steps in columns of equal length. A chunk stands for itself: all it refers to outside is the
 * tasks and the yield points, which only ever grow.
 */
export interface StepChunk {
  /** The number of the first step; steps count from 1. */
  readonly first: number;
  readonly task: Uint16Array;
  /** Index into `stepEvents`. */
  readonly event: Uint8Array;
  /** Index into `values`. */
  readonly value: Uint16Array;
  /** Number of the innermost yield point, counted from 1 as the runner announced them; 0 where there is none. */
  readonly point: Uint16Array;
  /** How long the slice took, in microseconds. */
  readonly micros: Float32Array;
  /** The previews that `value` points to. */
  readonly values: Texts;
}

/** One step as a view wants it. */
export interface StepRecord {
  readonly step: number;
  readonly task: TaskId;
  readonly event: StepEvent;
  readonly value: string;
  readonly point: YieldPoint | undefined;
  readonly micros: number;
}

/** Where full segments of a trace go, so that memory stays bounded. Segments are numbered from 0 in the order of writing. */
export interface SegmentFile {
  /** Its size, in bytes. */
  readonly bytes: number;
  /**
   * @param after what each task had done after the segment
   * @throws Error when there is no room; the segment can be offered again
   */
  write(segment: StepChunk, after: Totals): void;
  /** @throws Error when it cannot be read */
  read(number: number): StepChunk;
}

/** A previously recorded trace: its full segments, and what is known without reading them. */
export interface RecordedTrace {
  readonly file: SegmentFile;
  /** Steps in each segment. */
  readonly segmentSteps: number;
  /** What each task had done after each segment. */
  readonly after: readonly Totals[];
  readonly points: readonly YieldPoint[];
}
