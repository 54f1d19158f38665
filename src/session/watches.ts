/**
 * Watches: expressions that are evaluated whenever the run rests, and what they gave at each step where they were.
 */
import type { TaskId } from "../core/task";
import type { Watch } from "../protocol/panel";
import type { Frame, Value } from "../protocol/runner";
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
  /** The task whose locals the expression saw; left out where it saw none, but the module alone. */
  readonly task?: TaskId;
}

/** Where a watch is evaluated. */
export interface WatchedAt {
  readonly step: number;
  /** The task that ran last, and its stack, innermost last. */
  readonly task: TaskId | undefined;
  readonly frames: readonly Frame[];
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

  record(entry: WatchEntry): void {
    this.recorded(entry);
    const { step, expression, ...seen } = entry;
    const column = this.#columns.get(expression) ?? new Column();
    this.#columns.set(expression, column);
    column.record(step, seen);
  }

  /**
   * Evaluates the expressions of which it is not known what they gave at a step, one after the other.
   *
   * @throws whatever is no fault of an expression
   */
  async complete(
    { step, task, frames }: WatchedAt,
    expressions: readonly string[],
    evaluate: (expression: string) => Promise<Value>,
  ): Promise<void> {
    for (const expression of expressions) {
      if (this.has(step, expression)) continue;
      const seen = await watchedValue(evaluate(expression));
      const isLocal = task !== undefined && mentions(expression, frames.at(-1)?.locals ?? []);
      this.record({ step, expression, seen, ...(isLocal ? { task } : {}) });
    }
  }

  has(step: number, expression: string): boolean {
    return this.#columns.get(expression)?.at(step) !== undefined;
  }

  /** A watch as it is shown at a step. */
  at(step: number, expression: string): Watch {
    const column = this.#columns.get(expression);
    const was = column?.was(step);
    return { expression, ...column?.at(step)?.seen, ...(was === undefined ? {} : { was }) };
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

/** What is kept of a step. */
type Kept = Pick<WatchEntry, "seen" | "task">;

class Column {
  readonly #kept = new Map<number, Kept>();
  /** In ascending order, whatever the order of recording. */
  readonly steps: number[] = [];

  record(step: number, kept: Kept): void {
    if (!this.#kept.has(step)) this.steps.splice(this.#place(step), 0, step);
    this.#kept.set(step, kept);
    if (this.#kept.size > maxKept) this.#forget(this.#kept.keys().next().value as number);
  }

  /** In the order of recording. */
  get entries(): ({ readonly step: number } & Kept)[] {
    return [...this.#kept].map(([step, kept]) => ({ step, ...kept }));
  }

  at(step: number): Kept | undefined {
    return this.#kept.get(step);
  }

  /**
   * What it was when it was recorded last, if that is another text. Steps at which it gave nothing do not count, nor do those
   * at which it saw the locals of another task: these are other variables of the same name.
   */
  was(step: number): string | undefined {
    const now = this.#textAt(step);
    if (now === undefined) return undefined;
    const task = this.at(step)?.task;
    for (let index = this.#place(step) - 1; index >= 0; index -= 1) {
      const earlier = this.steps[index] as number;
      const before = this.at(earlier)?.task === task ? this.#textAt(earlier) : undefined;
      if (before !== undefined) return before === now ? undefined : before;
    }
    return undefined;
  }

  #textAt(step: number): string | undefined {
    const seen = this.#kept.get(step)?.seen;
    return seen && "text" in seen ? seen.text : undefined;
  }

  #forget(step: number): void {
    this.#kept.delete(step);
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

/** A name of a variable; what follows a dot is a property, but for what is spread. */
const names = /(?<!(?<!\.\.)\.\s*)[\p{ID_Start}$_][\p{ID_Continue}$]*/gu;

/** Whether an expression has the name of a local. A name in a string counts too, which does no harm. */
function mentions(expression: string, locals: readonly { readonly name: string }[]): boolean {
  const mentioned = new Set(expression.match(names));
  return locals.some(({ name }) => mentioned.has(name));
}
