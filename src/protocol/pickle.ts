/**
 * The values of a chunk as Python's own serializer writes them: a list with one text, integer or None per step. The session numbers the
 * distinct values, because that would take Python longer than the slices themselves.
 *
 * The format is protocol 4 of https://docs.python.org/3/library/pickletools.html. Only the operations that such a list needs are accepted:
 * all of them build plain data, and none calls anything.
 */
import { FramingError } from "./framing";

/** The first byte of a pickle, which cannot start JSON. */
export const pickleMark = 0x80;

const op = {
  frame: 0x95,
  emptyList: 0x5d,
  memoize: 0x94,
  mark: 0x28,
  append: 0x61,
  appends: 0x65,
  stop: 0x2e,
  none: 0x4e,
  uint8: 0x4b,
  uint16: 0x4d,
  int32: 0x4a,
  long: 0x8a,
  shortText: 0x8c,
  text: 0x58,
  get: 0x68,
  longGet: 0x6a,
} as const;

/**
 * Decodes such a list: returns the distinct values as texts, and writes the index of each step's value into the column.
 *
 * @param column one entry per step
 * @throws FramingError if it is not a list of texts, integers and None, or has another length than the column
 */
export function unpickle(pickle: Uint8Array, column: Uint16Array): string[] {
  return new Unpickling(pickle, column).values();
}

class Unpickling {
  readonly #view: DataView;
  readonly #texts: string[] = [];
  readonly #numbers = new Map<string | number | bigint, number>();
  /** Values that the pickle can refer back to; the list itself occupies an entry. */
  readonly #memo: (string | undefined)[] = [];
  #at = 2;
  #filled = 0;
  #text: string | undefined;

  constructor(
    readonly pickle: Uint8Array,
    readonly column: Uint16Array,
  ) {
    this.#view = new DataView(pickle.buffer, pickle.byteOffset, pickle.byteLength);
  }

  values(): string[] {
    try {
      while (this.#operation());
    } catch (cause) {
      if (cause instanceof FramingError) throw cause;
      throw new FramingError("The pickled values of a chunk end too early.", { cause });
    }
    if (this.#filled !== this.column.length) {
      throw new FramingError(`A chunk has ${this.#filled} values for ${this.column.length} steps.`);
    }
    return this.#texts;
  }

  /** Executes one operation; returns whether more follow. */
  #operation(): boolean {
    const code = this.#view.getUint8(this.#at);
    this.#at += 1;
    switch (code) {
      case op.uint8:
        this.#take(this.#view.getUint8(this.#at), 1);
        return true;
      case op.none:
        this.#take("None", 0);
        return true;
      case op.uint16:
        this.#take(this.#view.getUint16(this.#at, true), 2);
        return true;
      case op.int32:
        this.#take(this.#view.getInt32(this.#at, true), 4);
        return true;
      case op.long:
        return this.#takeLong(this.#view.getUint8(this.#at));
      case op.shortText:
        return this.#takeText(this.#view.getUint8(this.#at), 1);
      case op.text:
        return this.#takeText(this.#view.getUint32(this.#at, true), 4);
      case op.get:
        return this.#takeKnown(this.#view.getUint8(this.#at), 1);
      case op.longGet:
        return this.#takeKnown(this.#view.getUint32(this.#at, true), 4);
      default:
        return this.#structure(code);
    }
  }

  /** Operations that build the list itself. */
  #structure(code: number): boolean {
    switch (code) {
      case op.memoize:
        this.#memo.push(this.#text);
        this.#text = undefined;
        return true;
      case op.frame:
        this.#at += 8;
        return true;
      case op.emptyList:
      case op.mark:
      case op.append:
      case op.appends:
        return true;
      case op.stop:
        return false;
      default:
        throw new FramingError(`The pickled values of a chunk have the unknown operation ${code}.`);
    }
  }

  #takeLong(length: number): true {
    let value = 0n;
    for (let index = length - 1; index >= 0; index -= 1) {
      value = (value << 8n) | BigInt(this.#view.getUint8(this.#at + 1 + index));
    }
    this.#take(BigInt.asIntN(8 * length, value), 1 + length);
    return true;
  }

  #takeText(length: number, lengthBytes: number): true {
    const begin = this.#at + lengthBytes;
    if (begin + length > this.pickle.length) throw new FramingError("A pickled value is longer than its chunk.");
    this.#text = new TextDecoder().decode(this.pickle.subarray(begin, begin + length));
    this.#take(this.#text, lengthBytes + length);
    return true;
  }

  #takeKnown(number: number, length: number): true {
    const text = this.#memo[number];
    if (text === undefined) throw new FramingError(`A pickled value refers to ${number}, which is not a text.`);
    this.#take(text, length);
    return true;
  }

  /** Adds the next step's value. 7 and "7" count as the same, since both are kept as text. */
  #take(value: string | number | bigint, length: number): void {
    this.#at += length;
    if (this.#filled === this.column.length) throw new FramingError("A chunk has more values than steps.");
    this.column[this.#filled] = this.#numberOf(value);
    this.#filled += 1;
  }

  #numberOf(value: string | number | bigint): number {
    const known = this.#numbers.get(value);
    if (known !== undefined) return known;
    const number = this.#texts.push(String(value)) - 1;
    this.#numbers.set(value, number);
    return number;
  }
}
