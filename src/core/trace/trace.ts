/**
 * The trace: what happened, one record per step, in columns. It is the single source of truth for every view.
 */
import type { TaskId } from "../task";
import type { Texts } from "./textList";
import type { Totals } from "./totals";

/** How control came back from a task. The index of an event is its code in the trace's `event` column. */
export const stepEvents = ["yielded", "returned", "threw", "closed"] as const;
export type StepEvent = (typeof stepEvents)[number];

/** A location in the user's source. Lines and columns count from 1. */
export interface YieldPoint {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The generator function that contains the location. */
  readonly function: string;
}

/** The maximum number of steps in a chunk, so that values can be numbered with 16 bits. */
export const maxChunkSteps = 65_536;

/**
 * Consecutive steps in columns of equal length. A chunk is self-contained, except for the numbers of tasks and yield points. Those
 * lists only grow, so the numbers stay valid.
 */
export interface StepChunk {
  /** The number of the first step. Steps count from 1. */
  readonly first: number;
  readonly task: Uint16Array;
  /** Index into `stepEvents`. */
  readonly event: Uint8Array;
  /** Index into `values`. */
  readonly value: Uint16Array;
  /** The number of the innermost yield point, counted from 1 in the order in which the runner announced them; 0 if there is none. */
  readonly point: Uint16Array;
  /** The duration of the slice, in microseconds. */
  readonly micros: Float32Array;
  /**
   * When each slice began, in microseconds since the first one did. Present where tasks run at the same time, each in a process of its own. Steps
   * are then in the order in which they ended.
   */
  readonly began?: Float64Array | undefined;
  /** The previews that `value` refers to. */
  readonly values: Texts;
}

/** One step in the form that views use. */
export interface StepRecord {
  readonly step: number;
  readonly task: TaskId;
  readonly event: StepEvent;
  readonly value: string;
  readonly point: YieldPoint | undefined;
  readonly micros: number;
  /** As in the chunk. */
  readonly began?: number;
}

/** Stores full segments of a trace outside of memory. Segments are numbered from 0 in the order of writing. */
export interface SegmentFile {
  /** Its size, in bytes. */
  readonly bytes: number;
  /**
   * @param after what each task had done after the segment
   * @throws Error if there is no space; the segment can be written again later
   */
  write(segment: StepChunk, after: Totals): void;
  /** @throws Error if it cannot be read */
  read(number: number): StepChunk;
}

/** A previously recorded trace: its full segments, and what is known about them without reading them. */
export interface RecordedTrace {
  readonly file: SegmentFile;
  /** The number of steps in each segment. */
  readonly segmentSteps: number;
  /** What each task had done after each segment. */
  readonly after: readonly Totals[];
  readonly points: readonly YieldPoint[];
}
