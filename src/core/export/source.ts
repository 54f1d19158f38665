/**
 * The input of an export, and the pieces of its output. Exports work in pieces, so that a long trace is never in memory as a whole.
 */

import { type PrintedPiece, printedBetween } from "../analysis/printedOutput";
import type { NotedChange } from "../schedule/changes";
import type { Thrown } from "../trace/thrown";
import type { StepChunk, YieldPoint } from "../trace/trace";
import type { TraceStore } from "../trace/traceStore";
import type { ResourceInfo } from "../waiting/rows";
import type { WaitSource } from "../waiting/stepWaits";
import type { WaitState } from "../waiting/waitState";

/** A recorded piece of a task's output. */
export interface PrintedText extends PrintedPiece {
  readonly stream: "stdout" | "stderr" | "stdin";
}

/** The waits of a run, as far as exports read them. */
export interface WaitLog extends WaitSource {
  /** Those that rows name, from number 1 on. */
  readonly resources: readonly ResourceInfo[];
  /** The state after the last step. */
  readonly now: WaitState;
}

/** What an export reads. */
export interface Exported {
  readonly trace: TraceStore;
  readonly output: {
    readonly entries: readonly PrintedText[];
    /** The first step whose output is incomplete. Output printed after that was not kept. */
    readonly lostFrom?: number | undefined;
  };
  /** The errors that were thrown, by step. */
  readonly throws: { of(step: number): Thrown | undefined };
  /** The changes that the user or a schedule made to the order, if they were recorded. */
  readonly changes?: readonly NotedChange[];
  /** Who waited for what. */
  readonly waits: WaitLog;
  /** Why tasks wait forever, if that is certain. */
  readonly why?: string | undefined;
  /** The tasks by their numbers. The list may grow while the trace is read. */
  readonly tasks: readonly { readonly name: string }[];
  /** For each task, whether its generator had already been resumed before it became a task; left out if unknown. */
  readonly added?: readonly { readonly begun: boolean }[];
  /** The absolute path of the user's file. */
  readonly file: string;
}

/** Some text of an export, as a string or as UTF-8, and the last step that it completes. */
export interface Piece {
  readonly text: string | Uint8Array;
  readonly step: number;
}

/** Consecutive steps of one chunk, with their output. */
export interface Stretch {
  readonly chunk: StepChunk;
  readonly first: number;
  readonly last: number;
  readonly printed: readonly PrintedText[];
}

/** The number of steps in a piece: a few milliseconds of work, and less than a megabyte of text. */
const pieceSteps = 4_096;

/** All steps up to `end`, in order, as ranges that each lie within one chunk. */
export function* stretchesOf({ trace, output }: Exported, end: number): Generator<Stretch> {
  for (let first = 1; first <= end; ) {
    const chunk = trace.chunkAt(first);
    const last = Math.min(end, first + pieceSteps - 1, chunk.first + trace.segmentSteps - 1);
    yield { chunk, first, last, printed: printedBetween(output, first, last) };
    first = last + 1;
  }
}

/** The output of each step of a range. Must be asked for steps in ascending order. */
export class PrintedInTurn {
  #next = 0;

  constructor(readonly printed: readonly PrintedText[]) {}

  /** The output of a step. Output of earlier steps is skipped. */
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
export function taskName({ tasks }: Pick<Exported, "tasks">, task: number): string {
  return tasks[task]?.name ?? `task ${task + 1}`;
}

/** The last segment of a path, with `/` or `\` as the separator. */
export function baseName(file: string): string {
  return file.slice(Math.max(file.lastIndexOf("/"), file.lastIndexOf("\\")) + 1);
}

/** Where a step left its task. Files in or below the folder of the user's file are named relative to that folder. */
export function placeText(point: YieldPoint, file: string): string {
  const folder = file.slice(0, file.length - baseName(file).length);
  const shown = point.file.startsWith(folder) ? point.file.slice(folder.length) : point.file;
  return `${shown}:${point.line}:${point.column}`;
}

/** A slice's duration in whole nanoseconds, whose sums are exact. An invalid duration counts as 0. */
export function nanosOf(micros: number): number {
  return micros > 0 && micros < Number.POSITIVE_INFINITY ? Math.round(micros * 1_000) : 0;
}
