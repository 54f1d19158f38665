/**
 * Lists of texts that need not be strings in memory. The previews of millions of steps are received, kept and written in the
 * form they have on the wire; only the few that are looked at become strings.
 */

/** A list of texts. Every array of strings is one. */
export interface Texts {
  readonly length: number;
  at(index: number): string | undefined;
}

const code = { quote: 0x22, comma: 0x2c, open: 0x5b, backslash: 0x5c, close: 0x5d, u: 0x75 } as const;
const firstPrintable = 0x20;
const beyondAscii = 0x80808080 | 0;
const wordBytes = 4;
const stride = 2 * wordBytes;
const utf8 = new TextDecoder("utf-8", { fatal: true });
const isEscape = table('"\\/bfnrt');
const isHexadecimal = table("0123456789abcdefABCDEF");

/** Texts as a JSON list without white space has them. */
export class PackedTexts implements Texts {
  /**
   * @param json holds strings of JSON, separated by one byte each
   * @param ends where each of them ends; the first begins at `start`
   */
  private constructor(
    readonly json: Uint8Array,
    readonly start: number,
    readonly ends: Uint32Array,
  ) {}

  /** The texts of such a list; undefined where it is another, or none at all. */
  static read(json: Uint8Array): PackedTexts | undefined {
    const ends = endsOf(json);
    return ends && new PackedTexts(json, 1, ends);
  }

  get length(): number {
    return this.ends.length;
  }

  /** What the texts take, in bytes. */
  get bytes(): number {
    return (this.ends.at(-1) ?? this.start) - this.start;
  }

  at(index: number): string | undefined {
    const end = this.ends[index];
    if (end === undefined) return undefined;
    return JSON.parse(utf8.decode(this.json.subarray(this.#startOf(index), end))) as string;
  }

  /** The texts from one place to before another, in the same memory. */
  slice(from: number, to: number): PackedTexts {
    return new PackedTexts(this.json, this.#startOf(from), this.ends.subarray(from, to));
  }

  /** The strings of JSON with their commas. */
  get strings(): Uint8Array {
    return this.json.subarray(this.start, this.start + this.bytes);
  }

  #startOf(index: number): number {
    return index === 0 ? this.start : (this.ends[index - 1] as number) + 1;
  }
}

/** As many as there are numbers for values in a chunk. */
const mostTexts = 65_536;

/** Filled by one search after the other: one made for each would be larger than the list itself. */
const found = new Uint32Array(mostTexts);

/** Where the strings of a list end, if it is one of strings alone, and not of too many. */
function endsOf(json: Uint8Array): Uint32Array | undefined {
  let count = 0;
  let allBits = 0;
  let at = 0;
  if (json[at] !== code.open) return undefined;
  const view = new DataView(json.buffer, json.byteOffset, json.byteLength);
  do {
    if (json[at + 1] !== code.quote || count === mostTexts) return undefined;
    at += 2;
    for (;;) {
      // Most bytes mean themselves: these are passed eight at a time.
      for (let plain = stride; plain === stride && at + stride <= json.length; at += plain) {
        const word = view.getInt32(at, true);
        const next = view.getInt32(at + wordBytes, true);
        plain = plainBytes(word, next);
        allBits |= word | next;
      }
      const byte = json[at];
      if (byte === code.quote) break;
      // Here is the end of the list, too.
      if (byte === undefined || byte < firstPrintable) return undefined;
      allBits |= byte;
      at += byte === code.backslash ? escapeLength(json, at + 1) : 1;
    }
    at += 1;
    found[count] = at;
    count += 1;
  } while (json[at] === code.comma);
  if (json[at] !== code.close || at !== json.length - 1) return undefined;
  return (allBits & beyondAscii) === 0 || isUtf8(json) ? found.slice(0, count) : undefined;
}

/** How many of the bytes of two words, from the lowest of the first on, are no quote, no backslash and no control character. */
function plainBytes(word: number, next: number): number {
  const flags = flagsOf(word);
  if (flags !== 0) return lowest(flags);
  const nextFlags = flagsOf(next);
  return nextFlags === 0 ? stride : wordBytes + lowest(nextFlags);
}

/** The highest bit of each byte that is one of these; above the lowest such byte it may be wrong, since these differences borrow. */
function flagsOf(word: number): number {
  const quotes = word ^ 0x22222222;
  const backslashes = word ^ 0x5c5c5c5c;
  const marked = ((quotes - 0x01010101) & ~quotes) | ((backslashes - 0x01010101) & ~backslashes) | ((word - 0x20202020) & ~word);
  return marked & 0x80808080;
}

/** The number of the byte with the lowest flag. */
function lowest(flags: number): number {
  return (31 - Math.clz32(flags & -flags)) >> 3;
}

/** The length of a JSON escape with its backslash; for anything else, so long that the list ends before it. */
function escapeLength(json: Uint8Array, at: number): number {
  const escaped = json[at] ?? 0;
  if (isEscape[escaped] === 1) return 2;
  const isCode = escaped === code.u && json.subarray(at + 1, at + 5).every((digit) => isHexadecimal[digit] === 1);
  return isCode && at + 5 <= json.length ? 6 : json.length;
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    utf8.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function table(characters: string): Uint8Array {
  const isIn = new Uint8Array(256);
  for (const character of characters) isIn[character.charCodeAt(0)] = 1;
  return isIn;
}

/** The approximate memory size of texts, in bytes. */
export function textBytes(texts: Texts): number {
  if (texts instanceof PackedTexts) return texts.bytes + texts.ends.byteLength;
  if (texts instanceof GrowingTexts) return texts.bytes;
  let bytes = 0;
  for (let index = 0; index < texts.length; index += 1) bytes += stringBytes(texts.at(index) ?? "");
  return bytes;
}

/** JavaScript strings take up to two bytes a character. */
function stringBytes(text: string): number {
  return 2 * text.length + 64;
}

/** A list of texts that grows. */
export class GrowingTexts implements Texts {
  /** Strings and packed texts in turn, with the number of the first of each. */
  readonly #parts: { readonly first: number; readonly texts: string[] | PackedTexts }[] = [];
  #length = 0;
  #bytes = 0;

  get length(): number {
    return this.#length;
  }

  /** Their approximate memory size. */
  get bytes(): number {
    return this.#bytes;
  }

  get parts(): readonly (readonly string[] | PackedTexts)[] {
    return this.#parts.map(({ texts }) => texts);
  }

  at(index: number): string | undefined {
    const part = this.#parts.findLast(({ first }) => first <= index);
    return part?.texts.at(index - part.first);
  }

  /** Adds a text, and returns its number. */
  push(text: string): number {
    const last = this.#parts.at(-1)?.texts;
    if (Array.isArray(last)) last.push(text);
    else this.#parts.push({ first: this.#length, texts: [text] });
    this.#bytes += stringBytes(text);
    this.#length += 1;
    return this.#length - 1;
  }

  /** Adds texts, and returns the number of the first. */
  append(texts: PackedTexts): number {
    this.#parts.push({ first: this.#length, texts });
    this.#bytes += textBytes(texts);
    this.#length += texts.length;
    return this.#length - texts.length;
  }
}
