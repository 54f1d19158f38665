/**
 * Writes the previews of the most common values, plain objects and arrays of small values, without intermediate strings. The
 * result is the same as that of `preview`, which is used for everything else. The same rules apply for what may be read.
 */
import { getOwnPropertyDescriptor, getPrototypeOf, isProxy } from "../engine/intrinsics";
import { arrayPrototype, deepest, describe, hasNamed, longest, longestInner, mostChildren, plainPrototype } from "./preview";
import { keyText, longestText, primitiveText } from "./previewText";
import { TaggedRequest } from "./requests";
import { type ReadyText, ready, type ValueBytes } from "./valueBytes";

const arrayIsArray = Array.isArray;
const { keys: keysOf, getOwnPropertySymbols: symbolsOf } = Object;

const separator = 2;
/** The maximum number of cached labels, since programs can create any number of property names at run time. */
const mostLabels = 4_096;

const opening = { array: ready("["), object: ready("{") };
const closing = { array: ready("]"), object: ready("}"), request: ready(")") };
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
   * The encoded labels of properties by name: for the first property of an object, and for further ones with the separator. Also, the
   * labels of the most recent objects, by index.
   */
  readonly #firstLabels = new Map<string, ReadyText>();
  readonly #otherLabels = new Map<string, ReadyText>();
  readonly #lastKeys: string[] = [];
  readonly #lastLabels: ReadyText[] = [];
  readonly #above: object[] = [];

  constructor(readonly out: ValueBytes) {}

  /** Writes the preview of any value. */
  write(value: unknown): void {
    // An interrupt during the previous value can leave entries behind.
    if (this.#above.length > 0) this.#above.length = 0;
    const { at, length } = this.out;
    try {
      this.#any(value, longest);
    } catch {
      // The value cannot be written here, for example because it is cyclic. `preview` handles it.
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
      if (getPrototypeOf(value) === arrayPrototype && !hasNamed(value, value.length)) this.#array(value, room);
      else this.#rest(value, room);
    } else if (getPrototypeOf(value) === plainPrototype && symbolsOf(value).length === 0) this.#plain(value, room);
    else if (TaggedRequest.isOne(value)) this.#request(value, room);
    else this.#rest(value, room);
  }

  #request(request: TaggedRequest, room: number): void {
    const { out } = this;
    const wording = TaggedRequest.wordingOf(request);
    const beginning = wording.beginningOf(request);
    const { at, length } = out;
    if (beginning) {
      out.ready(beginning);
      this.#any(wording.valueOf(request), longestInner);
      out.ready(closing.request);
      if (out.length - length <= longest) return;
      out.back(at, length);
    }
    this.#rest(request, room);
  }

  /** Writes a plain object. Keys are in the order of `Object.keys`. Its prototype chain contains no proxy whose traps might run. */
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

  /** Removes a child that is too long. The first child is always kept. @returns whether the child was kept */
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

  /** The label of a property. Objects that are yielded in sequence usually have the same keys. */
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
