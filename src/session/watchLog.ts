/**
 * What watches gave, at each step at which they were evaluated. What was looked at or evaluated last is in memory, the rest in the
 * trace's file.
 */
import type { TaskId } from "../core/task";
import type { Watch } from "../protocol/panel";
import type { Shelf } from "./recording/shelf";
import { isSameVariable, type Scopes, type Variable } from "./scopes";
import { pageOf, WatchPage } from "./watchPage";

/** What a watch gave, or why it gave nothing. */
export type Watched = { readonly text: string } | { readonly error: string };

/** What one watch gave at one step. */
export interface WatchEntry {
  readonly step: number;
  readonly expression: string;
  readonly seen: Watched;
  /** The task whose locals the expression saw; left out where it saw none, but a module alone. */
  readonly task?: TaskId | undefined;
}

/** Steps that follow each other. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** A step at which a watch changed, if there is one, and where on the way to it that is not known of every step. */
export interface ChangeFound {
  readonly step?: number;
  readonly unknown?: Stretch;
}

/** How many pages stay in memory; those that were looked at least recently go first. */
const maxPages = 16;

export class WatchLog {
  readonly #pages = new Map<number, WatchPage>();
  #unwritten: WatchEntry[] = [];

  /**
   * @param scopes what names stand for at the steps
   * @param shelf where pages go; left out, they stay in memory
   */
  constructor(
    readonly scopes: Pick<Scopes, "moduleOf" | "previous" | "next">,
    readonly shelf?: Shelf<WatchEntry>,
  ) {}

  /** What is not in the file yet. */
  get unwritten(): readonly WatchEntry[] {
    return this.#unwritten;
  }

  /** Says that all of it is written. */
  forgetUnwritten(): void {
    this.#unwritten = [];
  }

  /** Writes what the file did not take before. */
  flush(): void {
    if (this.shelf?.problem) this.#makeRoom(this.shelf);
  }

  /** All that is kept, in portions. What was recorded twice may come twice; the last counts. */
  *all(): Iterable<readonly WatchEntry[]> {
    for (const number of this.#numbers) yield this.#pages.get(number)?.entries ?? this.shelf?.get(number) ?? [];
  }

  record(entry: WatchEntry): void {
    const number = pageOf(entry.step);
    const page = this.#page(number) ?? this.#keep(number, new WatchPage());
    page.set(entry);
    if (this.shelf) this.#unwritten.push(entry);
  }

  has(step: number, expression: string): boolean {
    return this.entryAt(step, expression) !== undefined;
  }

  /** What was recorded of a watch at a step. */
  entryAt(step: number, expression: string): WatchEntry | undefined {
    return this.#page(pageOf(step))?.at(step, expression);
  }

  /** A watch as it is shown at a step, with what it was at the step before where that is another text. */
  at(step: number, expression: string): Watch {
    const entry = this.entryAt(step, expression);
    const { was } = this.#compared(entry);
    return { expression, ...entry?.seen, ...(was === undefined ? {} : { was }) };
  }

  /** Whether it cannot be told if a watch changed at a step, since nobody evaluated it at the step before. */
  lacksBefore(step: number, expression: string): boolean {
    return !this.#compared(this.entryAt(step, expression)).isKnown;
  }

  /** What an expression stands for where it was evaluated. */
  variableOf({ task, step }: WatchEntry): Variable {
    return task === undefined ? { module: this.scopes.moduleOf(step) } : { task };
  }

  /** The step with which another is compared: the one before at which the same variable is to be seen. */
  stepBefore(entry: WatchEntry): number | undefined {
    return entry.step === 0 ? undefined : this.scopes.previous(this.variableOf(entry), entry.step - 1);
  }

  /** The nearest step before another at which a watch had changed: what it saw at that step, where it gave something there. */
  changeBefore(step: number, expression: string): ChangeFound {
    return step > 1 ? this.#nearest(expression, this.#seenAt(step, expression), step - 1, 1) : {};
  }

  /** The nearest step after another, up to the last, at which it had changed. */
  changeAfter(step: number, expression: string, last: number): ChangeFound {
    return step < last ? this.#nearest(expression, this.#seenAt(step, expression), step + 1, last) : {};
  }

  #seenAt(step: number, expression: string): Variable | undefined {
    const entry = this.entryAt(step, expression);
    return entry && textOf(entry) !== undefined ? this.variableOf(entry) : undefined;
  }

