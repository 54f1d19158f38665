/**
 * Output buffers for previews, written directly in the form they have on the wire: UTF-8 inside JSON strings. There are two of
 * them in shared memory, so that another thread can send one while the other is written.
 */

const quoteMark = 0x22;
const backslash = 0x5c;
const minus = 0x2d;
const point = 0x2e;
const longestInteger = 11;
/** What stands around a quoted text: a quote on each side, with its backslash. */
const quoteBytes = 2;
/** A thousand times as much is an integer of 32 bits. */
const mostDecimal = 2_000_000;
const wordBytes = 8;
const startBytes = 64 * 1024;

const utf8 = new TextEncoder();

/**
 * Numbers below a thousand, three digits to be written at once: a byte each, the first one the lowest, and above them how many
 * there are. As a number begins, as it goes on, and behind its point.
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

/** Text that is written often, ready to be copied. */
export interface ReadyText {
  /**
   * Its bytes, eight in each; the last ones may be more than it has. As numbers, since the engine copies these as they are: none
   * is NaN, of which it may change the bits, for no UTF-8 has a 0x7f or 0xff behind a byte from 0xf0 on.
   */
  readonly words: Float64Array;
  /** How many bytes it has. */
  readonly bytes: number;
  /** Its length as text. */
  readonly length: number;
}

/** A text in the form it has inside a JSON string. */
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
  /** The same memory. */
  view = new DataView(this.bytes.buffer);
  /** How many bytes are written. */
  at = 0;
  /** The length of what is written, as text; only differences of it are meaningful. */
  length = 0;

  /** Writes to the other memory from now on. */
  turn(): void {
    [this.bytes, this.#others] = [this.#others, this.bytes];
    this.view = new DataView(this.bytes.buffer);
  }

  /** What JSON itself is made of, which counts for no text. */
  raw(byte: number): void {
    this.#reserve(1);
    this.bytes[this.at] = byte;
    this.at += 1;
  }

  /** Prepared text. */
  ready({ words, bytes, length }: ReadyText): void {
    this.#reserve(bytes + wordBytes);
    const { view, at } = this;
    for (let index = 0; index < words.length; index += 1) view.setFloat64(at + wordBytes * index, words[index] as number, true);
    this.at = at + bytes;
    this.length += length;
  }

  /** Any text. */
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

  /** Any text in quotes, as JSON writes it. */
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

  /** An integer of 32 bits that is not -0. */
  integer(value: number): void {
    this.#reserve(longestInteger + groupBytes);
    const { at } = this;
    if (value < 0) this.bytes[at] = minus;
    // Unsigned, so that the engine divides integers: dividing other numbers takes several times as long.
    const end = value < 0 ? this.#digits(-value >>> 0, at + 1) : this.#digits(value >>> 0, at);
    this.length += end - at;
    this.at = end;
  }

  /**
   * A number with up to three decimals, as prices have, which takes the engine several times as long. Writes nothing and says so
   * where it is another: two texts of at most 15 digits are two numbers, so that this one is the shortest that gives it.
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

  /** Removes everything that was written after the given position. */
  back(at: number, length: number): void {
    this.at = at;
    this.length = length;
  }

  /** A write past the end of an array would be lost silently. */
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

  /** Writes the digits of a number, and gives where they end. */
  #digits(value: number, at: number): number {
    if (value < 1_000) return this.#group(first[value] as number, at);
    const thousands = (value / 1_000) >>> 0;
    return this.#group(next[value - 1_000 * thousands] as number, this.#digits(thousands, at));
  }

  #group(group: number, at: number): number {
    this.view.setInt32(at, group, true);
    return at + (group >>> 24);
  }

  /** Writes text of which every character is a byte of its own. Says where another is among them: what was written then counts for nothing. */
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
