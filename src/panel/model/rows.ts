/**
 * The row cache of a list, which is the whole trace or the matches of a search. Rows are cached in pages up to a maximum number, so that
 * memory does not depend on the length of the run. Lines of a list count from 1, as steps do.
 */
import type { Row } from "../../protocol/panel";

/** The number of rows in a page. */
export const pageSize = 100;
const maxPages = 60;

/** A range of rows to request. */
export interface Window {
  readonly from: number;
  readonly count: number;
}

/** Maps lines to rows, page by page, with least-recently-used eviction. */
export class RowCache {
  private readonly pages = new Map<number, (Row | undefined)[]>();
  /** The head when each page was requested. An incomplete page is not requested again until the head has moved. */
  private readonly asked = new Map<number, number>();

  /** The row of a step, if it is cached. */
  get(step: number): Row | undefined {
    return this.pages.get(pageOf(step))?.[(step - 1) % pageSize];
  }

  /** Adds rows of the whole trace, in any order and with repetitions: a row's line is its step. */
  put(rows: readonly Row[]): void {
    for (const row of rows) if (row.step >= 1) this.place(row.step, row);
    this.evict();
  }

  /** Adds rows of consecutive lines, starting at `line`. */
  putFrom(line: number, rows: readonly Row[]): void {
    for (const [index, row] of rows.entries()) this.place(line + index, row);
    this.evict();
  }

  /** Whether every step from `from` to `to` is cached. */
  has(from: number, to: number): boolean {
    for (let step = Math.max(1, from); step <= to; step += 1) if (!this.get(step)) return false;
    return true;
  }

  /** The pages to request before `from` to `to` can be drawn. Returns each page once per head, so the caller must request it. */
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

  /** Clears the cache: a new run has the same step numbers. */
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
