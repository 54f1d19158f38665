/**
 * The previews of one chunk, each told once. Most values are small and come again, so they are found by the value itself.
 */
import { preview } from "./preview";

const smallIntegers = 1_024;
/** Hashing a longer string costs more than making its preview. */
const longestKey = 200;

export class Dictionary {
  values: string[] = [];
  readonly #integers = new Int32Array(smallIntegers).fill(-1);
  #undefined = -1;
  readonly #primitives = new Map<unknown, number>();
  readonly #texts = new Map<string, number>();

  /** The number of a value's preview in this chunk. */
  index(value: unknown): number {
    if (value === undefined) {
      if (this.#undefined < 0) this.#undefined = this.#add(value);
      return this.#undefined;
    }
    return typeof value === "number" ? this.#number(value) : this.#other(value);
  }

  /** Begins with the next chunk. */
  clear(): void {
    this.values = [];
    this.#integers.fill(-1);
    this.#undefined = -1;
    this.#primitives.clear();
    this.#texts.clear();
  }

  #number(value: number): number {
    if (value >= 0 && value < smallIntegers && (value | 0) === value && (value !== 0 || 1 / value > 0)) {
      const known = this.#integers[value] as number;
      if (known >= 0) return known;
      const index = this.#add(value);
      this.#integers[value] = index;
      return index;
    }
    // A map does not tell -0 from 0.
    return value === 0 ? this.#text(preview(value)) : this.#primitive(value);
  }

  #other(value: unknown): number {
    const isKey = typeof value === "string" ? value.length <= longestKey : typeof value === "boolean" || value === null;
    return isKey ? this.#primitive(value) : this.#text(preview(value));
  }

  #primitive(value: unknown): number {
    const known = this.#primitives.get(value);
    if (known !== undefined) return known;
    const index = this.#add(value);
    this.#primitives.set(value, index);
    return index;
  }

  #text(text: string): number {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    this.#texts.set(text, this.values.length);
    return this.values.push(text) - 1;
  }

  #add(value: unknown): number {
    return this.values.push(preview(value)) - 1;
  }
}
