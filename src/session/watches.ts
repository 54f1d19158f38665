/**
 * Watches: expressions that are evaluated whenever the run rests, and what they gave at each step where they were.
 */
import type { Watch } from "../protocol/panel";
import type { Value } from "../protocol/runner";
import { UserCodeError } from "./errors";

/** What a watch gave, or why it gave nothing. */
export type Watched = { readonly text: string } | { readonly error: string };

/** How many steps of one watch are kept; what was recorded first goes first. */
const maxKept = 1_000;

/** The watched expressions of a session; a restart keeps them. */
export class Watches {
  #list: readonly string[] = [];

  /** @param changed called after every change */
  constructor(readonly changed: () => void) {}

  /** In the order of adding. */
  get list(): readonly string[] {
    return this.#list;
  }

  /** Watches an expression of the file's language. One that is watched already stays where it is. */
  add(expression: string): void {
    const wanted = expression.trim();
    if (wanted === "" || this.#list.includes(wanted)) return;
    this.#list = [...this.#list, wanted];
    this.changed();
  }

  remove(expression: string): void {
    this.#list = this.#list.filter((each) => each !== expression);
    this.changed();
  }
}

/** What one watch gave at one step. */
export interface WatchEntry {
  readonly step: number;
  readonly expression: string;
  readonly seen: Watched;
}

/** What the watches of one run gave, by step. */
export class WatchLog {
  readonly #columns = new Map<string, Column>();

  /** @param recorded called with everything that is recorded */
  constructor(readonly recorded: (entry: WatchEntry) => void = () => undefined) {}

  /** All that is kept, by expression, what was recorded first first. */
  get entries(): WatchEntry[] {
    return [...this.#columns].flatMap(([expression, column]) => column.entries.map((entry) => ({ expression, ...entry })));
  }

  record(step: number, expression: string, seen: Watched): void {
    this.recorded({ step, expression, seen });
    const column = this.#columns.get(expression) ?? new Column();
    this.#columns.set(expression, column);
    column.record(step, seen);
  }

  /**
   * Evaluates the expressions of which it is not known what they gave at a step, one after the other.
   *
   * @throws whatever is no fault of an expression
   */
  async complete(step: number, expressions: readonly string[], evaluate: (expression: string) => Promise<Value>): Promise<void> {
    for (const expression of expressions) {
      if (!this.has(step, expression)) this.record(step, expression, await watchedValue(evaluate(expression)));
    }
  }

  has(step: number, expression: string): boolean {
    return this.#columns.get(expression)?.at(step) !== undefined;
  }

  /** A watch as it is shown at a step. */
  at(step: number, expression: string): Watch {
    const column = this.#columns.get(expression);
    const was = column?.was(step);
    return { expression, ...column?.at(step), ...(was === undefined ? {} : { was }) };
  }

  /** The nearest step before another at which the watch had changed, of those that were recorded. */
  changeBefore(step: number, expression: string): number | undefined {
    const column = this.#columns.get(expression);
    return column?.steps.findLast((each) => each < step && column.was(each) !== undefined);
  }

  /** The nearest step after another at which the watch had changed. */
  changeAfter(step: number, expression: string): number | undefined {
    const column = this.#columns.get(expression);
    return column?.steps.find((each) => each > step && column.was(each) !== undefined);
  }
}

class Column {
  readonly #seen = new Map<number, Watched>();
  /** In ascending order, whatever the order of recording. */
  readonly steps: number[] = [];

  record(step: number, seen: Watched): void {
    if (!this.#seen.has(step)) this.steps.splice(this.#place(step), 0, step);
    this.#seen.set(step, seen);
    if (this.#seen.size > maxKept) this.#forget(this.#seen.keys().next().value as number);
  }

  /** In the order of recording. */
  get entries(): { readonly step: number; readonly seen: Watched }[] {
    return [...this.#seen].map(([step, seen]) => ({ step, seen }));
  }

  at(step: number): Watched | undefined {
    return this.#seen.get(step);
  }

  /** What it was when it was recorded last, if that is another text. Steps at which it gave nothing do not count. */
  was(step: number): string | undefined {
    const now = this.#textAt(step);
    if (now === undefined) return undefined;
    for (let index = this.#place(step) - 1; index >= 0; index -= 1) {
      const before = this.#textAt(this.steps[index] as number);
      if (before !== undefined) return before === now ? undefined : before;
    }
    return undefined;
  }

  #textAt(step: number): string | undefined {
    const seen = this.#seen.get(step);
    return seen && "text" in seen ? seen.text : undefined;
  }

  #forget(step: number): void {
    this.#seen.delete(step);
    this.steps.splice(this.#place(step), 1);
  }

  /** The position of the first recorded step that is not before this one. */
  #place(step: number): number {
    let low = 0;
    let high = this.steps.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.steps[middle] as number) < step) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** An expression that throws has an error at this step, and may have a value at another. */
async function watchedValue(evaluation: Promise<Value>): Promise<Watched> {
  try {
    return { text: (await evaluation).text };
  } catch (error) {
    if (error instanceof UserCodeError) return { error: error.message };
    throw error;
  }
}
