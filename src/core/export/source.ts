/**
 * What an export is made from, and the pieces that it is made of: a long trace is never in memory as a whole.
 */

import { type PrintedPiece, printedBetween } from "../analysis/printedOutput";
import type { NotedChange } from "../schedule/changes";
import type { Thrown } from "../trace/thrown";
import type { StepChunk, YieldPoint } from "../trace/trace";
import type { TraceStore } from "../trace/traceStore";

/** A piece of what tasks printed, as it is kept. */
export interface PrintedText extends PrintedPiece {
  readonly stream: "stdout" | "stderr";
}

/** What there is to export. */
export interface Exported {
  readonly trace: TraceStore;
  readonly output: {
    readonly entries: readonly PrintedText[];
    /** The first step whose output is incomplete: nothing printed after it is there. */
    readonly lostFrom?: number | undefined;
  };
  /** What was thrown, by step. */
  readonly throws: { of(step: number): Thrown | undefined };
  /** What the user, or a schedule, did to the order, as far as that was recorded. */
  readonly changes?: readonly NotedChange[];
  /** By their numbers; more may turn up while the trace is read. */
  readonly tasks: readonly { readonly name: string }[];
  /** For each task, whether its generator was resumed before it became one; none where that is not known. */
  readonly added?: readonly { readonly begun: boolean }[];
  /** The user's file, absolute. */
  readonly file: string;
}

/** Some text of an export, as it is or in UTF-8, and the last step that is done with it. */
export interface Piece {
  readonly text: string | Uint8Array;
  readonly step: number;
}

/** Some consecutive steps of one chunk, with what they printed. */
export interface Stretch {
  readonly chunk: StepChunk;
  readonly first: number;
  readonly last: number;
  readonly printed: readonly PrintedText[];
}

/** Steps in a piece: a few milliseconds of work, and less than a megabyte of text. */
const pieceSteps = 4_096;

/** All steps up to a given one, in order, in stretches that are within one chunk each. */
export function* stretchesOf({ trace, output }: Exported, end: number): Generator<Stretch> {
  for (let first = 1; first <= end; ) {
    const chunk = trace.chunkAt(first);
    const last = Math.min(end, first + pieceSteps - 1, chunk.first + trace.segmentSteps - 1);
    yield { chunk, first, last, printed: printedBetween(output, first, last) };
    first = last + 1;
  }
}

/** What every step of a stretch printed, asked in the order of the steps. */
export class PrintedInTurn {
  #next = 0;

  constructor(readonly printed: readonly PrintedText[]) {}

  /** The pieces of a step; those of the steps before are passed over. */
  of(step: number): readonly PrintedText[] {
    const { printed } = this;
    while ((printed[this.#next]?.step ?? step) < step) this.#next += 1;
    const from = this.#next;
    while (printed[this.#next]?.step === step) this.#next += 1;
    return from === this.#next ? none : printed.slice(from, this.#next);
  }
}

const none: readonly PrintedText[] = [];

/** The name of a task as exports show it. */
export function taskName({ tasks }: Exported, task: number): string {
  return tasks[task]?.name ?? `task ${task + 1}`;
}

/** What a file's path ends with. */
export function baseName(file: string): string {
  return file.slice(Math.max(file.lastIndexOf("/"), file.lastIndexOf("\\")) + 1);
}

/** Where a step left its task. Files in the user's folder or below are named relative to it. */
export function placeText(point: YieldPoint, file: string): string {
  const folder = file.slice(0, file.length - baseName(file).length);
  const shown = point.file.startsWith(folder) ? point.file.slice(folder.length) : point.file;
  return `${shown}:${point.line}:${point.column}`;
}

/** A slice's duration in whole nanoseconds, which add up exactly; what cannot be a duration counts as none. */
export function nanosOf(micros: number): number {
  return micros > 0 && micros < Number.POSITIVE_INFINITY ? Math.round(micros * 1_000) : 0;
}
