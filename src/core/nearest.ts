/**
 * Finds the word that a user may have meant by an unknown word.
 */

/** One typing error is tolerated for each group of this many characters. */
const charactersAMistake = 3;

/** The longest word that is compared. */
const longest = 100;

/** The word with the smallest edit distance, or undefined if none is close enough. */
export function nearest(word: string, words: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Math.max(1, Math.floor(word.length / charactersAMistake)) + 1;
  for (const each of word.length > longest ? [] : words) {
    if (Math.abs(each.length - word.length) >= least) continue;
    const mistakes = distance(word.toLowerCase(), each.toLowerCase());
    if (mistakes < least) [best, least] = [each, mistakes];
  }
  return best;
}

/** The maximum number of names in a list. */
const mostNames = 10;

/** Names as a list for a sentence: the first ones, and how many more there are. */
export function listed(names: readonly string[]): string {
  const more = names.length > mostNames ? [`${names.length - mostNames} more`] : [];
  return [...names.slice(0, mostNames), ...more].join(", ");
}

/** The edit distance, in which swapping two adjacent characters counts as one edit (Damerau 1964). */
function distance(one: string, other: string): number {
  let before: number[] = [];
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let at = 1; at <= one.length; at += 1) {
    const next = [at];
    for (let to = 1; to <= other.length; to += 1) {
      const same = one[at - 1] === other[to - 1] ? 0 : 1;
      let edits = Math.min((next[to - 1] ?? 0) + 1, (row[to] ?? 0) + 1, (row[to - 1] ?? 0) + same);
      const swapped = at > 1 && to > 1 && one[at - 1] === other[to - 2] && one[at - 2] === other[to - 1];
      if (swapped) edits = Math.min(edits, (before[to - 2] ?? 0) + 1);
      next.push(edits);
    }
    [before, row] = [row, next];
  }
  return row[other.length] ?? 0;
}
