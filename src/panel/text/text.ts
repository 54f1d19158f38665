/**
 * Makes text from the user's program safe to show in one line, and tokenizes previews for colouring.
 */
import { escaped, withVisible } from "../../core/printable";

/** The maximum length of text drawn in one line: longer text is not readable there, and slows down layout. */
const shown = 2_000;

/** Escapes invisible and control characters, so that a value can neither reorder or break its line, nor look like another value. */
export function oneLine(text: string): string {
  return withVisible(cut(text), picture);
}

/** As `oneLine`, but keeps line breaks and tabs: for program output. */
export function manyLines(text: string): string {
  return withVisible(text.replace(/\r\n/g, "\n"), (char) => (char === "\n" || char === "\t" ? char : picture(char)));
}

function cut(text: string): string {
  return text.length > shown ? `${text.slice(0, shown)}…` : text;
}

function picture(char: string): string {
  const code = char.charCodeAt(0);
  return code < 0x20 ? String.fromCharCode(0x2400 + code) : escaped(char);
}

export type TokenKind = "keyword" | "number" | "string" | "plain";

/** A part of a preview, and its colour. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}

const strings = /"(?:[^"\\]|\\.)*(?:"|$)|'(?:[^'\\]|\\.)*(?:'|$)|`(?:[^`\\]|\\.)*(?:`|$)/;
const numbers = /(?<![\w$])[-+]?(?:0x[\da-f]+|\d[\d_]*(?:\.\d+)?(?:e[-+]?\d+)?)n?(?![\w$])/;
const words = /(?<![\w$.])(?:undefined|null|true|false|NaN|Infinity|None|True|False|function|class|async|def)(?![\w$])/;
const pattern = new RegExp(`(?<string>${strings.source})|(?<number>${numbers.source})|(?<keyword>${words.source})`, "gi");

/** Splits a preview of a JavaScript or Python value into tokens. Joined, they are the preview. */
export function tokens(preview: string): Token[] {
  const text = oneLine(preview);
  const found: Token[] = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index > end) found.push({ kind: "plain", text: text.slice(end, match.index) });
    found.push({ kind: kindOf(match.groups ?? {}), text: match[0] });
    end = match.index + match[0].length;
  }
  if (end < text.length) found.push({ kind: "plain", text: text.slice(end) });
  return found;
}

function kindOf(groups: Record<string, string | undefined>): TokenKind {
  if (groups.string !== undefined) return "string";
  return groups.number === undefined ? "keyword" : "number";
}
