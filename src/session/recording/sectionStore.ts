/**
 * Data of single steps that does not fit in memory. It is stored in sections of a trace file, and found by a number that is
 * derived from the step.
 */
import * as v from "valibot";
import { decodeJson, FramingError } from "../../protocol/framing";
import type { PagedStore } from "../seen/pagedStore";
import type { SeenRecord } from "../seen/seenRecord";
import type { ThrownRecord } from "../seen/thrownRecord";
import { type WaitRecord, waitPageOf } from "../seen/waitRecord";
import type { WatchEntry } from "../seen/watchEntry";
import { pageOf } from "../seen/watchPage";
import { numberedSections } from "./encode";
import { type EncodedSection, type SectionPlace, sectionKind } from "./format";
import { SeenList, ThrownList, WatchedList } from "./schema";
import { decodeWaitRecords, encodeWaitRecords } from "./waitSection";

/** A file that can hold the sections. */
export interface SectionStoreFile {
  /** Whether the file was closed, so that its content is no longer available. */
  readonly isClosed: boolean;
  /** @throws FramingError if the section is damaged, Error of the file system */
  content(place: SectionPlace): Uint8Array;
  /** Appends all of the sections or none. @throws Error of the file system, or because the file is read-only */
  append(sections: readonly EncodedSection[]): readonly SectionPlace[];
}

/** The type of data in a store. */
export interface Kind<Item> {
  readonly name: "seen" | "watched" | "thrown" | "waits";
  numberOf(item: Item): number;
  /** @throws FramingError or a ValiError if the content of a section is damaged */
  decode(content: Uint8Array): Item[];
  /** The content of a section, in pieces; left out, it is JSON. */
  encode?(items: readonly Item[]): Uint8Array[];
}

/** Captured locals; a section for each step. */
export const seenKind: Kind<SeenRecord> = { name: "seen", decode: json(SeenList), numberOf: ({ step }) => step };
/** Errors that tasks threw; a section for each step. */
export const thrownKind: Kind<ThrownRecord> = { name: "thrown", decode: json(ThrownList), numberOf: ({ step }) => step };
/** Values of watches; a section for each page of steps. */
export const watchedKind: Kind<WatchEntry> = { name: "watched", decode: json(WatchedList), numberOf: ({ step }) => pageOf(step) };
/** Who waited for what, a number for each page of steps. */
export const waitsKind: Kind<WaitRecord> = {
  name: "waits",
  numberOf: ({ first }) => waitPageOf(first),
  decode: decodeWaitRecords,
  encode: encodeWaitRecords,
};

/** Encodes items as sections. */
export function storedSections<Item>({ name, numberOf, encode }: Kind<Item>, items: readonly Item[]): EncodedSection[] {
  return numberedSections(name, items, numberOf, encode);
}

function json<Item>(schema: v.GenericSchema<unknown, Item>): (content: Uint8Array) => Item {
  return (content) => v.parse(schema, decodeJson(content));
}

/** The maximum number of bytes read for one number, and for all sections without a number. A damaged file could claim any amount. */
const maxBytes = 64 * 1024 * 1024;

export class SectionStore<Item> implements PagedStore<Item> {
  /** Why the file does not accept more data. */
  problem: Error | undefined;
  readonly #numbered = new Map<number, SectionPlace[]>();
  /** The content of sections of earlier versions, which have no number. */
  readonly #unnumbered = new Map<number, Item[]>();
  #unnumberedBytes = 0;

  /** @param damaged called when a section turns out to be damaged */
  constructor(
    readonly kind: Kind<Item>,
    readonly file: SectionStoreFile,
    readonly damaged: () => void = () => undefined,
  ) {}

  /** The numbers that have a section. */
  get numbers(): number[] {
    return [...this.#numbered.keys(), ...this.#unnumbered.keys()];
  }

  /** Whether there is data for a number. False once the file is closed. */
  has(number: number): boolean {
    return !this.file.isClosed && (this.#numbered.has(number) || this.#unnumbered.has(number));
  }

  /**
   * The items with a number, in the order of writing.
   *
   * @throws Error of the file system, or if the file is closed
   */
  get(number: number): Item[] {
    const places = this.#numbered.get(number) ?? [];
    const bytes = places.reduce((sum, { rawBytes }) => sum + rawBytes, 0);
    if (bytes > maxBytes) this.damaged();
    const read = bytes > maxBytes ? [] : places.flatMap((place) => this.#read(place));
    const items = read.filter((item) => this.kind.numberOf(item) === number);
    if (items.length < read.length) this.damaged();
    return [...(this.#unnumbered.get(number) ?? []), ...items];
  }

  /** Writes items. If the file does not accept them, none is written, and `problem` says why. @returns whether they were written */
  put(items: readonly Item[]): boolean {
    try {
      this.note(this.file.append(this.sections(items)));
      return true;
    } catch (error) {
      this.problem = error as Error;
      return false;
    }
  }

  sections(items: readonly Item[]): EncodedSection[] {
    return storedSections(this.kind, items);
  }

  /** Adds the sections of the right kind that are already in a file. Ignores others. */
  note(places: readonly SectionPlace[]): void {
    this.problem = undefined;
    for (const place of places) {
      if (place.kind !== sectionKind[this.kind.name]) continue;
      if (place.number > 0) this.#add(place);
      else this.#addUnnumbered(place);
    }
  }

  #add(place: SectionPlace): void {
    const places = this.#numbered.get(place.number);
    if (places) places.push(place);
    else this.#numbered.set(place.number, [place]);
  }

  /** Reads a section without a number, to find the steps of its items. There are few of them: earlier versions kept little. */
  #addUnnumbered(place: SectionPlace): void {
    this.#unnumberedBytes += place.rawBytes;
    if (this.#unnumberedBytes > maxBytes) this.damaged();
    for (const item of this.#unnumberedBytes > maxBytes ? [] : this.#read(place)) {
      const number = this.kind.numberOf(item);
      const items = this.#unnumbered.get(number);
      if (items) items.push(item);
      else this.#unnumbered.set(number, [item]);
    }
  }

  #read(place: SectionPlace): Item[] {
    try {
      return this.kind.decode(this.file.content(place));
    } catch (error) {
      if (!(error instanceof FramingError || error instanceof v.ValiError)) throw error;
    }
    this.damaged();
    return [];
  }
}
