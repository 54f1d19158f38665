/**
 * Searches for a text in another. Users cannot give a regular expression, since one can be written that runs for years.
 */

/** Whether capitals differ from small letters. */
export const cases = ["any", "exact"] as const;
export type Case = (typeof cases)[number];

/** A regular expression that finds `text` literally, in time proportional to the searched text. */
export function textPattern(text: string, by: Case): RegExp {
  return new RegExp(text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"), by === "exact" ? "g" : "gi");
}

/** Whether a pattern finds something, wherever it was used before. */
export function occursIn(pattern: RegExp, text: string): boolean {
  pattern.lastIndex = 0;
  return pattern.test(text);
}

/** A piece of a text, and whether it is a match. */
export interface Piece {
  readonly text: string;
  readonly found: boolean;
}

/** Splits a text at what a pattern finds; the pieces join to the same text. */
export function piecesOf(pattern: RegExp, text: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    if (match[0] === "") break;
    if (match.index > end) pieces.push({ text: text.slice(end, match.index), found: false });
    pieces.push({ text: match[0], found: true });
    end = match.index + match[0].length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end), found: false });
  return pieces;
}
