/**
 * The part of a trace that is on disk: its full segments, one after the other, as they lie on the runner's wire.
 */
import { closeSync, mkdirSync, openSync, readSync, unlinkSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { SegmentFile, StepChunk } from "../core/trace";
import { decodeChunk, encodeChunk } from "../protocol/chunk";

interface Place {
  readonly offset: number;
  readonly length: number;
}

let files = 0;

/**
 * A file of this process alone, made when the first segment is full: most runs never need it. Where the system allows it,
 * the file loses its name at once, so that nothing is left behind however the process ends.
 */
export class TraceFile implements SegmentFile {
  readonly #path: string;
  readonly #places: Place[] = [];
  #descriptor: number | undefined;
  #closed = false;
  bytes = 0;

  /** @param folder where the file is made; it is made too when it is not there */
  constructor(readonly folder: string) {
    files += 1;
    this.#path = join(folder, `trace-${process.pid}-${files}`);
  }

  /** @throws Error of the file system, when the disk is full for example; the segment is not part of the file then */
  write(segment: StepChunk): void {
    const bytes = encodeChunk(segment);
    const descriptor = this.#opened();
    for (let written = 0; written < bytes.length; ) {
      written += writeSync(descriptor, bytes, written, bytes.length - written, this.bytes + written);
    }
    this.#places.push({ offset: this.bytes, length: bytes.length });
    this.bytes += bytes.length;
  }

  /** @throws Error when there is no such segment, or the file system fails */
  read(number: number): StepChunk {
    const place = this.#places[number];
    if (!place) throw new RangeError(`There is no segment ${number}.`);
    const bytes = new Uint8Array(place.length);
    for (let filled = 0; filled < bytes.length; ) {
      const count = readSync(this.#opened(), bytes, filled, bytes.length - filled, place.offset + filled);
      if (count === 0) throw new Error(`The trace file ends within segment ${number}.`);
      filled += count;
    }
    return decodeChunk(bytes);
  }

  /** Gives the space back. What was in the file is gone. */
  close(): void {
    this.#closed = true;
    if (this.#descriptor === undefined) return;
    closeSync(this.#descriptor);
    this.#descriptor = undefined;
    if (process.platform === "win32") unlinkSync(this.#path);
  }

  #opened(): number {
    if (this.#closed) throw new Error("The trace file is closed.");
    if (this.#descriptor !== undefined) return this.#descriptor;
    mkdirSync(this.folder, { recursive: true });
    this.#descriptor = openSync(this.#path, "wx+", 0o600);
    if (process.platform !== "win32") unlinkSync(this.#path);
    return this.#descriptor;
  }
}
