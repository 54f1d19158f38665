/**
 * Output buffers for previews, which are written directly in their encoding on the wire: UTF-8 inside JSON strings. There are two
 * buffers in shared memory, so that another thread can send one while the other is written.
 */

const quoteMark = 0x22;
const backslash = 0x5c;
const minus = 0x2d;
const point = 0x2e;
const longestInteger = 11;
/** The size of an escaped quote at each end of a quoted text. */
const quoteBytes = 2;
/** The limit for decimals: a thousand times this number still fits in a 32-bit integer. */
const mostDecimal = 2_000_000;
const wordBytes = 8;
const startBytes = 64 * 1024;

const utf8 = new TextEncoder();

/**
 * Lookup tables for numbers below a thousand, so that three digits can be written at once. An entry has one byte per digit, the first
 * digit in the lowest byte, and the number of digits in the highest byte. There are tables for the first group of digits, for further
 * groups, and for decimals.
 */
const groupBytes = 4;
const first = groups((value) => `${value}`);
const next = groups((value) => `${value}`.padStart(3, "0"));
const decimals = groups((value) => `${value}`.padStart(3, "0").replace(/0+$/, ""));

function groups(digitsOf: (value: number) => string): Int32Array {
  return Int32Array.from({ length: 1_000 }, (_, value) => {
    const bytes = utf8.encode(digitsOf(value));
    return bytes.reduce((group, byte, index) => group | (byte << (8 * index)), bytes.length << 24);
  });
}

/** A frequently used text, encoded for fast copying. */
export interface ReadyText {
  /**
   * Its bytes, eight in each element; the last element may be padded. Numbers are used because the engine copies them unchanged. It
   * may change the bits of a NaN, but none of these is NaN: in UTF-8, no byte 0x7f or 0xff follows a byte from 0xf0 on.
   */
  readonly words: Float64Array;
  /** The number of bytes. */
  readonly bytes: number;
  /** Its length as text. */
  readonly length: number;
}

/** Encodes a text for use inside a JSON string. */
export function ready(text: string): ReadyText {
  const bytes = utf8.encode(JSON.stringify(text).slice(1, -1));
  const view = new DataView(new ArrayBuffer(bytes.length + wordBytes));
  for (const [index, byte] of bytes.entries()) view.setUint8(index, byte);
  const words = Float64Array.from({ length: Math.ceil(bytes.length / wordBytes) }, (_, n) =>
    view.getFloat64(wordBytes * n, true),
  );
  return { words, bytes: bytes.length, length: text.length };
}

export class ValueBytes {
  bytes = shared(startBytes);
  #others = shared(startBytes);
  /** A view of the same memory. */
  view = new DataView(this.bytes.buffer);
  /** The number of bytes written. */
  at = 0;
  /** The length of what was written, as text. Only differences are meaningful. */
  length = 0;

  /** Switches to the other buffer. */
  turn(): void {
    [this.bytes, this.#others] = [this.#others, this.bytes];
    this.view = new DataView(this.bytes.buffer);
  }

  /** Writes a byte of JSON syntax, which does not count as text. */
  raw(byte: number): void {
    this.#reserve(1);
    this.bytes[this.at] = byte;
    this.at += 1;
  }

  /** Writes an encoded text. */
  ready({ words, bytes, length }: ReadyText): void {
    this.#reserve(bytes + wordBytes);
    const { view, at } = this;
    for (let index = 0; index < words.length; index += 1) view.setFloat64(at + wordBytes * index, words[index] as number, true);
    this.at = at + bytes;
    this.length += length;
  }

  /** Writes any text. */
  text(text: string): void {
    const count = text.length;
    this.#reserve(count);
    if (this.#plain(text, this.at)) {
      this.at += count;
      this.length += count;
      return;
    }
    const json = JSON.stringify(text);
    this.#reserve(3 * json.length);
    this.at += utf8.encodeInto(json.slice(1, -1), this.bytes.subarray(this.at)).written;
    this.length += text.length;
  }

  /** Writes any text in quotes, as a JSON string. */
  quoted(text: string): void {
    const count = text.length;
    this.#reserve(count + 2 * quoteBytes);
    const start = this.at + quoteBytes;
    if (!this.#plain(text, start)) {
      this.text(JSON.stringify(text));
      return;
    }
    this.#quote(this.at);
    this.#quote(start + count);
    this.at = start + count + quoteBytes;
    this.length += count + 2;
  }

  /** Writes a 32-bit integer other than -0. */
  integer(value: number): void {
    this.#reserve(longestInteger + groupBytes);
    const { at } = this;
    if (value < 0) this.bytes[at] = minus;
    // Unsigned, so that the engine uses integer division, which is several times as fast.
    const end = value < 0 ? this.#digits(-value >>> 0, at + 1) : this.#digits(value >>> 0, at);
    this.length += end - at;
    this.at = end;
  }

  /**
   * Writes a number with up to three decimals, such as a price, several times as fast as the engine's conversion. Returns false and writes
   * nothing for other numbers. Two different texts of at most 15 digits never denote the same number, so this text is also the shortest.
   */
  decimal(value: number): boolean {
    if (!(value > -mostDecimal && value < mostDecimal)) return false;
    const thousandths = Math.round(value * 1_000) | 0;
    if (thousandths === 0 || thousandths / 1_000 !== value) return false;
    const magnitude = Math.abs(thousandths) >>> 0;
    const whole = (magnitude / 1_000) >>> 0;
    if (value < 0) this.#digit(minus);
    this.integer(whole);
    this.#digit(point);
    this.#reserve(groupBytes);
    const end = this.#group(decimals[magnitude - 1_000 * whole] as number, this.at);
    this.length += end - this.at;
    this.at = end;
    return true;
  }

  /** Removes everything that was written after a position. */
  back(at: number, length: number): void {
    this.at = at;
    this.length = length;
  }

  /** Makes room before a write, because a write past the end of a typed array is ignored silently. */
  #reserve(bytes: number): void {
    if (this.at + bytes <= this.bytes.length) return;
    const larger = shared(Math.max(2 * this.bytes.length, this.at + bytes));
    larger.set(this.bytes.subarray(0, this.at));
    this.bytes = larger;
    this.view = new DataView(larger.buffer);
  }

  #digit(byte: number): void {
    this.raw(byte);
    this.length += 1;
  }

  #quote(at: number): void {
    this.bytes[at] = backslash;
    this.bytes[at + 1] = quoteMark;
  }

  /** Writes the digits of a number. @returns the position after them */
  #digits(value: number, at: number): number {
    if (value < 1_000) return this.#group(first[value] as number, at);
    const thousands = (value / 1_000) >>> 0;
    return this.#group(next[value - 1_000 * thousands] as number, this.#digits(thousands, at));
  }

  #group(group: number, at: number): number {
    this.view.setInt32(at, group, true);
    return at + (group >>> 24);
  }

  /** Writes ASCII text. Returns false if it contains other characters; what was written is then to be ignored. */
  #plain(text: string, at: number): boolean {
    const { bytes } = this;
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      if (code < 0x20 || code > 0x7e || code === quoteMark || code === backslash) return false;
      bytes[at + index] = code;
    }
    return true;
  }
}

function shared(bytes: number): Uint8Array {
  return new Uint8Array(new SharedArrayBuffer(bytes));
}
