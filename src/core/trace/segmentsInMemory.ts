/**
 * The segments of a trace that has no file.
 */
import { chunkBytes } from "./segment";
import type { SegmentFile, StepChunk } from "./trace";

export class SegmentsInMemory implements SegmentFile {
  readonly #segments: StepChunk[] = [];
  bytes = 0;

  write(segment: StepChunk): void {
    this.#segments.push(segment);
    this.bytes += chunkBytes(segment);
  }

  read(number: number): StepChunk {
    const segment = this.#segments[number];
    if (!segment) throw new RangeError(`There is no segment ${number}.`);
    return segment;
  }
}
