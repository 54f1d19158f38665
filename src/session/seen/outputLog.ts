/**
 * The output of the tasks by step, with a limit on the total size.
 */
import type { Printed } from "../../protocol/printed";

/** The maximum number of characters kept for the whole run. Characters beyond that are only counted. */
const maxCharacters = 32 * 1024 * 1024;

/** The cost of an entry in addition to its text, so that many short entries are limited too. */
const entryCharacters = 64;

/** A piece of output, and the step that printed it. */
export interface Entry extends Printed {
  readonly step: number;
}

export class OutputLog {
  readonly #entries: Entry[] = [];
  #characters = 0;
  #lost = 0;
  #lostFrom: number | undefined;
  #late = 0;
  /** If set, receives output instead of storing it, for a caller that prints it immediately. */
  passOn: ((entry: Entry) => void) | undefined;

  /**
   * @param limit the maximum number of characters kept
   * @param kept called with every piece that is kept, in the order of printing
   */
  constructor(
    readonly limit = maxCharacters,
    readonly kept: (entry: Entry) => void = () => undefined,
  ) {}

  /** The total number of characters that were not kept. */
  get lost(): number {
    return this.#lost;
  }

  /** The first step whose output is incomplete: nothing is kept after it. Undefined while everything is kept. */
  get lostFrom(): number | undefined {
    return this.#lostFrom;
  }

  /** The number of pieces that arrived after a piece of a later step. */
  get late(): number {
    return this.#late;
  }

  /** All pieces that were kept, in ascending order of steps. */
  get entries(): readonly Entry[] {
    return this.#entries;
  }

  /**
   * Counts characters that were not kept. From then on nothing is kept.
   *
   * @param from the step that printed them. Older recordings do not have it; it is then assumed to be the step after the last piece
   */
  lose(characters: number, from = (this.#entries.at(-1)?.step ?? 0) + 1): void {
    this.#lost += characters;
    this.#lostFrom = Math.min(this.#lostFrom ?? from, from);
  }

  /**
   * Adds a piece of output. Steps come in ascending order; a late piece of an earlier step is inserted where it belongs.
   *
   * @param dropped the number of characters that the runner had already cut off
   */
  add(step: number, stream: Printed["stream"], text: string, dropped = 0): void {
    const entry: Entry = { step, stream, text, ...(dropped > 0 ? { dropped } : {}) };
    if (this.#lostFrom !== undefined || this.#characters + text.length + entryCharacters > this.limit) {
      this.lose(text.length + dropped, step);
      this.passOn?.(entry);
      return;
    }
    this.#characters += text.length + entryCharacters;
    this.kept(entry);
    const place = this.#after(step);
    if (place < this.#entries.length) this.#late += 1;
    const last = this.#entries[place - 1];
    if (last?.step === step && last.stream === stream) this.#entries[place - 1] = joined(last, entry);
    else this.#entries.splice(place, 0, entry);
  }

  /** The number of pieces printed up to and including a step. */
  countUpTo(step: number): number {
    return this.#after(step);
  }

  /** What was printed in one step, in order. */
  of(step: number): Printed[] {
    return this.#entries.slice(this.#after(step - 1), this.#after(step)).map(({ step: _, ...printed }) => printed);
  }

  /** The index of the first entry after a step. */
  #after(step: number): number {
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#entries[middle]?.step ?? 0) <= step) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function joined(first: Entry, second: Entry): Entry {
  const dropped = (first.dropped ?? 0) + (second.dropped ?? 0);
  return { ...first, text: first.text + second.text, ...(dropped > 0 ? { dropped } : {}) };
}
