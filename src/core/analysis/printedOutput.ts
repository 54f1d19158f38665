/**
 * The output of tasks, as far as search and statistics need it.
 */

/** A piece of what was printed in a step. */
export interface PrintedPiece {
  readonly step: number;
  readonly text: string;
  /** Characters that were cut off. */
  readonly dropped?: number | undefined;
}

/** The pieces, in ascending order of steps. Pieces may be added at the end or in between. */
export interface PrintedLog {
  readonly entries: readonly PrintedPiece[];
}

/** The pieces of steps `first` to `last`, both included. */
export function printedBetween<T extends PrintedPiece>(
  { entries }: { readonly entries: readonly T[] },
  first: number,
  last: number,
): readonly T[] {
  const start = indexFrom(entries, first);
  return entries[start] ? entries.slice(start, indexFrom(entries, last + 1)) : [];
}

function indexFrom(entries: readonly PrintedPiece[], step: number): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((entries[middle]?.step ?? 0) < step) low = middle + 1;
    else high = middle;
  }
  return low;
}
