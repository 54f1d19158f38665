/**
 * The part of a trace that is on disk: its full segments, captured data of steps that does not fit in memory and, if the trace
 * is to survive a reload of the window, everything else too. It is a trace file (`docs/yieldtrace.md`) without an index.
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
 * How long it lives: an `unnamed` file loses its name at once where the system allows it, so that nothing is left behind
 * however the process ends; a `kept` one can be found again then.
 */
export type FileLife = "unnamed" | "kept";

/** A file used only by this process. It is created when there is something to write: most short runs never need it. */
export class TraceFile implements SegmentFile, SectionStoreFile {
  readonly #path: string;
  readonly #places: SectionPlace[] = [];
  /** The segment that was taken last. */
  #latest: StepChunk | undefined;
  #writer: SectionWriter | undefined;
  /** Whether the file belongs to somebody else, and is only read from here. */
  #isGivenAway = false;
  isClosed = false;

  /** @param folder where the file is created; created as well if it does not exist */
  constructor(
    readonly folder: string,
    readonly life: FileLife = "unnamed",
  ) {
    this.#path = join(folder, liveName());
  }

  get bytes(): number {
    return this.#writer?.bytes ?? 0;
  }

  /** Its name in its folder; undefined while there is no file, or none that can be found. */
  get name(): string | undefined {
    return this.#writer && this.life === "kept" ? basename(this.#path) : undefined;
  }

  /**
   * Takes a segment, and writes it while other things go on.
   *
   * @throws Error of the file system, when the disk is full for example: one that was taken before could not be written, and this
   *   one is not taken
   */
  write(segment: StepChunk, after: Totals): void {
    const [steps] = this.#opened().begin(segmentSections(segment, this.#places.length, after));
    if (steps) this.#places.push(steps);
    this.#latest = segment;
  }

  /**
   * Writes sections of other kinds, all or none.
   *
   * @throws Error of the file system
   */
  append(sections: readonly EncodedSection[]): readonly SectionPlace[] {
    return this.#opened().append(sections);
  }

  /** @throws Error when there is no such segment, or the file system fails */
  read(number: number): StepChunk {
    const place = this.#places[number];
    if (!place) throw new RangeError(`There is no segment ${number}.`);
    if (!this.#opened().isSettled && this.#latest && number === this.#places.length - 1) return this.#latest;
    return decodeChunk(this.content(place));
  }

  /**
   * What a section holds that was written.
   *
   * @throws FramingError when it is damaged, Error of the file system
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

  /** Frees the space. The content of the file is gone. */
  close(): void {
    this.#shut(() => {
      if (!this.#isGivenAway && (this.life === "kept" || process.platform === "win32")) unlinkSync(this.#path);
    });
  }

  /**
   * Leaves the file to whoever comes next.
   *
   * @returns where it is; undefined where there is none
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
   * The same, but what was written can still be read here, until it is closed. Nothing more may be written.
   *
   * @returns where it is; undefined where there is none
   * @throws Error of the file system
   */
  giveAway(): string | undefined {
    if (!this.#writer || this.life !== "kept") return undefined;
    this.#index();
    this.#isGivenAway = true;
    renameSync(this.#path, releasedPath(this.#path));
    return releasedPath(this.#path);
  }

  /** An index makes the file quick to open. If the disk is full, the file can be read without one. */
  #index(): void {
    try {
      this.#writer?.finish();
    } catch {
      // What was written before is complete.
    }
  }

  /** The descriptor may be reused as soon as it is closed, so nothing may be written to it any more. */
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
