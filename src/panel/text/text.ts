/**
 * Makes text from the user's program fit to be shown in one line, and has a tiny tokenizer to colour it.
 */
import { escaped, withVisible } from "../../core/printable";

/** Longer texts are cut where they are drawn in one line: nobody reads on, and layout gets slow. */
const shown = 2_000;

/** Makes visible what cannot be seen, so that a value cannot reorder or break the line it stands in, nor look like another. */
export function oneLine(text: string): string {
  return withVisible(cut(text), picture);
}

/** As `oneLine`, but lines and tabs stay: for what was printed. */
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

/** A piece of a preview with its colour. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}

const strings = /"(?:[^"\\]|\\.)*(?:"|$)|'(?:[^'\\]|\\.)*(?:'|$)|`(?:[^`\\]|\\.)*(?:`|$)/;
const numbers = /(?<![\w$])[-+]?(?:0x[\da-f]+|\d[\d_]*(?:\.\d+)?(?:e[-+]?\d+)?)n?(?![\w$])/;
const words = /(?<![\w$.])(?:undefined|null|true|false|NaN|Infinity|None|True|False|function|class|async|def)(?![\w$])/;
const pattern = new RegExp(`(?<string>${strings.source})|(?<number>${numbers.source})|(?<keyword>${words.source})`, "gi");

/** Splits a preview, JavaScript's or Python's, into coloured pieces that join to the same text. */
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
