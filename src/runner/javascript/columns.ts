/**
 * Columns of the source from those of the code that runs. The transformation keeps lines, and the order of what stands in them.
 */

const word = /[\p{ID_Continue}$]+/uy;

/**
 * Where in a line of the source that stands which is at a column of the same line of the code that runs. Columns count from 1. Where
 * it cannot be told, that is where the line begins.
 *
 * @param running the line as it runs
 */
export function sourceColumn(source: string, running: string, column: number): number {
  const at = column - 1;
  word.lastIndex = at;
  const text = word.exec(running)?.[0];
  const theirs = text === undefined ? [] : placesOf(text, source);
  const ours = text === undefined ? [] : placesOf(text, running);
  // A word that does not come as often in both may have come from somewhere else.
  const found = theirs.length === ours.length ? theirs[ours.indexOf(at)] : undefined;
  return (found ?? source.length - source.trimStart().length) + 1;
}

/** Where a word begins that stands there as a whole. */
function placesOf(text: string, line: string): number[] {
  const places: number[] = [];
  for (const { index, 0: found } of line.matchAll(/[\p{ID_Continue}$]+/gu)) if (found === text) places.push(index);
  return places;
}
