/**
 * The results of watches at each step at which they were evaluated. Those looked at or evaluated last are in memory, the rest
 * in the trace's file.
 */
import type { Watch } from "../../protocol/panel";
import type { PagedStore } from "./pagedStore";
import { isSameVariable, type Scopes, type Variable } from "./scopes";
import type { WatchEntry } from "./watchEntry";
import { pageOf, WatchPage } from "./watchPage";

/** Steps that follow each other. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** A step at which a watch changed, if there is one, and where on the way to it some steps are unknown. */
export interface ChangeFound {
  readonly step?: number;
  readonly unknown?: Stretch;
}

/** The maximum number of steps that are skipped because a variable is hidden there. */
const mostHidden = 1_000;

/** How many pages stay in memory; the least recently used are dropped first. */
const maxPages = 16;

export class WatchLog {
  readonly #pages = new Map<number, WatchPage>();
  #unwritten: WatchEntry[] = [];

  /**
   * @param scopes what names stand for at the steps
   * @param store where pages go; left out, they stay in memory
   */
  constructor(
    readonly scopes: Pick<Scopes, "moduleOf" | "previous" | "next">,
    readonly store?: PagedStore<WatchEntry>,
  ) {}

  /** What is not in the file yet. */
  get unwritten(): readonly WatchEntry[] {
    return this.#unwritten;
  }

  /** Says that all of it is written. */
  forgetUnwritten(): void {
    this.#unwritten = [];
  }

  /** Writes what the file did not accept before. */
  flush(): void {
    if (this.store?.problem) this.#makeRoom(this.store);
  }

  /**
   * All that is kept, in portions. What was recorded twice may come twice; the last counts.
   *
   * @throws Error when the file is closed meanwhile
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

  /** What was recorded of a watch at a step. */
  entryAt(step: number, expression: string): WatchEntry | undefined {
    return this.#page(pageOf(step))?.at(step, expression);
  }

  /** A watch as it is shown at a step, with its previous visible value if that differs. */
  at(step: number, expression: string): Watch {
    const entry = this.entryAt(step, expression);
    const was = entry && wasBefore(entry, this.earlier(entry).entry);
    return { expression, ...entry?.seen, ...(was === undefined ? {} : { was }) };
  }

  /** The variable that an expression refers to where it was evaluated. */
  variableOf({ task, step }: WatchEntry): Variable {
    return task === undefined ? { module: this.scopes.moduleOf(step) } : { task };
  }

  /**
   * With what an entry is compared: the last one before it of the same variable. What hides it at the steps between is passed over.
   *
   * @returns the entry, if there is one; or the step at which nobody looked whether there is
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
   * Steps that have to be looked at to tell whether a watch changed at another one; none where that is known.
   *
   * @param most so many of them: what is hidden there too may take more
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

  /** The nearest step before another at which what a watch saw there had changed. */
  changeBefore(step: number, expression: string): ChangeFound {
    return this.#nearest(step, expression, step - 1, 1);
  }

  /** The nearest step after another, up to the last, at which it had changed. */
  changeAfter(step: number, expression: string, last: number): ChangeFound {
    return this.#nearest(step, expression, step + 1, last);
  }

  /**
   * From one step to another, in either direction: the first at which the value seen at `origin` changed, or any known one if it
   * was not evaluated there.
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

  /** A stretch with the steps between two others among it, as far as they can tell of a variable. */
  #widened(stretch: Stretch | undefined, { task }: Variable = {}, ...steps: readonly [number, number]) {
    const [first, last] = [Math.min(...steps), Math.max(...steps)];
    const from = task === undefined ? first : this.scopes.next(task, first);
    const to = task === undefined ? last : this.scopes.previous({ task }, last);
    if (from === undefined || to === undefined || from > to) return stretch;
    return { from: Math.min(from, stretch?.from ?? from), to: Math.max(to, stretch?.to ?? to) };
  }

  /** The steps between two at which an expression was evaluated, in the direction from one to the other. */
  *#evaluated(expression: string, from: number, to: number, ahead: 1 | -1): Iterable<number> {
    const [first, last] = ahead > 0 ? [from, to] : [to, from];
    const numbers = this.#numbers.filter((number) => number >= pageOf(first) && number <= pageOf(last));
    for (const number of ahead > 0 ? numbers : numbers.reverse()) {
      const steps = (this.#page(number)?.stepsOf(expression) ?? []).filter((step) => step >= first && step <= last);
      yield* ahead > 0 ? steps : steps.reverse();
    }
  }

  /** In ascending order. */
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

  /** While the file accepts nothing, everything stays in memory. */
  #makeRoom(store: PagedStore<WatchEntry>): void {
    for (const oldest of this.#pages.keys()) {
      if (this.#pages.size <= maxPages) return;
      if (this.#unwritten.length > 0 && !store.put(this.#unwritten)) return;
      this.#unwritten = [];
      this.#pages.delete(oldest);
    }
  }
}

/** The value of an expression; undefined if it has none. */
export function textOf(entry: Pick<WatchEntry, "seen"> | undefined): string | undefined {
  return entry && "text" in entry.seen ? entry.seen.text : undefined;
}

/** The value of another entry, or why it has none, if that differs. */
function wasBefore(entry: WatchEntry, earlier: WatchEntry | undefined): string | undefined {
  if (!earlier || textOf(earlier) === textOf(entry)) return undefined;
  return "text" in earlier.seen ? earlier.seen.text : earlier.seen.error;
}

function pageWith(entries: readonly WatchEntry[]): WatchPage {
  const page = new WatchPage();
  for (const entry of entries) page.set(entry);
  return page;
}
