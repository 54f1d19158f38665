// Finds the generator functions of one document, and updates them after each edit, without flicker while a line is half typed.

import { type Tree, TreeFragment } from "@lezer/common";
import { difference, explains, moved, movedOffsets } from "./changes";
import { errorsIn } from "./damage";
import type { Found, GeneratorFunction, TextChange } from "./generators";
import { grammarOf, type Language } from "./languages";
import { linePrefix, type Place, placesOf } from "./lines";
import { type FoundStart, programStartIn } from "./programStart";
import { describedTaskLines, type FoundTaskLine, type TaskLine, taskLinesIn } from "./taskLines";
import { describedHidden, type Hidden, hiddenIn, type Unreachable } from "./unreachable";

/** The result of parsing a text. */
interface Reading {
  tree: Tree;
  found: Found[];
  errors: number[];
  isFragile: boolean;
}

/**
 * The generators of one document across its edits.
 *
 * One rule keeps lenses in place: while an edit has left the text damaged, a generator that was known before, and whose header was
 * not edited, is kept and moved with the text, even if the damage hides or nests it. When the damage is gone, only the text counts.
 *
 * Damage means a parser error that did not exist when the text was last trusted. A file may contain valid code that the parser does
 * not support. Errors that existed from the start are no reason to keep anything.
 */
export class Finder {
  private readonly language: Language;
  private text = "";
  private fragments: readonly TreeFragment[] = [];
  private known: Found[] = [];
  private tasks: FoundTaskLine[] = [];
  /** At most one. */
  private starts: FoundStart[] = [];
  private accepted: ReadonlySet<number> = new Set();
  /** Computed on demand, since it is rarely needed. */
  private hidden: (() => Hidden[]) | undefined;

  constructor(language: Language) {
    this.language = language;
  }

  /**
   * The generators of the current text, in text order. `changes` must be ascending, with all offsets relative to the previous text. They
   * save a comparison of the two texts. If they are left out or inconsistent, they are computed.
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
    const tasks = taskLinesIn(text, reading.tree);
    this.tasks = damaged ? merge(tasks, movedAll(this.tasks, edits)) : tasks;
    const start = damaged ? undefined : programStartIn(text, this.language, reading.tree);
    this.starts = damaged ? movedAll(this.starts, edits) : start ? [start] : [];
    if (damaged) this.moveHidden(edits);
    else this.hidden = once(() => hiddenIn(text, this.language, reading.tree, reading.found));
    // Reusing a damaged tree would preserve the damage.
    this.fragments = damaged ? reusable : TreeFragment.addTree(reading.tree);
    this.text = text;
    return located(text, this.known);
  }

  /** The generators in the text that no call can reach. As with the others, half-typed code does not remove them. */
  get unreachable(): Unreachable[] {
    return describedHidden(this.text, this.language, this.hidden?.() ?? []);
  }

  /** The comment lines of the text that name tasks; what is half typed leaves those in place, too. */
  get taskLines(): TaskLine[] {
    return describedTaskLines(this.text, this.language, this.tasks);
  }

  /** The first statement of the text that runs something; undefined if there is none. It stays in place while code is half typed. */
  get programStart(): Place | undefined {
    return placesOf(
      this.text,
      this.starts.map(({ from }) => from),
    )[0];
  }

  private moveHidden(edits: readonly TextChange[]): void {
    const hidden = movedAll(this.hidden?.() ?? [], edits);
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

/** The generators in a text without an earlier version. */
export function findGenerators(text: string, language: Language): GeneratorFunction[] {
  return new Finder(language).update(text);
}

/**
 * Whether reuse may have misled the parser: there are errors, and either the code is fragile, or the text was trusted with errors
 * before. A parser that reuses what follows an edit can meet such an error again, even if the edit repaired it.
 */
function isDoubtful({ errors, isFragile }: Reading, accepted: ReadonlySet<number>): boolean {
  return errors.length > 0 && (isFragile || accepted.size > 0);
}

function header(text: string, { from, headerTo }: Found): string {
  return text.slice(from, headerTo);
}

function movedAll<F extends Pick<Found, "from" | "headerTo">>(found: readonly F[], edits: readonly TextChange[]): F[] {
  return found.flatMap((one) => moved(one, edits) ?? []);
}

/** Merges both lists. Where they overlap, what was known before takes precedence. */
function merge<F extends Pick<Found, "from" | "headerTo">>(found: readonly F[], kept: readonly F[]): F[] {
  const misread = (one: F) => kept.some(({ from, headerTo }) => one.from < headerTo && from < one.headerTo);
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
