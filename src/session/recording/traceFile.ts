/**
 * The part of a trace that is on disk: its full segments, and captured data that does not fit in memory. If the trace must survive a
 * reload of the window, everything else is there too. The format is that of a trace file (`docs/yieldtrace.md`) without an index.
 */
import { closeSync, mkdirSync, openSync, readSync, renameSync, unlinkSync } from "node:fs";
import { basename, join } from "node:path";
import type { Totals } from "../../core/trace/totals";
import type { SegmentFile, StepChunk } from "../../core/trace/trace";
import { decodeChunk } from "../../protocol/chunk";
import { SessionStateError } from "../common/errors";
import { segmentSections } from "./encode";
import { contentOf, type EncodedSection, type SectionPlace, sectionHeaderBytes } from "./format";
import { liveName, releasedPath } from "./orphanedFiles";
import type { SectionStoreFile } from "./sectionStore";
import { SectionWriter } from "./sectionWriter";

/**
 * The lifetime of a file. An `unnamed` file is unlinked immediately if the system allows it, so that nothing is left behind however
 * the process ends. A `kept` file can be found after the process has ended.
 */
export type FileLife = "unnamed" | "kept";

/** A file that only this process uses. It is created on the first write; most short runs do not need it. */
export class TraceFile implements SegmentFile, SectionStoreFile {
  readonly #path: string;
  readonly #places: SectionPlace[] = [];
  /** The segment that was written last. */
  #latest: StepChunk | undefined;
  #writer: SectionWriter | undefined;
  /** Whether the file was given to another owner, so that it may only be read here. */
  #isGivenAway = false;
  isClosed = false;

  /** @param folder the folder of the file, which is created if it does not exist */
  constructor(
    readonly folder: string,
    readonly life: FileLife = "unnamed",
  ) {
    this.#path = join(folder, liveName());
  }

  get bytes(): number {
    return this.#writer?.bytes ?? 0;
  }

  /** The name of the file in its folder; undefined if there is no file, or if it is unnamed. */
  get name(): string | undefined {
    return this.#writer && this.life === "kept" ? basename(this.#path) : undefined;
  }

  /**
   * Writes a segment in the background.
   *
   * @throws Error of the file system, for example if the disk is full: an earlier segment could not be written, and the new one was not
   *   accepted
   */
  write(segment: StepChunk, after: Totals): void {
    const [steps] = this.#opened().begin(segmentSections(segment, this.#places.length, after));
    if (steps) this.#places.push(steps);
    this.#latest = segment;
  }

  /**
   * Appends all of the sections or none.
   *
   * @throws Error of the file system
   */
  append(sections: readonly EncodedSection[]): readonly SectionPlace[] {
    return this.#opened().append(sections);
  }

  /** @throws Error if there is no such segment, or if the file system fails */
  read(number: number): StepChunk {
    const place = this.#places[number];
    if (!place) throw new RangeError(`There is no segment ${number}.`);
    if (!this.#opened().isSettled && this.#latest && number === this.#places.length - 1) return this.#latest;
    return decodeChunk(this.content(place));
  }

  /**
   * The content of a section.
   *
   * @throws FramingError if it is damaged, Error of the file system
   */
  content(place: SectionPlace): Uint8Array {
    const { descriptor } = this.#opened();
    const bytes = new Uint8Array(place.storedBytes);
    for (let filled = 0; filled < bytes.length; ) {
      const at = place.offset + sectionHeaderBytes + filled;
      const count = readSync(descriptor, bytes, filled, bytes.length - filled, at);
      if (count === 0) throw new Error(`The trace file ends within a section, at ${at} bytes.`);
      filled += count;
    }
    return contentOf(place, bytes);
  }

  /** Closes the file and frees its space. Its content is lost. */
  close(): void {
    this.#shut(() => {
      if (!this.#isGivenAway && (this.life === "kept" || process.platform === "win32")) unlinkSync(this.#path);
    });
  }

  /**
   * Closes the file, and leaves it for another process to find.
   *
   * @returns its path; undefined if there is no file
   * @throws Error of the file system
   */
  release(): string | undefined {
    let path: string | undefined;
    try {
      path = this.giveAway();
    } finally {
      this.close();
    }
    return path;
  }

  /**
   * Leaves the file to another owner, but keeps it open for reading until it is closed. Nothing may be written afterwards.
   *
   * @returns its path; undefined if there is no file
   * @throws Error of the file system
   */
  giveAway(): string | undefined {
    if (!this.#writer || this.life !== "kept") return undefined;
    this.#index();
    this.#isGivenAway = true;
    renameSync(this.#path, releasedPath(this.#path));
    return releasedPath(this.#path);
  }

  /** Adds an index, with which the file opens faster. If the disk is full, the file is still readable without it. */
  #index(): void {
    try {
      this.#writer?.finish();
    } catch {
      // The file is complete without the index.
    }
  }

  /** Marks the file as closed first, because its descriptor may be reused immediately and must not be written to. */
  #shut(then: () => void): void {
    this.isClosed = true;
    const writer = this.#writer;
    if (!writer) return;
    this.#writer = undefined;
    try {
      then();
    } finally {
      writer.whenIdle(() => closeSync(writer.descriptor));
    }
  }

  #opened(): SectionWriter {
    if (this.isClosed)
      throw new SessionStateError("The trace is gone: its run was restarted or ended.", "Look at the current one.");
    if (this.#writer) return this.#writer;
    mkdirSync(this.folder, { recursive: true });
    const descriptor = openSync(this.#path, "wx+", 0o600);
    if (this.life === "unnamed" && process.platform !== "win32") unlinkSync(this.#path);
    this.#writer = new SectionWriter(descriptor);
    return this.#writer;
  }
}
