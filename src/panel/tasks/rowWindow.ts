/**
 * Which rows of the grid of tasks are in the page: those that are visible or nearly so, and the one that has the tab stop.
 */
import { useState } from "preact/hooks";
import { lineHeight } from "../common/lineHeight";

/** At most this many rows are visible. */
const most = 12;
const overscan = 8;

/** A row, or the place of rows that are not in the page. */
export type Drawn<T> = { readonly item: T; readonly index: number } | { readonly gap: number; readonly index: number };

export interface RowWindow<T> {
  readonly drawn: readonly Drawn<T>[];
  /** The height of a row, in pixels. */
  readonly rowHeight: number;
  onScroll(event: Event & { currentTarget: HTMLElement }): void;
}

/** @param stop the index of a row that stays, so that it keeps the focus; -1 for none */
export function useRowWindow<T>(items: readonly T[], stop: number): RowWindow<T> {
  const rowHeight = lineHeight() + 6;
  const [first, setFirst] = useState(0);
  const last = Math.min(items.length, first + most + 2 * overscan);
  const onScroll = (event: Event & { currentTarget: HTMLElement }) => {
    const moved = Math.max(0, Math.floor(event.currentTarget.scrollTop / rowHeight) - overscan);
    if (Math.abs(moved - first) >= overscan / 2 || moved === 0) setFirst(moved);
  };
  return { drawn: drawnOf(items, Math.min(first, Math.max(0, items.length - most)), last, stop), rowHeight, onScroll };
}

function drawnOf<T>(items: readonly T[], first: number, last: number, stop: number): Drawn<T>[] {
  const inside = Array.from({ length: Math.max(0, last - first) }, (_, index) => first + index);
  const indices = stop < 0 || (stop >= first && stop < last) ? inside : stop < first ? [stop, ...inside] : [...inside, stop];
  const drawn: Drawn<T>[] = [];
  let next = 0;
  for (const index of indices) {
    if (index > next) drawn.push({ gap: index - next, index: next });
    drawn.push({ item: items[index] as T, index });
    next = index + 1;
  }
  if (next < items.length) drawn.push({ gap: items.length - next, index: next });
  return drawn;
}
