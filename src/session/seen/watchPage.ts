/**
 * The values of watches in a range of steps, which are read and written together.
 */
import type { WatchEntry } from "./watchEntry";

/** Small enough to be read quickly, and large enough that a search through a long run reads few pages. */
const pageSteps = 256;

/** The maximum number of watches on a page, far more than anybody needs. A damaged file could name any number. */
const maxExpressions = 1_000;

/** The number of the page that contains a step, counted from 1. */
export function pageOf(step: number): number {
  return Math.floor(step / pageSteps) + 1;
}

export class WatchPage {
  readonly #columns = new Map<string, Map<number, WatchEntry>>();

  /** Adds an entry. Replaces an earlier one for the same step and expression. */
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
