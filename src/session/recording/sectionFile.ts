/**
 * The sections of a trace file. They are found through the index. If there is no valid index, they are found by reading from one
 * section to the next, searching for the next section marker after damage.
 */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { basename } from "node:path";
import { FramingError } from "../../protocol/framing";
import { NotATraceError, TraceVersionError } from "./errors";
import {
  contentOf,
  decodeFileHeader,
  decodeFooter,
  decodeHeader,
  decodeIndex,
  fileHeaderBytes,
  footerBytes,
  formatVersion,
  type SectionPlace,
  sectionHeaderBytes,
  sectionKind,
  sectionMarker,
} from "./format";
import type { SectionStoreFile } from "./sectionStore";

/** The number of bytes read at a time in a search for the next marker. */
const searchBytes = 1024 * 1024;

/** A trace file, open for reading. */
export class SectionFile implements SectionStoreFile {
  readonly #descriptor: number;
  readonly bytes: number;
  /** The sections in file order. Their content has not been read, and may turn out to be damaged. */
  readonly places: readonly SectionPlace[];
  /** Whether the file was closed properly. Without an index, sections may be missing at its end. */
  readonly isComplete: boolean;
  isClosed = false;

  /**
   * @throws Error of the file system
   * @throws NotATraceError or TraceVersionError if the file cannot be read at all
   */
  constructor(readonly path: string) {
    this.#descriptor = openSync(path, "r");
    try {
      this.bytes = fstatSync(this.#descriptor).size;
      this.#checkHeader();
      const indexed = this.#indexed();
      this.isComplete = indexed !== undefined;
      this.places = indexed ?? this.#scanned();
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /**
   * The content of a section.
   *
   * @throws FramingError if it is damaged
   */
  content(place: SectionPlace): Uint8Array {
    return contentOf(place, this.#read(place.offset + sectionHeaderBytes, place.storedBytes));
  }

  append(): never {
    throw new Error("The trace file is only read.");
  }

  close(): void {
    if (!this.isClosed) closeSync(this.#descriptor);
    this.isClosed = true;
  }

  #checkHeader(): void {
    const version = decodeFileHeader(this.#read(0, fileHeaderBytes));
    if (version === undefined) throw new NotATraceError(basename(this.path));
    if (version > formatVersion) throw new TraceVersionError(basename(this.path), version, formatVersion);
  }

  #indexed(): SectionPlace[] | undefined {
    const footerAt = this.bytes - footerBytes;
    const offset = footerAt < fileHeaderBytes ? undefined : decodeFooter(this.#read(footerAt, footerBytes));
    const index = offset === undefined ? undefined : this.#placeAt(offset);
    if (index?.kind !== sectionKind.index) return undefined;
    try {
      return decodeIndex(this.content(index), this.bytes);
    } catch (error) {
      if (error instanceof FramingError) return undefined;
      throw error;
    }
  }

  #scanned(): SectionPlace[] {
    const places: SectionPlace[] = [];
    for (let at = fileHeaderBytes; at + sectionHeaderBytes <= this.bytes; ) {
      const place = this.#placeAt(at);
      if (place) {
        places.push(place);
        at = endOf(place);
        continue;
      }
      // Bytes may also be missing from the last section. In that case the next section begins inside of it.
      const last = places.at(-1);
      const isBehindLast = last !== undefined && at === endOf(last);
      at = this.#nextMark(isBehindLast ? last.offset + sectionHeaderBytes : at + 1);
      if (isBehindLast && at < endOf(last)) places.pop();
    }
    return places;
  }

  /** The section at an offset, if there is a valid one that ends within the file. */
  #placeAt(offset: number): SectionPlace | undefined {
    if (!(Number.isSafeInteger(offset) && offset >= fileHeaderBytes)) return undefined;
    const header = decodeHeader(this.#read(offset, sectionHeaderBytes));
    return header && offset + sectionHeaderBytes + header.storedBytes <= this.bytes ? { ...header, offset } : undefined;
  }

  /** The position of the next marker at or after an offset, or the end of the file. */
  #nextMark(from: number): number {
    for (let at = from; at < this.bytes; at += searchBytes) {
      const block = Buffer.from(this.#read(at, searchBytes + sectionMarker.length - 1).buffer);
      for (let found = block.indexOf(sectionMarker); found >= 0; found = block.indexOf(sectionMarker, found + 1)) {
        if (this.#placeAt(at + found)) return at + found;
      }
    }
    return this.bytes;
  }

  /** Reads a number of bytes, or fewer at the end of the file. */
  #read(offset: number, length: number): Uint8Array {
    if (this.isClosed) throw new Error("The trace file is closed.");
    const bytes = new Uint8Array(Math.max(0, Math.min(length, this.bytes - offset)));
    for (let filled = 0; filled < bytes.length; ) {
      const count = readSync(this.#descriptor, bytes, filled, bytes.length - filled, offset + filled);
      if (count === 0) return bytes.subarray(0, filled); // the file was truncated in the meantime
      filled += count;
    }
    return bytes;
  }
}

function endOf({ offset, storedBytes }: SectionPlace): number {
  return offset + sectionHeaderBytes + storedBytes;
}
