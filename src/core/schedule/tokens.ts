/**
 * Splits the text of a schedule into tokens. Most of a long text is numbers, so those are read without a regular expression.
 */

export type TokenKind = "string" | "word" | "number" | "sign" | "other" | "end";

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  /** The position of its first character, counted from 1. */
  readonly position: number;
}

const pattern = /(?<word>[a-z]+)|(?<sign>[()*!:=;])|(?<other>.)/suy;
const [quote, backslash] = [34, 92];

export class ScheduleTokens {
  #at: number;

  constructor(
    readonly text: string,
    from: number,
  ) {
    this.#at = from;
  }

  next(): Token {
    const { text } = this;
    while (isSpace(text.charCodeAt(this.#at))) this.#at += 1;
    const begin = this.#at;
    while (isDigit(text.charCodeAt(this.#at))) this.#at += 1;
    if (this.#at > begin) return { kind: "number", text: text.slice(begin, this.#at), position: begin + 1 };
    if (begin === text.length) return { kind: "end", text: "", position: text.trimEnd().length + 1 };
    return this.#string(begin) ?? this.#match(begin);
  }

  /** A quoted string, as in JSON. Scanned by hand, because a regular expression would overflow the stack on a long one. */
  #string(begin: number): Token | undefined {
    const { text } = this;
    if (text.charCodeAt(begin) !== quote) return undefined;
    let end = begin + 1;
    while (end < text.length && text.charCodeAt(end) !== quote) end += text.charCodeAt(end) === backslash ? 2 : 1;
    if (end >= text.length) return undefined;
    this.#at = end + 1;
    return { kind: "string", text: text.slice(begin, end + 1), position: begin + 1 };
  }

  #match(begin: number): Token {
    pattern.lastIndex = begin;
    const groups = pattern.exec(this.text)?.groups ?? {};
    const [kind, text] = Object.entries(groups).find(([, found]) => found !== undefined) ?? ["other", " "];
    this.#at = begin + text.length;
    return { kind: kind as TokenKind, text, position: begin + 1 };
  }
}

/** Space, tab, line feed, carriage return. */
function isSpace(code: number): boolean {
  return code === 32 || code === 9 || code === 10 || code === 13;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
