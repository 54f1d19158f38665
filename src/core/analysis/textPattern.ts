/**
 * Searches for a literal text. Users cannot enter a regular expression, because some take exponential time.
 */

/** Whether a search ignores case. */
export const cases = ["any", "exact"] as const;
export type Case = (typeof cases)[number];

/** A regular expression that finds `text` literally, in time linear in the length of the searched text. */
export function textPattern(text: string, by: Case): RegExp {
  return new RegExp(text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"), by === "exact" ? "g" : "gi");
}

/** Whether a global pattern matches anywhere in a text, regardless of its `lastIndex`. */
export function occursIn(pattern: RegExp, text: string): boolean {
  pattern.lastIndex = 0;
  return pattern.test(text);
}

/** A piece of a text, and whether it is a match. */
export interface Piece {
  readonly text: string;
  readonly found: boolean;
}

/** Splits a text into matches and the text between them. Joined, the pieces give the text again. */
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
