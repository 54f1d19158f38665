/**
 * Writes sections one after the other, and the index that finds them again.
 */
import { writevSync } from "node:fs";
import {
  decodeHeader,
  type EncodedSection,
  encodeCompressed,
  encodeFileHeader,
  encodeFooter,
  encodeIndex,
  type SectionPlace,
} from "./format";

export class SectionWriter {
  readonly #places: SectionPlace[] = [];
  #bytes = 0;

  /** @param descriptor of an empty file; whoever opened it closes it */
  constructor(readonly descriptor: number) {}

  /** What was written, in bytes. */
  get bytes(): number {
    return this.#bytes;
  }

  /**
   * Appends sections, all or none: what was written of them when it fails is written over by the next.
   *
   * @returns where they are
   * @throws Error of the file system
   */
  append(sections: readonly EncodedSection[]): SectionPlace[] {
    const before = this.#bytes === 0 ? [encodeFileHeader()] : [];
    let offset = this.#bytes + before.reduce((sum, { length }) => sum + length, 0);
    const places = sections.map(({ header }) => {
      const place = { ...decoded(header), offset };
      offset += header.length + place.storedBytes;
      return place;
    });
    this.#write([...before, ...sections.flatMap(({ header, stored }) => [header, ...stored])]);
    this.#bytes = offset;
    this.#places.push(...places);
    return places;
  }

  /** Ends the file with its index. */
  finish(): void {
    const at = this.#bytes;
    this.append([encodeCompressed("index", encodeIndex(this.#places))]);
    this.#write([encodeFooter(at)]);
  }

  #write(parts: readonly Uint8Array[]): void {
    let rest = parts.filter(({ length }) => length > 0);
    for (let at = this.#bytes; rest.length > 0; ) {
      const written = writevSync(this.descriptor, rest.slice(0, mostParts), at);
      at += written;
      rest = behind(rest, written);
    }
  }
}

/** The system takes so many parts at once. */
const mostParts = 512;

/** What is left of the parts after so many bytes. */
function behind(parts: readonly Uint8Array[], bytes: number): Uint8Array[] {
  let left = bytes;
  return parts.flatMap((part) => {
    const skipped = Math.min(left, part.length);
    left -= skipped;
    return skipped === part.length ? [] : [part.subarray(skipped)];
  });
}

function decoded(header: Uint8Array) {
  const read = decodeHeader(header);
  if (!read) throw new RangeError("A section is longer than a reader would take.");
  return read;
}
