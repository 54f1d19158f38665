/**
 * The values of watches at every step at which they were evaluated. Recently used ones are in memory, the rest in the trace's
 * file.
 */
import { parseWatch } from "../../core/watchText";
import type { Watch } from "../../protocol/watches";
import type { PagedStore } from "./pagedStore";
import { isSameVariable, type Scopes, type Variable } from "./scopes";
import type { WatchEntry } from "./watchEntry";
import { pageOf, WatchPage } from "./watchPage";

/** Consecutive steps. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** The step at which a watch changed, if there is one, and the range of steps on the way in which the watch was not evaluated. */
export interface ChangeFound {
  readonly step?: number;
  readonly unknown?: Stretch;
}

/** The maximum number of steps that are skipped because a variable is hidden there. */
const mostHidden = 1_000;

/** The maximum number of pages in memory. The least recently used are dropped first. */
const maxPages = 16;

export class WatchLog {
  readonly #pages = new Map<number, WatchPage>();
  #unwritten: WatchEntry[] = [];

  /**
   * @param scopes which variable a name refers to at a step
   * @param store where pages are written; left out, they stay in memory
   */
  constructor(
    readonly scopes: Pick<Scopes, "moduleOf" | "driverAt" | "previous" | "next">,
    readonly store?: PagedStore<WatchEntry>,
  ) {}

  /** The entries that are not in the file yet. */
  get unwritten(): readonly WatchEntry[] {
    return this.#unwritten;
  }

  /** Must be called when the unwritten entries have been written. */
  forgetUnwritten(): void {
    this.#unwritten = [];
  }

  /** Writes what the file did not accept before. */
  flush(): void {
    if (this.store?.problem) this.#makeRoom(this.store);
  }

  /**
   * All entries, in batches. An entry that was recorded twice may occur twice; the last one is valid.
   *
   * @throws Error if the file is closed in the meantime
   */
  *all(): Iterable<readonly WatchEntry[]> {
    for (const number of this.#numbers) yield this.#pages.get(number)?.entries ?? this.store?.get(number) ?? [];
  }

  record(entry: WatchEntry): void {
    const number = pageOf(entry.step);
    const page = this.#page(number) ?? this.#keep(number, new WatchPage());
    page.set(entry);
    if (this.store) this.#unwritten.push(entry);
  }

  has(step: number, expression: string): boolean {
    return this.entryAt(step, expression) !== undefined;
  }

  /** The entry of a watch at a step. */
  entryAt(step: number, expression: string): WatchEntry | undefined {
    return this.#page(pageOf(step))?.at(step, expression);
  }

  /** A watch as it is displayed at a step, with its previous visible value if that is different. */
  at(step: number, expression: string): Watch {
    const entry = this.entryAt(step, expression);
    const was = entry && wasBefore(entry, this.earlier(entry).entry);
    return { expression, ...entry?.seen, ...(was === undefined ? {} : { was }) };
  }

  /** The variable that the expression of an entry refers to. */
  variableOf({ expression, task, step }: WatchEntry): Variable {
    if (parseWatch(expression).isOfScheduler) return { driver: this.scopes.driverAt(step) ?? null };
    return task === undefined ? { module: this.scopes.moduleOf(step) } : { task };
  }

  /**
   * The previous entry for the same variable, with which an entry is compared. Steps at which the variable is hidden are skipped.
   *
   * @returns the entry, if there is one, or the step at which it is unknown because the watch was not evaluated
   */
  earlier(entry: WatchEntry): { readonly entry?: WatchEntry; readonly unknown?: number } {
    const variable = this.variableOf(entry);
    for (let { step } = entry, passed = 0; step > 0 && passed < mostHidden; passed += 1) {
      const before = this.scopes.previous(variable, step - 1);
      if (before === undefined) return {};
      const earlier = this.entryAt(before, entry.expression);
      if (!earlier) return { unknown: before };
      if (isSameVariable(this.variableOf(earlier), variable)) return { entry: earlier };
      step = before;
    }
    return {};
  }

  /**
   * The steps that must be captured to tell whether a watch changed at a step; empty if that is known.
   *
   * @param most the maximum number of steps returned. More may turn out to be needed if the variable is hidden at those
   */
  missingBefore(step: number, expression: string, most = 1): number[] {
    const entry = this.entryAt(step, expression);
    const steps: number[] = [];
    for (let next = entry && this.earlier(entry).unknown; entry && next !== undefined && steps.length < most; ) {
      steps.push(next);
      next = next > 0 ? this.scopes.previous(this.variableOf(entry), next - 1) : undefined;
    }
    return steps;
  }

  /** The nearest step before `step` at which the variable that the watch refers to had changed. */
  changeBefore(step: number, expression: string): ChangeFound {
    return this.#nearest(step, expression, step - 1, 1);
  }

  /** The nearest step after `step`, up to `last`, at which the variable that the watch refers to had changed. */
  changeAfter(step: number, expression: string, last: number): ChangeFound {
    return this.#nearest(step, expression, step + 1, last);
  }

  /**
   * Searches from one step to another, in either direction, for the first step at which the value seen at `origin` had changed. If the
   * watch was not evaluated at `origin`, finds the first step with any known change.
   */
  #nearest(origin: number, expression: string, from: number, to: number): ChangeFound {
    const here = this.entryAt(origin, expression);
    const variable = here && this.variableOf(here);
    const ahead = from > origin ? 1 : -1;
    let unknown: Stretch | undefined = here ? undefined : { from: origin, to: origin };
    let next = from;
    for (const step of this.#evaluated(expression, from, to, ahead)) {
      if (step !== next) unknown = this.#widened(unknown, variable, next, step - ahead);
      next = step + ahead;
      const entry = this.entryAt(step, expression);
      if (!entry || (variable && !isSameVariable(variable, this.variableOf(entry)))) continue;
      const earlier = this.earlier(entry);
      if (wasBefore(entry, earlier.entry) !== undefined) return { step, ...(unknown ? { unknown } : {}) };
      if (earlier.unknown !== undefined) unknown = this.#widened(unknown, variable, step, step);
    }
    if ((to - next) * ahead >= 0) unknown = this.#widened(unknown, variable, next, to);
    return unknown ? { unknown } : {};
  }

