/**
 * Writes the previews of what tasks yield most, plain objects and arrays of small values, without intermediate strings. The
 * result is the same as that of `preview`, and everything else is left to it: the rules about what may be read are the same.
 */
import { getOwnPropertyDescriptor, getPrototypeOf, isProxy } from "../engine/intrinsics";
import { arrayPrototype, deepest, describe, longest, longestInner, mostChildren, plainPrototype } from "./preview";
import { keyText, longestText, primitiveText } from "./previewText";
import { type ReadyText, ready, type ValueBytes } from "./valueBytes";

const arrayIsArray = Array.isArray;
const { keys: keysOf, getOwnPropertySymbols: symbolsOf } = Object;

const separator = 2;
/** Names of properties can be made at run time, without end. */
const mostLabels = 4_096;

const opening = { array: ready("["), object: ready("{") };
const closing = { array: ready("]"), object: ready("}") };
const words = { undefined: ready("undefined"), null: ready("null"), true: ready("true"), false: ready("false") };
const hidden = {
  object: ready("{…}"),
  array: ready("[…]"),
  emptyArray: ready("[]"),
  accessor: ready("(…)"),
  hole: ready("empty"),
};
const comma = ready(", ");

export class Writer {
  /**
   * What the names of properties look like in front of their values, by name: of an object's first one, and of others with what
   * separates them. And as the last objects had them in order.
   */
  readonly #firstLabels = new Map<string, ReadyText>();
  readonly #otherLabels = new Map<string, ReadyText>();
  readonly #lastKeys: string[] = [];
  readonly #lastLabels: ReadyText[] = [];
  readonly #above: object[] = [];

  constructor(readonly out: ValueBytes) {}

  /** Writes the preview of any value. */
  write(value: unknown): void {
    // An interrupt in the middle of the last one leaves it there.
    if (this.#above.length > 0) this.#above.length = 0;
    const { at, length } = this.out;
    try {
      this.#any(value, longest);
    } catch {
      // Something is wrong with the value; `preview` knows where.
      this.#above.length = 0;
      this.out.back(at, length);
      this.out.text(describe(value, { depth: 0, room: longest, above: [] }));
    }
  }

  #any(value: unknown, room: number): void {
    if (typeof value === "number") this.#number(value);
    else if (typeof value === "string") this.#string(value);
    else if (typeof value === "boolean") this.out.ready(value ? words.true : words.false);
    else if (value === undefined) this.out.ready(words.undefined);
    else if (value === null) this.out.ready(words.null);
    else if (typeof value === "object") this.#object(value, room);
    else this.#rest(value, room);
  }

  #number(value: number): void {
    if ((value | 0) === value && (value !== 0 || 1 / value > 0)) this.out.integer(value);
    else if (!this.out.decimal(value)) this.out.text(primitiveText(value));
  }

  #string(value: string): void {
    if (value.length <= longestText) this.out.quoted(value);
    else this.out.text(primitiveText(value));
  }

  #rest(value: unknown, room: number): void {
    this.out.text(describe(value, { depth: this.#above.length, room, above: [...this.#above] }));
  }

  #object(value: object, room: number): void {
    if (isProxy(value) || this.#above.includes(value)) this.#rest(value, room);
    else if (arrayIsArray(value)) {
      if (getPrototypeOf(value) === arrayPrototype) this.#array(value, room);
      else this.#rest(value, room);
    } else if (getPrototypeOf(value) === plainPrototype && symbolsOf(value).length === 0) this.#plain(value, room);
    else this.#rest(value, room);
  }

  /** The keys come in the order of `Object.keys`, and no proxy is above a plain object to be asked for more. */
  #plain(value: object, room: number): void {
    const { out } = this;
    if (this.#above.length > deepest) {
      out.ready(hidden.object);
      return;
    }
    const began = out.length;
    let index = 0;
    let left = 0;
    this.#above.push(value);
    out.ready(opening.object);
    for (const key in value) {
      const property = getOwnPropertyDescriptor(value, key);
      if (!property) continue;
      const { at, length } = out;
      const isRoom = this.#isRoom(index, began, room);
      if (isRoom) {
        out.ready(this.#label(key, index));
        this.#property(property, Math.min(longestInner, room - (length - began)));
      }
      if (!isRoom || !this.#keeps(index, at, length, began + room)) {
        left = keysOf(value).length - index;
        break;
      }
      index += 1;
    }
    this.#end(left, index, closing.object);
  }

  #array(array: unknown[], room: number): void {
    const { out } = this;
    const count = getOwnPropertyDescriptor(array, "length")?.value as number;
    if (this.#above.length > deepest) {
      out.ready(count === 0 ? hidden.emptyArray : hidden.array);
      return;
    }
    const began = out.length;
    let index = 0;
    this.#above.push(array);
    out.ready(opening.array);
    for (; index < count && this.#isRoom(index, began, room); index += 1) {
      const { at, length } = out;
      const inner = Math.min(longestInner, room - (length - began));
      if (index > 0) out.ready(comma);
      this.#property(getOwnPropertyDescriptor(array, index), inner);
      if (!this.#keeps(index, at, length, began + room)) break;
    }
    this.#end(count - index, index, closing.array);
  }

  #isRoom(index: number, began: number, room: number): boolean {
    return index < mostChildren && this.out.length - began < room;
  }

  /** Removes a child that is too long. The first one stays, however long it is. */
  #keeps(index: number, at: number, length: number, end: number): boolean {
    if (index === 0 || this.out.length - separator <= end) return true;
    this.out.back(at, length);
    return false;
  }

  #property(property: PropertyDescriptor | undefined, room: number): void {
    if (!property) this.out.ready(hidden.hole);
    else if (property.get || property.set) this.out.ready(hidden.accessor);
    else this.#any(property.value, room);
  }

  #end(left: number, index: number, close: ReadyText): void {
    if (left > 0) this.out.text(`${index > 0 ? ", " : ""}… ${left} more`);
    this.out.ready(close);
    this.#above.pop();
  }

  /** Objects that are yielded one after the other usually have the same keys. */
  #label(key: string, index: number): ReadyText {
    return this.#lastKeys[index] === key ? (this.#lastLabels[index] as ReadyText) : this.#newLabel(key, index);
  }

  #newLabel(key: string, index: number): ReadyText {
    const labels = index === 0 ? this.#firstLabels : this.#otherLabels;
    if (labels.size >= mostLabels) labels.clear();
    const label = labels.get(key) ?? ready(`${index === 0 ? "" : ", "}${keyText(key)}: `);
    labels.set(key, label);
    this.#lastKeys[index] = key;
    this.#lastLabels[index] = label;
    return label;
  }
}
