/**
 * The previews in one chunk, each stored once. Most values are small and recur, so they are looked up by value; others by the text
 * of their preview.
 */
import { TaggedRequest } from "./requests";
import { switchText } from "./switchPoints";
import { TextIndex } from "./textIndex";
import { ValueBytes } from "./valueBytes";
import { Writer } from "./writer";

const smallIntegers = 1_024;
/** The maximum length of a string that is looked up by value. Hashing a longer one costs more than making its preview. */
const longestKey = 200;

const mark = { open: 0x5b, comma: 0x2c, quote: 0x22, close: 0x5d };

/** Whether a value is its own key, without a limit. */
function isSmall(value: unknown): boolean {
  return typeof value === "boolean" || value === null || (typeof value === "symbol" && switchText(value) !== undefined);
}

export class Dictionary {
  readonly #out = new ValueBytes();
  readonly #writer = new Writer(this.#out);
  readonly #seen = new TextIndex();
  readonly #integers = new Int32Array(smallIntegers).fill(-1);
  readonly #primitives = new Map<unknown, number>();
  readonly #requests = new Map<string, number>();
  #undefined = -1;
  #count = 0;
  /** The end of the complete previews. An interrupt can leave an incomplete one after it. */
  #end = 0;

  /** The number of a value's preview in this chunk. */
  index(value: unknown): number {
    if (value === undefined) {
      if (this.#undefined < 0) this.#undefined = this.#add(value);
      return this.#undefined;
    }
    return typeof value === "number" ? this.#number(value) : this.#other(value);
  }

  /** All previews as a JSON array of strings. It is in shared memory that is reused by the chunk after the next. */
  json(): Uint8Array {
    this.#out.back(this.#end, 0);
    if (this.#count === 0) this.#out.raw(mark.open);
    this.#out.raw(mark.close);
    return this.#out.bytes.subarray(0, this.#out.at);
  }

  /** Switches buffers: the result of `json` stays unchanged until the next call. */
  turn(): void {
    this.#out.turn();
  }

  /** Starts the next chunk. */
  clear(): void {
    this.#integers.fill(-1);
    this.#undefined = -1;
    this.#primitives.clear();
    this.#requests.clear();
    this.#seen.clear();
    this.#count = 0;
    this.#end = 0;
  }

  #number(value: number): number {
    if (value >= 0 && value < smallIntegers && (value | 0) === value && (value !== 0 || 1 / value > 0)) {
      const known = this.#integers[value] as number;
      if (known >= 0) return known;
      const index = this.#add(value);
      this.#integers[value] = index;
      return index;
    }
    // A Map does not distinguish -0 from 0.
    return value === 0 ? this.#found(value) : this.#primitive(value);
  }

  #other(value: unknown): number {
    const isKey = typeof value === "string" ? value.length <= longestKey : isSmall(value);
    if (isKey) return this.#primitive(value);
    const isRequest = typeof value === "object" && TaggedRequest.isOne(value as object);
    return isRequest ? this.#request(value as TaggedRequest) : this.#found(value);
  }

  /** There are many requests but few texts, except for requests whose text contains a value. */
  #request(request: TaggedRequest): number {
    const wording = TaggedRequest.wordingOf(request);
    if (wording.beginningOf(request)) return this.#found(request);
    const text = wording.textOf(request);
    const known = this.#requests.get(text);
    if (known !== undefined) return known;
    this.#begin();
    this.#out.text(text);
    this.#out.raw(mark.quote);
    const index = this.#commit();
    this.#requests.set(text, index);
    return index;
  }

  #primitive(value: unknown): number {
    const known = this.#primitives.get(value);
    if (known !== undefined) return known;
    const index = this.#add(value);
    this.#primitives.set(value, index);
    return index;
  }

  #found(value: unknown): number {
    this.#write(value);
    const known = this.#seen.find(this.#out.view, this.#end + 1, this.#out.at, this.#count);
    return known < 0 ? this.#commit() : known;
  }

  #add(value: unknown): number {
    this.#write(value);
    return this.#commit();
  }

  #write(value: unknown): void {
    this.#begin();
    this.#writer.write(value);
    this.#out.raw(mark.quote);
  }

  #begin(): void {
    const out = this.#out;
    out.back(this.#end, 0);
    out.raw(this.#count === 0 ? mark.open : mark.comma);
    out.raw(mark.quote);
  }

  #commit(): number {
    this.#end = this.#out.at;
    this.#count += 1;
    return this.#count - 1;
  }
}
