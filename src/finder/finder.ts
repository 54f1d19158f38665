// Finds the generator functions of one document, and again after each edit, without flicker while a line is half typed.

import { type Tree, TreeFragment } from "@lezer/common";
import { difference, explains, moved, movedOffsets } from "./changes";
import { errorsIn } from "./damage";
import type { Found, GeneratorFunction, TextChange } from "./generators";
import { grammarOf, type Language } from "./languages";
import { linePrefix, placesOf } from "./lines";
import { describedHidden, type Hidden, hiddenIn, type Unreachable } from "./unreachable";

/** What one look at a text gave. */
interface Reading {
  tree: Tree;
  found: Found[];
  errors: number[];
  isFragile: boolean;
}

/**
 * The generators of one document over its edits.
 *
 * One rule keeps lenses in place: while an edit has left the text damaged, a generator that was known before and whose
 * header was not edited stays as it was, moved with the text, even if the damage swallows or nests it. Once the damage is
 * gone, only what the text says counts.
 *
 * Damage is an error of the parser that was not there when the text was last trusted: a file may hold valid code that the
 * parser does not know, and such errors, there from the start, are no reason to keep anything.
 */
export class Finder {
  private readonly language: Language;
  private text = "";
  private fragments: readonly TreeFragment[] = [];
  private known: Found[] = [];
  private accepted: ReadonlySet<number> = new Set();
  /** Found when somebody asks, since few do. */
  private hidden: (() => Hidden[]) | undefined;

  constructor(language: Language) {
    this.language = language;
  }

  /**
   * The generators of the text as it is now, in its order. Changes, ascending and all relative to the last text, spare
   * comparing the two texts; without them, or when they do not add up, they are worked out.
   */
  update(text: string, changes?: readonly TextChange[]): GeneratorFunction[] {
    const edits = changes && explains(changes, this.text, text) ? changes : difference(this.text, text);
    const accepted = movedOffsets(this.accepted, edits);
    const reusable = TreeFragment.applyChanges(this.fragments, edits);
    let reading = this.read(text, reusable);
    if (isDoubtful(reading, accepted)) reading = this.read(text, []);
    const damaged = this.known.length > 0 && reading.errors.some((offset) => !accepted.has(offset));
    this.accepted = damaged ? accepted : new Set(reading.errors);
    this.known = damaged ? merge(reading.found, this.kept(text, edits)) : reading.found;
    if (damaged) this.moveHidden(edits);
    else this.hidden = once(() => hiddenIn(text, this.language, reading.tree, reading.found));
    // A damaged tree would carry its damage on.
    this.fragments = damaged ? reusable : TreeFragment.addTree(reading.tree);
    this.text = text;
    return located(text, this.known);
  }

  /** Those generators of the text that no call reaches; as with the others, what is half typed leaves them in place. */
  get unreachable(): Unreachable[] {
    return describedHidden(this.text, this.language, this.hidden?.() ?? []);
  }

  private moveHidden(edits: readonly TextChange[]): void {
    const hidden = this.hidden?.().flatMap((one) => moved(one, edits) ?? []) ?? [];
    this.hidden = () => hidden;
  }

  private read(text: string, reusable: readonly TreeFragment[]): Reading {
    const grammar = grammarOf(this.language);
    const tree = grammar.parse(text, reusable);
    const collected = grammar.collect(tree, text);
    const { found, tolerated, suspect } = collected;
    const errors = [...errorsIn(tree), ...suspect].filter((offset) => !tolerated.includes(offset));
    return { tree, found, errors, isFragile: errors.length > 0 && grammar.isFragile(text, collected) };
  }

  private kept(text: string, edits: readonly TextChange[]): Found[] {
    const { revoked } = grammarOf(this.language);
    return this.known.flatMap((before) => {
      const now = moved(before, edits);
      const intact = now && header(text, now) === header(this.text, before) && !revoked.test(linePrefix(text, now.from));
      return intact ? [now] : [];
    });
  }
}

function once<T>(find: () => T): () => T {
  let found: { value: T } | undefined;
  return () => {
    found ??= { value: find() };
    return found.value;
  };
}

/** The generators of a text that has no earlier version. */
export function findGenerators(text: string, language: Language): GeneratorFunction[] {
  return new Finder(language).update(text);
}

/**
 * Whether what was reused may have misled the parser: there is a new error in fragile code, or of the errors that were
 * accepted some are gone, and the others may have come from the same damage.
 */
function isDoubtful({ errors, isFragile }: Reading, accepted: ReadonlySet<number>): boolean {
  const left = errors.filter((offset) => accepted.has(offset)).length;
  return (isFragile && left < errors.length) || (errors.length > 0 && left < accepted.size);
}

function header(text: string, { from, headerTo }: Found): string {
  return text.slice(from, headerTo);
}

/** Both lists as one; where they overlap, what was known before. */
function merge(found: readonly Found[], kept: readonly Found[]): Found[] {
  const misread = (one: Found) => kept.some(({ from, headerTo }) => one.from < headerTo && from < one.headerTo);
  return [...found.filter((one) => !misread(one)), ...kept].sort((a, b) => a.from - b.from);
}

function located(text: string, found: readonly Found[]): GeneratorFunction[] {
  const offsets = new Set(found.flatMap(({ from, rivals = [] }) => [from, ...rivals]));
  const ascending = [...offsets].sort((a, b) => a - b);
  const places = placesOf(text, ascending);
  const placeOf = new Map(ascending.map((offset, index) => [offset, places[index] ?? { line: 1, column: 1 }]));
  return found.map(({ from, headerTo, name, kind, rivals, ...rest }) => {
    const { line, column } = placeOf.get(from) ?? { line: 1, column: 1 };
    const others = rivals?.map((offset) => placeOf.get(offset)?.line ?? 1);
    return { name, kind, line, column, ...rest, ...(others ? { rivals: others } : {}) };
  });
}
