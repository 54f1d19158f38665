/**
 * Writes sections one after the other, and finally an index. Long sections can be written in the background.
 */
import { writev, writevSync } from "node:fs";
import {
  decodeHeader,
  type EncodedSection,
  encodeCompressed,
  encodeFileHeader,
  encodeFooter,
  encodeIndex,
  type SectionPlace,
} from "./format";

/** Sections with their positions, and the bytes to be written. */
interface Layout {
  readonly places: readonly SectionPlace[];
  readonly parts: readonly Uint8Array[];
  /** The position in the file after the last section. */
  readonly end: number;
}

export class SectionWriter {
  readonly #places: SectionPlace[] = [];
  #bytes = 0;
  /** The sections that are being written in the background. */
  #begun: Layout | undefined;
  /** The number of background writes in progress. */
  #underWay = 0;
  #idle: (() => void) | undefined;

  /** @param descriptor the descriptor of an empty file; its owner must not close it before `whenIdle` calls back */
  constructor(readonly descriptor: number) {}

  /** The size of the file in bytes, including sections that are still being written. */
  get bytes(): number {
    return this.#begun?.end ?? this.#bytes;
  }

  /** Whether all background writes have been completed. */
  get isSettled(): boolean {
    return this.#begun === undefined;
  }

  /**
   * Appends all of the sections or none: if writing fails, the next call overwrites incomplete sections.
   *
   * @returns the positions of the sections
   * @throws Error of the file system
   */
  append(sections: readonly EncodedSection[]): readonly SectionPlace[] {
    this.settle();
    const layout = this.#layout(sections);
    this.#write(layout.parts);
    this.#written(layout);
    return layout.places;
  }

  /**
   * Like `append`, but writes in the background. The bytes must not be changed. If writing fails, the next call throws.
   *
   * @throws Error of the file system, if earlier sections could not be written; the new ones are not accepted then
   */
  begin(sections: readonly EncodedSection[]): readonly SectionPlace[] {
    this.settle();
    const layout = this.#layout(sections);
    this.#begun = layout;
    this.#underWay += 1;
    writev(this.descriptor, layout.parts.slice(0, mostParts), this.#bytes, (error, count) => {
      this.#underWay -= 1;
      if (this.#begun === layout && !error && this.#bytes + count === layout.end) this.#written(layout);
      this.#idle?.();
    });
    return layout.places;
  }

  /**
   * Completes a background write. If it is still in progress, or failed, the same bytes are written synchronously to the same position.
   * So there is only one way to wait, and only one way to fail.
   *
   * @throws Error of the file system; the next call tries again
   */
  settle(): void {
    const begun = this.#begun;
    if (!begun) return;
    this.#write(begun.parts);
    this.#written(begun);
  }

  /** Calls back when no background write is in progress, usually immediately. */
  whenIdle(then: () => void): void {
    this.#idle = () => {
      if (this.#underWay === 0) then();
    };
    this.#idle();
  }

  /** Completes the file with its index. */
  finish(): void {
    this.settle();
    const at = this.#bytes;
    this.append([encodeCompressed("index", encodeIndex(this.#places))]);
    this.#write([encodeFooter(at)]);
  }

  #layout(sections: readonly EncodedSection[]): Layout {
    const before = this.#bytes === 0 ? [encodeFileHeader()] : [];
    let end = this.#bytes + before.reduce((sum, { length }) => sum + length, 0);
    const places = sections.map(({ header }) => {
      const place = { ...decoded(header), offset: end };
      end += header.length + place.storedBytes;
      return place;
    });
    const parts = [...before, ...sections.flatMap(({ header, stored }) => [header, ...stored])];
    return { places, parts: parts.filter(({ length }) => length > 0), end };
  }

  #written(layout: Layout): void {
    this.#begun = undefined;
    this.#bytes = layout.end;
    this.#places.push(...layout.places);
  }

  #write(parts: readonly Uint8Array[]): void {
    let rest = parts;
    for (let at = this.#bytes; rest.length > 0; ) {
      const written = writevSync(this.descriptor, rest.slice(0, mostParts), at);
      at += written;
      rest = behind(rest, written);
    }
  }
}

/** The maximum number of parts that the system accepts in one call. */
const mostParts = 512;

/** The parts that are left after a number of bytes. */
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
