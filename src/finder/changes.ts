// Edits between two versions of a text: finds a single edit that explains the difference, and moves offsets through edits.

import type { Found, TextChange } from "./generators";

/** The position of a generator. */
type Header = Pick<Found, "from" | "headerTo" | "rivals">;

/** The smallest single replacement that turns one text into another; empty if they are equal. */
export function difference(before: string, after: string): TextChange[] {
  if (before === after) return [];
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) {
    start++;
  }
  let toA = before.length;
  let toB = after.length;
  while (toA > start && toB > start && before.charCodeAt(toA - 1) === after.charCodeAt(toB - 1)) {
    toA--;
    toB--;
  }
  return [{ fromA: start, toA, fromB: start, toB }];
}

/** Whether the changes are consistent with the two lengths. Inconsistent changes would corrupt an incremental parse. */
export function explains(changes: readonly TextChange[], before: string, after: string): boolean {
  const growth = changes.reduce((sum, { fromA, toA, fromB, toB }) => sum + (toB - fromB) - (toA - fromA), 0);
  return before.length + growth === after.length;
}

/** The same generator after the edits, or undefined if an edit touches its header. */
export function moved<F extends Header>(found: F, changes: readonly TextChange[]): F | undefined {
  let by = 0;
  for (const { fromA, toA, fromB, toB } of changes) {
    if (toA <= found.from) by += toB - fromB - (toA - fromA);
    else if (fromA < found.headerTo) return undefined;
  }
  return shifted(found, by);
}

/** Offsets after the edits, without those that were replaced. If text was inserted at an offset, both ends of it are included. */
export function movedOffsets(offsets: Iterable<number>, changes: readonly TextChange[]): Set<number> {
  const result = new Set<number>();
  for (const offset of offsets) {
    let by = 0;
    let replaced = false;
    for (const { fromA, toA, fromB, toB } of changes) {
      if (fromA === offset) result.add(offset + by);
      if (toA <= offset) by += toB - fromB - (toA - fromA);
      else if (fromA < offset) replaced = true;
    }
    if (!replaced) result.add(offset + by);
  }
  return result;
}

/** The same generator, moved by a number of characters. */
export function shifted<F extends Header>(found: F, by: number): F {
  const { rivals } = found;
  const moved = { ...found, from: found.from + by, headerTo: found.headerTo + by };
  return rivals ? { ...moved, rivals: rivals.map((offset) => offset + by) } : moved;
}
