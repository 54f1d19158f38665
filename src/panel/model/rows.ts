/**
 * The cached rows of a list, which is the whole trace or the matches of a search. They are cached in whole pages, up to a
 * maximum, so that a run of any length takes the same memory. Lines of a list count from 1, as steps do.
 */
import type { Row } from "../../protocol/panel";

/** Rows are asked for in pages of this many. */
export const pageSize = 100;
const maxPages = 60;

/** A window to ask for. */
export interface Window {
  readonly from: number;
  readonly count: number;
}

/** Lines to rows, page by page; the page that was used longest ago goes first. */
export class RowCache {
  private readonly pages = new Map<number, (Row | undefined)[]>();
  /** The head that there was when a page was asked for: a page that came with holes is not asked for again at once. */
  private readonly asked = new Map<number, number>();

  /** The row of a step, if it is here. */
  get(step: number): Row | undefined {
    return this.pages.get(pageOf(step))?.[(step - 1) % pageSize];
  }

  /** Takes rows of the whole trace in any order, the same step again included: their lines are their steps. */
  put(rows: readonly Row[]): void {
    for (const row of rows) if (row.step >= 1) this.place(row.step, row);
    this.evict();
  }

  /** Takes rows of the lines from `line` on. */
  putFrom(line: number, rows: readonly Row[]): void {
    for (const [index, row] of rows.entries()) this.place(line + index, row);
    this.evict();
  }

  /** Whether every step from `from` to `to` is here. */
  has(from: number, to: number): boolean {
    for (let step = Math.max(1, from); step <= to; step += 1) if (!this.get(step)) return false;
    return true;
  }

  /** The pages to ask for so that `from` to `to` can be drawn. Each is named once for a head: the caller does ask. */
  take(from: number, to: number, head: number): Window[] {
    const windows: Window[] = [];
    const last = Math.min(to, head);
    for (let page = pageOf(Math.max(1, from)); page <= pageOf(last); page += 1) {
      const first = page * pageSize + 1;
      const end = Math.min(first + pageSize - 1, head);
      if (this.asked.get(page) === head || this.has(Math.max(first, from), Math.min(end, last))) continue;
      this.asked.set(page, head);
      windows.push({ from: first, count: end - first + 1 });
    }
    return windows;
  }

  /** Forgets everything: the steps of a new run have the same numbers. */
  clear(): void {
    this.pages.clear();
    this.asked.clear();
  }

  private place(line: number, row: Row): void {
    const number = pageOf(line);
    const page = this.pages.get(number) ?? [];
    page[(line - 1) % pageSize] = row;
    this.pages.delete(number);
    this.pages.set(number, page);
  }

  private evict(): void {
    for (const page of this.pages.keys()) {
      if (this.pages.size <= maxPages) return;
      this.pages.delete(page);
      this.asked.delete(page);
    }
  }
}

function pageOf(step: number): number {
  return Math.floor((step - 1) / pageSize);
}
