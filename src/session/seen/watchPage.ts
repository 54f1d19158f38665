/**
 * The results of watches in a range of steps: the unit that is read and written together.
 */
import type { WatchEntry } from "./watchEntry";

/** Few enough that a page is read quickly, and enough that looking back over a long run reads few pages. */
const pageSteps = 256;

/** More watches than anybody has: a file could name any number. */
const maxExpressions = 1_000;

/** The number of the page on which a step is, from 1 on. */
export function pageOf(step: number): number {
  return Math.floor(step / pageSteps) + 1;
}

export class WatchPage {
  readonly #columns = new Map<string, Map<number, WatchEntry>>();

  /** Takes an entry in place of an earlier one. */
  set(entry: WatchEntry): void {
    const { expression, step } = entry;
    const column = this.#columns.get(expression) ?? new Map<number, WatchEntry>();
    if (column.size === 0 && this.#columns.size >= maxExpressions) return;
    this.#columns.set(expression, column.set(step, entry));
  }

  at(step: number, expression: string): WatchEntry | undefined {
    return this.#columns.get(expression)?.get(step);
  }

  /** The steps at which an expression was evaluated, in ascending order. */
  stepsOf(expression: string): number[] {
    return [...(this.#columns.get(expression)?.keys() ?? [])].sort((one, other) => one - other);
  }

  get entries(): WatchEntry[] {
    return [...this.#columns.values()].flatMap((column) => [...column.values()]);
  }
}
