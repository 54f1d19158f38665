// Converts offsets to lines and columns, as an editor counts them.

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** A 1-based position in a text. */
export interface Place {
  line: number;
  column: number;
}

/** The positions of ascending offsets, computed in one pass that stops at the last of them. */
export function placesOf(text: string, offsets: readonly number[]): Place[] {
  const breaks = text.includes("\r") ? anyBreak : lineFeed;
  const places: Place[] = [];
  let line = 1;
  let lineStart = 0;
  let next = breaks(text, 0);
  for (const offset of offsets) {
    while (next !== -1 && next <= offset) {
      line++;
      lineStart = next;
      next = breaks(text, next);
    }
    places.push({ line, column: offset - lineStart + 1 });
  }
  return places;
}

/** The text of a line before an offset. */
export function linePrefix(text: string, offset: number): string {
  let start = offset;
  while (start > 0 && !isBreak(text.charCodeAt(start - 1))) start--;
  return text.slice(start, offset);
}

/** Whether two ascending offsets are on the same line. */
export function onOneLine(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    if (isBreak(text.charCodeAt(at))) return false;
  }
  return true;
}

function isBreak(code: number): boolean {
  return code === LINE_FEED || code === CARRIAGE_RETURN;
}

function lineFeed(text: string, from: number): number {
  return text.indexOf("\n", from) + 1 || -1;
}

function anyBreak(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === LINE_FEED) return at + 1;
    if (code === CARRIAGE_RETURN) {
      return text.charCodeAt(at + 1) === LINE_FEED ? at + 2 : at + 1;
    }
  }
  return -1;
}
