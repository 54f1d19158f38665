/**
 * What belongs to single steps and is too much for the memory: sections of a trace file, found again by a number that tells of
 * which steps they are.
 */
import * as v from "valibot";
import { decodeJson, FramingError } from "../../protocol/framing";
import type { SeenRecord } from "../inspections";
import type { WatchEntry } from "../watchLog";
import { pageOf } from "../watchPage";
import { numberedSections } from "./encode";
import { type EncodedSection, type SectionPlace, sectionKind } from "./format";
import { SeenList, WatchedList } from "./schema";

/** Where the sections are. */
export interface ShelfFile {
  /** @throws FramingError when the section is damaged, Error of the file system */
  content(place: SectionPlace): Uint8Array;
  /** All or none. @throws Error of the file system, or since it is only read */
  append(sections: readonly EncodedSection[]): readonly SectionPlace[];
}

/** What a shelf holds. */
export interface Kind<Item> {
  readonly name: "seen" | "watched";
  readonly schema: v.GenericSchema<unknown, Item[]>;
  numberOf(item: Item): number;
}

/** What was seen of tasks, a number for each step. */
export const seenKind: Kind<SeenRecord> = { name: "seen", schema: SeenList, numberOf: ({ step }) => step };
/** What watches gave, a number for each page of steps. */
export const watchedKind: Kind<WatchEntry> = { name: "watched", schema: WatchedList, numberOf: ({ step }) => pageOf(step) };

/** The sections in which items are written. */
export function shelvedSections<Item>({ name, numberOf }: Kind<Item>, items: readonly Item[]): EncodedSection[] {
  return numberedSections(name, items, numberOf);
}

export class Shelf<Item> {
  /** Why the file took no more the last time. */
  problem: Error | undefined;
  readonly #places = new Map<number, SectionPlace[]>();

  /** @param damaged called when a section turns out to be */
  constructor(
    readonly kind: Kind<Item>,
    readonly file: ShelfFile,
    readonly damaged: () => void = () => undefined,
  ) {}

  /** The numbers under which there is something. */
  get numbers(): number[] {
    return [...this.#places.keys()];
  }

  has(number: number): boolean {
    return this.#places.has(number);
  }

  /**
   * What was written under a number, in the order of writing.
   *
   * @throws Error of the file system
   */
  get(number: number): Item[] {
    const items = (this.#places.get(number) ?? []).flatMap((place) => this.#read(place));
    return items.filter((item) => this.kind.numberOf(item) === number);
  }

  /** Writes items. Where the file takes no more, none of them, and `problem` says why. */
  put(items: readonly Item[]): boolean {
    try {
      this.note(this.file.append(this.sections(items)));
      this.problem = undefined;
      return true;
    } catch (error) {
      this.problem = error as Error;
      return false;
    }
  }

  sections(items: readonly Item[]): EncodedSection[] {
    return shelvedSections(this.kind, items);
  }

  /** Takes over sections that are in the file; others than of its kind are none of its business. */
  note(places: readonly SectionPlace[]): void {
    for (const place of places) {
      if (place.kind !== sectionKind[this.kind.name]) continue;
      for (const number of this.#numbersIn(place)) this.#add(number, place);
    }
  }

  /** Older files do not number them. */
  #numbersIn(place: SectionPlace): Iterable<number> {
    return place.number > 0 ? [place.number] : new Set(this.#read(place).map((item) => this.kind.numberOf(item)));
  }

  #add(number: number, place: SectionPlace): void {
    const places = this.#places.get(number);
    if (places) places.push(place);
    else this.#places.set(number, [place]);
  }

  #read(place: SectionPlace): Item[] {
    try {
      const read = v.safeParse(this.kind.schema, decodeJson(this.file.content(place)));
      if (read.success) return read.output;
    } catch (error) {
      if (!(error instanceof FramingError)) throw error;
    }
    this.damaged();
    return [];
  }
}
