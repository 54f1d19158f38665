/**
 * Writes sections one after the other, and the index that finds them again. Long sections can be written while other work goes
 * on.
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

/** Sections with their places, and all that is to be written of them. */
interface Layout {
  readonly places: readonly SectionPlace[];
  readonly parts: readonly Uint8Array[];
  /** Where they end in the file. */
  readonly end: number;
}

export class SectionWriter {
  readonly #places: SectionPlace[] = [];
  #bytes = 0;
  /** What `begin` was given last, until it is written. */
  #begun: Layout | undefined;
  /** How many writes are running outside this thread. */
  #underWay = 0;
  #idle: (() => void) | undefined;

  /** @param descriptor of an empty file; whoever opened it closes it, once this is `whenIdle` */
  constructor(readonly descriptor: number) {}

  /** What was written, in bytes, and what is about to be. */
  get bytes(): number {
    return this.#begun?.end ?? this.#bytes;
  }

  /** Whether what was started has been written. */
  get isSettled(): boolean {
    return this.#begun === undefined;
  }

  /**
   * Appends sections, all or none: what was written of them when it fails is written over by the next.
   *
   * @returns where they are
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
   * The same, but the writing goes on outside of this thread. Their memory is not to be changed. Should that fail it is known
   * as soon as something else is to be written.
   *
   * @throws Error of the file system, where it concerns what was begun before; these sections are not taken then
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
   * Sees to it that what was begun is written. Where that still goes on, or failed, the same bytes are written to the same place
   * from here: so there is one way to wait, and one to fail.
   *
   * @throws Error of the file system; it is tried again the next time
   */
  settle(): void {
    const begun = this.#begun;
    if (!begun) return;
    this.#write(begun.parts);
    this.#written(begun);
  }

  /** Calls back as soon as nothing is running outside this thread: usually at once. */
  whenIdle(then: () => void): void {
    this.#idle = () => {
      if (this.#underWay === 0) then();
    };
    this.#idle();
  }

  /** Ends the file with its index. */
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

/** How many parts the system accepts at once. */
const mostParts = 512;

/** The rest of the parts after so many bytes. */
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
