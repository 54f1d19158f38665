/**
 * The segments of a trace file, read on demand. A damaged segment reads as steps that are marked as lost, so that the other steps
 * keep their numbers.
 */
import type { SegmentFile, StepChunk } from "../../core/trace/trace";
import { decodeChunk } from "../../protocol/chunk";
import { FramingError } from "../../protocol/framing";
import type { SectionPlace } from "./format";
import type { Losses } from "./losses";
import type { SectionFile } from "./sectionFile";

/** The value of a lost step. */
const unreadable = "(not readable: the file is damaged here)";

export class Segments implements SegmentFile {
  /** The number of tasks. This number is also used as the task of lost steps. */
  tasks = 0;
  /** Whether any steps are shown as lost. */
  hasLost = false;

  /**
   * @param places the sections by segment number
   * @param segmentSteps the number of steps in each segment
   */
  constructor(
    readonly file: SectionFile,
    readonly places: ReadonlyMap<number, SectionPlace>,
    readonly segmentSteps: number,
    readonly losses: Losses,
  ) {}

  get bytes(): number {
    return this.file.bytes;
  }

  write(): never {
    throw new Error("A recording takes no more steps.");
  }

  read(number: number): StepChunk {
    return this.readWhole(number) ?? this.#lost(number);
  }

  /** Reports the steps of a segment as lost. */
  lose(number: number): void {
    this.hasLost = true;
    const first = number * this.segmentSteps + 1;
    this.losses.addSteps(first, first + this.segmentSteps - 1);
  }

  /** A segment, or undefined if it is lost. */
  readWhole(number: number): StepChunk | undefined {
    const place = this.places.get(number);
    const chunk = place && chunkOf(this.file, place);
    return chunk && this.#fits(chunk, number) ? chunk : undefined;
  }

  #fits(chunk: StepChunk, number: number): boolean {
    if (chunk.first !== number * this.segmentSteps + 1 || chunk.task.length !== this.segmentSteps) return false;
    return isConsistent(chunk, this.tasks);
  }

  #lost(number: number): StepChunk {
    this.lose(number);
    return lostSteps(number * this.segmentSteps + 1, this.segmentSteps, this.tasks);
  }
}

/** The chunk in a section, or undefined if it is damaged. */
export function chunkOf(file: SectionFile, place: SectionPlace): StepChunk | undefined {
  try {
    return decodeChunk(file.content(place));
  } catch (error) {
    if (error instanceof FramingError) return undefined;
    throw error;
  }
}

/** Whether a chunk refers only to existing tasks and values. */
export function isConsistent({ task, value, values }: StepChunk, tasks: number): boolean {
  return task.every((id) => id < tasks) && value.every((index) => index < values.length);
}

/** Steps that stand for lost ones. */
function lostSteps(first: number, count: number, task: number): StepChunk {
  return {
    first,
    task: new Uint16Array(count).fill(task),
    event: new Uint8Array(count),
    value: new Uint16Array(count),
    point: new Uint16Array(count),
    micros: new Float32Array(count),
    values: [unreadable],
  };
}
