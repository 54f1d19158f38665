/**
 * Text on its way out: pieces of previews, written at once as they lie on the wire, in UTF-8 inside of JSON strings. It is in
 * shared memory, twice, so that another thread can send the one while the other is written.
 */

const quoteMark = 0x22;
const backslash = 0x5c;
const zero = 0x30;
const minus = 0x2d;
const point = 0x2e;
const longestInteger = 11;
/** A thousand times as much is an integer of 32 bits. */
const mostDecimal = 2_000_000;
const wordBytes = 4;
const startBytes = 64 * 1024;

const utf8 = new TextEncoder();

/** Text that is written often, ready to be copied. */
export interface ReadyText {
  /** Its bytes, four in each; the last ones may be more than it has. */
  readonly words: Int32Array;
  /** How many bytes it has. */
  readonly bytes: number;
  /** Its length as text. */
  readonly length: number;
}

/** A text as it lies inside of a JSON string. */
export function ready(text: string): ReadyText {
  const bytes = utf8.encode(JSON.stringify(text).slice(1, -1));
  const view = new DataView(new ArrayBuffer(bytes.length + wordBytes));
  for (const [index, byte] of bytes.entries()) view.setUint8(index, byte);
  const words = Int32Array.from({ length: Math.ceil(bytes.length / wordBytes) }, (_, n) => view.getInt32(wordBytes * n, true));
  return { words, bytes: bytes.length, length: text.length };
}

export class ValueBytes {
  bytes = shared(startBytes);
  #others = shared(startBytes);
  /** The same memory. */
  view = new DataView(this.bytes.buffer);
  /** How many bytes are written. */
  at = 0;
  /** How long what is written is as text; only differences of it mean something. */
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

  /** Text that was made ready. */
  ready({ words, bytes, length }: ReadyText): void {
    this.#reserve(bytes + wordBytes);
    const { view, at } = this;
    for (let index = 0; index < words.length; index += 1) view.setInt32(at + wordBytes * index, words[index] as number, true);
    this.at = at + bytes;
    this.length += length;
  }

  /** Any text. */
  text(text: string): void {
    if (this.#plain(text)) return;
    const json = JSON.stringify(text);
    this.#reserve(3 * json.length);
    this.at += utf8.encodeInto(json.slice(1, -1), this.bytes.subarray(this.at)).written;
    this.length += text.length;
  }

  /** Any text in quotes, as JSON writes it. */
  quoted(text: string): void {
    const { at, length } = this;
    this.#quote();
    if (this.#plain(text)) {
      this.#quote();
      return;
    }
    this.at = at;
    this.length = length;
    this.text(JSON.stringify(text));
  }

  /** An integer of 32 bits that is not -0. */
  integer(value: number): void {
    this.#reserve(longestInteger);
    const { bytes } = this;
    let { at } = this;
    if (value < 0) {
      bytes[at] = minus;
      at += 1;
    }
    // Unsigned, so that the engine divides integers: dividing other numbers takes several times as long.
    let rest = (value < 0 ? -value : value) >>> 0;
    const end = at + digitsOf(rest);
    for (let index = end - 1; index >= at; index -= 1) {
      const tenth = (rest / 10) >>> 0;
      bytes[index] = zero + rest - 10 * tenth;
      rest = tenth;
    }
    this.length += end - this.at;
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
    for (let rest = magnitude - 1_000 * whole, unit = 100; rest > 0; unit = (unit / 10) >>> 0) {
      const digit = (rest / unit) >>> 0;
      this.#digit(zero + digit);
      rest -= digit * unit;
    }
    return true;
  }

  /** Takes back everything that was written after the given place. */
  back(at: number, length: number): void {
    this.at = at;
    this.length = length;
  }

  /** A byte past the end of an array would be lost without a word. */
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

  #quote(): void {
    this.#reserve(2);
    const { bytes, at } = this;
    bytes[at] = backslash;
    bytes[at + 1] = quoteMark;
    this.at = at + 2;
    this.length += 1;
  }

  /** Writes text of which every character is a byte of its own; writes nothing and says so where another is among them. */
  #plain(text: string): boolean {
    const count = text.length;
    this.#reserve(count);
    const { bytes, at } = this;
    for (let index = 0; index < count; index += 1) {
      const code = text.charCodeAt(index);
      if (code < 0x20 || code > 0x7e || code === quoteMark || code === backslash) return false;
      bytes[at + index] = code;
    }
    this.at = at + count;
    this.length += count;
    return true;
  }
}

function shared(bytes: number): Uint8Array {
  return new Uint8Array(new SharedArrayBuffer(bytes));
}

function digitsOf(value: number): number {
  if (value < 10) return 1;
  if (value < 100) return 2;
  if (value < 1_000) return 3;
  if (value < 10_000) return 4;
  if (value < 100_000) return 5;
  if (value < 1_000_000) return 6;
  if (value < 10_000_000) return 7;
  if (value < 100_000_000) return 8;
  return value < 1_000_000_000 ? 9 : 10;
}
