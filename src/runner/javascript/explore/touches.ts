/**
 * What the current slice reads and writes, by places. A place is a name: objects are not told apart, so that two slices count as
 * dependent rather too often than too seldom.
 */
import type { Touched } from "../../../core/explore/touched";

/** Every slice reads it, since a step moves the clock; reading the time writes it, and so depends on every slice. */
export const clockPlace = 0;
/** Which tasks there are, and what resources. */
export const schedulerPlace = 1;
export const outputPlace = 2;
/** The elements of all lists, maps and sets, and their number. */
export const elementsPlace = 3;

const mostOpaque = 20;

export class Touches {
  /** The names of the places, by number. */
  readonly names = ["clock", "scheduler", "output", "[]"];
  /** Calls that cannot be seen into, each once, the first few. */
  readonly opaque: string[] = [];
  readonly #numbers = new Map(this.names.map((name, place) => [name, place]));
  /** By place, the last slice that read and wrote it. */
  readonly #read: number[] = [];
  readonly #written: number[] = [];
  #reads: number[] = [];
  #writes: number[] = [];
  #all = false;
  #slice = 0;

  /** The number of the place with a name. */
  place(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    this.#numbers.set(name, this.names.length);
    return this.names.push(name) - 1;
  }

  /** The place of a property, whatever object it belongs to. */
  property(key: string): number {
    return key === "length" || key === "size" ? elementsPlace : this.place(`.${key}`);
  }

  read(place: number): void {
    if (this.#read[place] === this.#slice) return;
    this.#read[place] = this.#slice;
    this.#reads.push(place);
  }

  write(place: number): void {
    if (this.#written[place] === this.#slice) return;
    this.#written[place] = this.#slice;
    this.#writes.push(place);
  }

  /** The slice may have read and written everything. @param what a call that cannot be seen into */
  all(what?: string): void {
    this.#all = true;
    if (what !== undefined && this.opaque.length < mostOpaque && !this.opaque.includes(what)) this.opaque.push(what);
  }

  /** Begins a slice. */
  begin(): void {
    this.#slice += 1;
    this.#reads = [];
    this.#writes = [];
    this.#all = false;
  }

  /** What was touched since `begin`. */
  get touched(): Touched {
    const isWritten = (place: number) => this.#written[place] === this.#slice;
    const reads = this.#reads.filter((place) => !isWritten(place)).sort(ascending);
    return { reads, writes: this.#writes.sort(ascending), all: this.#all };
  }
}

function ascending(one: number, other: number): number {
  return one - other;
}