  /** What was there at the step before, if that is something else. That it gave nothing is something else, whatever the reason. */
  #compared(entry: WatchEntry | undefined): Compared {
    const before = entry && this.stepBefore(entry);
    if (!entry || before === undefined) return { isKnown: true };
    const earlier = this.entryAt(before, entry.expression);
    if (!earlier) return { isKnown: false };
    const isOther = isSameVariable(this.variableOf(earlier), this.variableOf(entry)) && textOf(earlier) !== textOf(entry);
    return { isKnown: true, ...(isOther ? { was: "text" in earlier.seen ? earlier.seen.text : earlier.seen.error } : {}) };
  }

  /** Goes from one step to another, backwards or forwards, to the first at which a variable changed, or any if none is named. */
  #nearest(expression: string, variable: Variable | undefined, from: number, to: number): ChangeFound {
    const ahead = from <= to ? 1 : -1;
    let unknown: Stretch | undefined;
    let next = from;
    for (const step of this.#evaluated(expression, from, to)) {
      if (step !== next) unknown = this.#widened(unknown, variable, next, step - ahead);
      const entry = this.entryAt(step, expression);
      const isIt = !variable || (entry && isSameVariable(variable, this.variableOf(entry)));
      const { was, isKnown } = isIt ? this.#compared(entry) : { was: undefined, isKnown: true };
      if (was !== undefined) return { step, ...(unknown ? { unknown } : {}) };
      if (!isKnown) unknown = this.#widened(unknown, variable, step, step);
      next = step + ahead;
    }
    if (next !== to + ahead) unknown = this.#widened(unknown, variable, next, to);
    return unknown ? { unknown } : {};
  }

  /** A stretch with the steps between two others among it, as far as a variable is to be seen at them. */
  #widened(stretch: Stretch | undefined, variable: Variable | undefined, ...steps: readonly [number, number]) {
    const [first, last] = [Math.min(...steps), Math.max(...steps)];
    const from = variable ? this.scopes.next(variable, first) : first;
    const to = variable ? this.scopes.previous(variable, last) : last;
    if (from === undefined || to === undefined || from > to) return stretch;
    return { from: Math.min(from, stretch?.from ?? from), to: Math.max(to, stretch?.to ?? to) };
  }

  /** The steps between two at which an expression was evaluated, in the direction from one to the other. */
  *#evaluated(expression: string, from: number, to: number): Iterable<number> {
    const [first, last] = [Math.min(from, to), Math.max(from, to)];
    const numbers = this.#numbers.filter((number) => number >= pageOf(first) && number <= pageOf(last));
    for (const number of from <= to ? numbers : numbers.reverse()) {
      const steps = (this.#page(number)?.stepsOf(expression) ?? []).filter((step) => step >= first && step <= last);
      yield* from <= to ? steps : steps.reverse();
    }
  }

  /** In ascending order. */
  get #numbers(): number[] {
    return [...new Set([...this.#pages.keys(), ...(this.shelf?.numbers ?? [])])].sort((one, other) => one - other);
  }

  #page(number: number): WatchPage | undefined {
    const page = this.#pages.get(number);
    if (!page) return this.shelf?.has(number) ? this.#keep(number, pageWith(this.shelf.get(number))) : undefined;
    this.#pages.delete(number);
    this.#pages.set(number, page);
    return page;
  }

  #keep(number: number, page: WatchPage): WatchPage {
    this.#pages.set(number, page);
    if (this.shelf) this.#makeRoom(this.shelf);
    return page;
  }

  /** While the file takes nothing, all stays in memory. */
  #makeRoom(shelf: Shelf<WatchEntry>): void {
    for (const oldest of this.#pages.keys()) {
      if (this.#pages.size <= maxPages) return;
      if (this.#unwritten.length > 0 && !shelf.put(this.#unwritten)) return;
      this.#unwritten = [];
      this.#pages.delete(oldest);
    }
  }
}

/** Whether it is known what was there at the step before, and what it was, where the two are not the same. */
interface Compared {
  readonly isKnown: boolean;
  readonly was?: string;
}

/** What an expression gave; undefined where it gave nothing. */
export function textOf(entry: Pick<WatchEntry, "seen"> | undefined): string | undefined {
  return entry && "text" in entry.seen ? entry.seen.text : undefined;
}

function pageWith(entries: readonly WatchEntry[]): WatchPage {
  const page = new WatchPage();
  for (const entry of entries) page.set(entry);
  return page;
}
