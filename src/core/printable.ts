/**
 * Text from user code as it may go to a terminal or into a document: nothing in it is taken for a command, and it fits its place.
 */

/** Controls of both sets, line separators, the marks that reorder text, and what is no character at all. */
const unprintable = /[\p{Cc}\p{Cs}\ufffe\uffff\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

const short: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** The text with every control character written as an escape. */
export function printable(text: string): string {
  return text.replace(unprintable, (character) => short[character] ?? escaped(character.codePointAt(0) ?? 0));
}

function escaped(code: number): string {
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
}

/** The text cut to a number of characters, which an ellipsis shows. */
export function cut(text: string, width: number): string {
  if (text.length <= width) return text;
  const characters = Array.from(text.slice(0, 2 * width));
  return characters.length <= width && text.length <= 2 * width ? text : `${characters.slice(0, width - 1).join("")}…`;
}

/** The text with blanks behind it up to a number of characters. */
export function padded(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - Array.from(text).length));
}
