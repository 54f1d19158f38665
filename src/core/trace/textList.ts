/**
 * Lists of texts that need not be JavaScript strings. The previews of millions of steps are received, kept and written in their
 * encoding on the wire. Only the few that are displayed become strings.
 */

/** A list of texts. An array of strings is one. */
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

/** Texts encoded as a JSON array without white space. */
export class PackedTexts implements Texts {
  /**
   * @param json contains JSON strings, separated by one byte each
   * @param ends the end of each string in `json`; the first string begins at `start`
   */
  private constructor(
    readonly json: Uint8Array,
    readonly start: number,
    readonly ends: Uint32Array,
  ) {}

  /** Reads an encoded array; undefined if it is not in the expected form. */
  static read(json: Uint8Array): PackedTexts | undefined {
    const ends = endsOf(json);
    return ends && new PackedTexts(json, 1, ends);
  }

  get length(): number {
    return this.ends.length;
  }

  /** The size of the encoded texts, in bytes. */
  get bytes(): number {
    return (this.ends.at(-1) ?? this.start) - this.start;
  }

  at(index: number): string | undefined {
    const end = this.ends[index];
    if (end === undefined) return undefined;
    return JSON.parse(utf8.decode(this.json.subarray(this.#startOf(index), end))) as string;
  }

  /** The texts from one index up to, but not including, another. They share the memory. */
  slice(from: number, to: number): PackedTexts {
    return new PackedTexts(this.json, this.#startOf(from), this.ends.subarray(from, to));
  }

  /** The JSON strings with the commas between them. */
  get strings(): Uint8Array {
    return this.json.subarray(this.start, this.start + this.bytes);
  }

  #startOf(index: number): number {
    return index === 0 ? this.start : (this.ends[index - 1] as number) + 1;
  }
}

/** The number of different value numbers in a chunk. */
const mostTexts = 65_536;

/** Reused by every search: a new one for each would be larger than the list itself. */
const found = new Uint32Array(mostTexts);

/** Where each string of an array ends; undefined if the array has other elements than strings, or too many. */
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
      // Most bytes stand for themselves. They are skipped eight at a time.
      for (let plain = stride; plain === stride && at + stride <= json.length; at += plain) {
        const word = view.getInt32(at, true);
        const next = view.getInt32(at + wordBytes, true);
        plain = plainBytes(word, next);
        allBits |= word | next;
      }
      const byte = json[at];
      if (byte === code.quote) break;
      // A control character is not allowed here. The end of the input reads as undefined.
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

/** How many bytes from the start of two words are ordinary: no quote, no backslash and no control character. */
function plainBytes(word: number, next: number): number {
  const flags = flagsOf(word);
  if (flags !== 0) return lowest(flags);
  const nextFlags = flagsOf(next);
  return nextFlags === 0 ? stride : wordBytes + lowest(nextFlags);
}

/** Sets the highest bit of each byte that is special. Above the lowest special byte, bits may be wrong because subtraction borrows. */
function flagsOf(word: number): number {
  const quotes = word ^ 0x22222222;
  const backslashes = word ^ 0x5c5c5c5c;
  const marked = ((quotes - 0x01010101) & ~quotes) | ((backslashes - 0x01010101) & ~backslashes) | ((word - 0x20202020) & ~word);
  return marked & 0x80808080;
}

/** The index of the lowest byte that has its flag set. */
function lowest(flags: number): number {
  return (31 - Math.clz32(flags & -flags)) >> 3;
}

/** The length of a JSON escape, including the backslash. An invalid escape gives a length that exceeds the input. */
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

/** A list of texts that can grow. */
export class GrowingTexts implements Texts {
  /** Strings and packed texts alternate. Each part has the index of its first text. */
  readonly #parts: { readonly first: number; readonly texts: string[] | PackedTexts }[] = [];
  #length = 0;
  #bytes = 0;

  get length(): number {
    return this.#length;
  }

  /** The approximate memory size, in bytes. */
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

  /** Adds a text. @returns its index */
  push(text: string): number {
    const last = this.#parts.at(-1)?.texts;
    if (Array.isArray(last)) last.push(text);
    else this.#parts.push({ first: this.#length, texts: [text] });
    this.#bytes += stringBytes(text);
    this.#length += 1;
    return this.#length - 1;
  }

  /** Adds texts. @returns the index of the first */
  append(texts: PackedTexts): number {
    this.#parts.push({ first: this.#length, texts });
    this.#bytes += textBytes(texts);
    this.#length += texts.length;
    return this.#length - texts.length;
  }
}
