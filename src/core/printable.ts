/**
 * Makes text from user code safe for a terminal or a document: nothing in it is taken for a command, and it fits the space.
 */

/** Controls of both sets, line separators, the marks that reorder text, what has no width, and what is no character at all. */
const unprintable = /[\p{Cc}\p{Cs}\ufffe\uffff\u2028\u2029\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/gu;

/** What has no width and belongs to the picture that it follows: the joiner of two, and the choice between picture and text. */
const partOfEmoji =
  /(?<=\p{Extended_Pictographic}(?:\p{Emoji_Modifier}|\ufe0f)?)\u200d(?=\p{Extended_Pictographic})|(?<=\p{Emoji})(?:\ufe0e|\ufe0f)/gu;

const short: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** The text with every character that cannot be seen written as an escape. */
export function printable(text: string): string {
  return withVisible(text, escaped);
}

/**
 * The text with something visible in place of every character that cannot be seen.
 *
 * @param picture what stands for such a character
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

/** A character as it is written in source code. */
export function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code > 0xffff) return `\\u{${code.toString(16)}}`;
  return short[character] ?? (code < 0x100 ? `\\x${hex(code, 2)}` : `\\u${hex(code, 4)}`);
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, "0");
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
