/**
 * Makes text from user code safe for a terminal or a document: it cannot contain control sequences, and it fits the available space.
 */

/** Control characters, line separators, bidirectional controls, zero-width characters, and code points that are not characters. */
const unprintable = /[\p{Cc}\p{Cs}\ufffe\uffff\u2028\u2029\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/gu;

/** Zero-width characters that belong to an emoji: a joiner between two emoji, and a variation selector after one. */
const partOfEmoji =
  /(?<=\p{Extended_Pictographic}(?:\p{Emoji_Modifier}|\ufe0f)?)\u200d(?=\p{Extended_Pictographic})|(?<=\p{Emoji})(?:\ufe0e|\ufe0f)/gu;

const short: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** The text with every invisible character written as an escape. */
export function printable(text: string): string {
  return withVisible(text, escaped);
}

/**
 * The text with a visible replacement for every invisible character.
 *
 * @param picture gives the replacement of a character
 */
export function withVisible(text: string, picture: (character: string) => string): string {
  if (!/[\ufe0e\ufe0f\u200d]/.test(text)) return text.replace(unprintable, picture);
  let shown = "";
  let from = 0;
  for (const { index, 0: kept } of text.matchAll(partOfEmoji)) {
    shown += text.slice(from, index).replace(unprintable, picture) + kept;
    from = index + kept.length;
  }
  return shown + text.slice(from).replace(unprintable, picture);
}

/** A character as an escape in source code. */
export function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code > 0xffff) return `\\u{${code.toString(16)}}`;
  return short[character] ?? (code < 0x100 ? `\\x${hex(code, 2)}` : `\\u${hex(code, 4)}`);
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, "0");
}

/** The text, cut to a number of characters. An ellipsis shows that it was cut. */
export function cut(text: string, width: number): string {
  if (text.length <= width) return text;
  const characters = Array.from(text.slice(0, 2 * width));
  return characters.length <= width && text.length <= 2 * width ? text : `${characters.slice(0, width - 1).join("")}…`;
}

/** The text, padded with spaces to a number of characters. */
export function padded(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - Array.from(text).length));
}