  /** Extends a range of unevaluated steps by those between two steps, if the variable may be visible there. */
  #widened(stretch: Stretch | undefined, { task }: Variable = {}, ...steps: readonly [number, number]) {
    const [first, last] = [Math.min(...steps), Math.max(...steps)];
    const from = task === undefined ? first : this.scopes.next(task, first);
    const to = task === undefined ? last : this.scopes.previous({ task }, last);
    if (from === undefined || to === undefined || from > to) return stretch;
    return { from: Math.min(from, stretch?.from ?? from), to: Math.max(to, stretch?.to ?? to) };
  }

  /** The steps between two steps at which an expression was evaluated, in the direction of the search. */
  *#evaluated(expression: string, from: number, to: number, ahead: 1 | -1): Iterable<number> {
    const [first, last] = ahead > 0 ? [from, to] : [to, from];
    const numbers = this.#numbers.filter((number) => number >= pageOf(first) && number <= pageOf(last));
    for (const number of ahead > 0 ? numbers : numbers.reverse()) {
      const steps = (this.#page(number)?.stepsOf(expression) ?? []).filter((step) => step >= first && step <= last);
      yield* ahead > 0 ? steps : steps.reverse();
    }
  }

  /** The numbers of all pages, in ascending order. */
  get #numbers(): number[] {
    return [...new Set([...this.#pages.keys(), ...(this.store?.numbers ?? [])])].sort((one, other) => one - other);
  }

  #page(number: number): WatchPage | undefined {
    const page = this.#pages.get(number);
    if (!page) return this.store?.has(number) ? this.#keep(number, pageWith(this.store.get(number))) : undefined;
    this.#pages.delete(number);
    this.#pages.set(number, page);
    return page;
  }

  #keep(number: number, page: WatchPage): WatchPage {
    this.#pages.set(number, page);
    if (this.store) this.#makeRoom(this.store);
    return page;
  }

  /** Drops the least recently used pages. If the file does not accept data, everything stays in memory. */
  #makeRoom(store: PagedStore<WatchEntry>): void {
    for (const oldest of this.#pages.keys()) {
      if (this.#pages.size <= maxPages) return;
      if (this.#unwritten.length > 0 && !store.put(this.#unwritten)) return;
      this.#unwritten = [];
      this.#pages.delete(oldest);
    }
  }
}

/** The value of an entry; undefined if its evaluation failed. */
export function textOf(entry: Pick<WatchEntry, "seen"> | undefined): string | undefined {
  return entry && "text" in entry.seen ? entry.seen.text : undefined;
}

/** The value or error of an earlier entry, if it differs. */
function wasBefore(entry: WatchEntry, earlier: WatchEntry | undefined): string | undefined {
  if (!earlier || textOf(earlier) === textOf(entry)) return undefined;
  return "text" in earlier.seen ? earlier.seen.text : earlier.seen.error;
}

function pageWith(entries: readonly WatchEntry[]): WatchPage {
  const page = new WatchPage();
  for (const entry of entries) page.set(entry);
  return page;
}
