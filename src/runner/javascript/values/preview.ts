/**
 * A bounded preview of any value in JavaScript's own notation. No user code runs: accessors are not called, proxies are not accessed,
 * and all methods are the runtime's own, captured before the user's code is loaded.
 */
import { types } from "node:util";
import { entriesOfNamespace, type NamespaceEntry } from "../engine/bindings";
import { errorMessage, errorName, isError } from "../engine/errors";
import { generatorName } from "../engine/inspector";
import { apply, getOwnPropertyDescriptor, getPrototypeOf, isAsyncGenerator, isProxy } from "../engine/intrinsics";
import { className } from "../engine/names";
import { entriesOf, mapSize, setSize, typedLength, valuesOf } from "./contents";
import { iteratorText, type Memory, memoryOf, targetOf, toldText } from "./platformText";
import { boxedText, dateText, functionText, keyText, longestText, primitiveText, quote, regexpText } from "./previewText";
import { TaggedRequest } from "./requests";

export const longest = 200;
export const longestInner = 80;
export const deepest = 2;
/** The maximum number of children that are read, even if all of them are short. */
export const mostChildren = 64;

/** In place of the value of a variable whose declaration was not evaluated. */
export const uninitialized = "<uninitialized>";
const arrayIsArray = Array.isArray;
export const arrayPrototype = Array.prototype;
export const plainPrototype = Object.prototype;
const { keys: keysOf, getOwnPropertySymbols: symbolsOf } = Object;

/** The position within the value that is previewed. */
export interface Place {
  readonly depth: number;
  /** How many characters are left for this part. */
  readonly room: number;
  readonly above: readonly object[];
}

/** The preview of a value, at most about 200 characters long. */
export function preview(value: unknown): string {
  return describe(value, { depth: 0, room: longest, above: [] });
}

/** Whether a value has children that can be expanded. */
export function isExpandable(value: unknown): value is object | string {
  if (typeof value === "string") return value.length > longestText;
  return (typeof value === "object" || typeof value === "function") && value !== null && !isProxy(value);
}

/** The preview of a part of a value. */
export function describe(value: unknown, place: Place): string {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return primitiveText(value);
  if (isProxy(value)) return "Proxy";
  if (place.above.includes(value)) return "[Circular]";
  try {
    // Most objects are plain, so the other kinds are checked later.
    if (typeof value === "function") return withProperties(functionText(value), value, place);
    if (arrayIsArray(value)) return describeArray(value, place);
    if (getPrototypeOf(value) === plainPrototype) return describePlain(value, plainPrefix(value), place);
    if (TaggedRequest.isOne(value)) return TaggedRequest.textOf(value);
    if (isError(value)) return errorText(value);
    const leaf = leafText(value);
    return leaf === undefined ? describeContainer(value, place) : withProperties(leaf, value, place);
  } catch {
    return "(no preview)";
  }
}

/** The preview of an object whose content is not in properties; undefined for other objects. */
function leafText(value: object): string | undefined {
  if (types.isDate(value)) return dateText(value);
  if (types.isRegExp(value)) return regexpText(value);
  if (types.isGeneratorObject(value)) return generatorText(value);
  if (types.isPromise(value) || types.isWeakMap(value) || types.isWeakSet(value)) return className(value) ?? "Object";
  if (types.isBoxedPrimitive(value)) return boxedText(value);
  return iteratorText(value);
}

/** Adds the properties that a function, a date or another object has in addition to its content. */
function withProperties(text: string, value: object, place: Place): string {
  const keys = namedKeys(value);
  return keys.length === 0 ? text : describeProperties(value, keys, `${text} `, place);
}

/** The enumerable properties that are not elements. */
function namedKeys(value: object): (string | symbol)[] {
  return enumerableKeys(value).filter((key) => typeof key === "symbol" || !isIndex(key));
}

function isIndex(key: string): boolean {
  return /^\d+$/.test(key);
}

/** Whether an array has properties in addition to its elements. Those of a long array are not looked for, since that takes long. */
export function hasNamed(array: readonly unknown[], length: number): boolean {
  if (length > mostChildren) return false;
  const keys = keysOf(array);
  const last = keys[keys.length - 1];
  // Elements come first.
  return last !== undefined && !isIndex(last);
}

function plainPrefix(value: object): string {
  return types.isArgumentsObject(value) ? "[Arguments] " : "";
}

function generatorText(generator: object): string {
  const kind = isAsyncGenerator(generator) ? "AsyncGenerator" : "Generator";
  return `${kind} ${generatorName(generator) ?? ""}`.trimEnd();
}

function errorText(error: object): string {
  const message = errorMessage(error);
  const name = errorName(error);
  if (message === undefined || message === "") return name.slice(0, longest);
  const text = `${name.slice(0, longest)}: ${message.slice(0, longest)}`;
  return text.length > longest ? `${text.slice(0, longest)}… (${message.length} characters)` : text;
}

function describeContainer(value: object, place: Place): string {
  if (types.isTypedArray(value)) return describeTyped(value, place);
  if (types.isMap(value)) return describeMap(value, place);
  if (types.isSet(value)) return describeSet(value, place);
  const bytes = memoryOf(value);
  if (bytes) return describeMemory(value, bytes, place);
  const entries = entriesOfNamespace(value);
  if (entries) return describeNamespace(value, entries, place);
  const target = targetOf(value);
  if (target)
    return list(`${className(value) ?? "WeakRef"} {`, "}", 1, enter(value, place), (_, inner) => describe(target.value, inner));
  const told = toldText(value);
  if (told !== undefined) return `${className(value) ?? "Object"} ${quote(told)}`;
  return describePlain(value, objectPrefix(value), place);
}

function describeArray(array: unknown[], place: Place): string {
  const length = getOwnPropertyDescriptor(array, "length")?.value as number;
  const name = getPrototypeOf(array) === arrayPrototype ? "Array" : className(array);
  const prefix = name === "Array" ? "" : `${name ?? "Array"}(${length}) `;
  if (place.depth > deepest) return length === 0 ? "[]" : `${prefix}[…]`;
  const named = hasNamed(array, length) ? namedKeys(array) : [];
  const element = (index: number, inner: Place) => {
    const key = named[index - length];
    if (key !== undefined) return namedText(array, key, inner);
    return propertyText(getOwnPropertyDescriptor(array, index), inner);
  };
  return list(`${prefix}[`, "]", length + named.length, enter(array, place), element);
}

function describeTyped(array: object, place: Place): string {
  const length = apply(typedLength, array, []) as number;
  const elements = array as Record<number, unknown>;
  const prefix = `${className(array) ?? "TypedArray"}(${length}) `;
  if (place.depth > deepest) return `${prefix}[…]`;
  return list(`${prefix}[`, "]", length, enter(array, place), (index) => primitiveText(elements[index]));
}

function describeMemory(value: object, { size, first }: Memory, place: Place): string {
  const prefix = `${className(value) ?? "ArrayBuffer"}(${size}) `;
  if (place.depth > deepest) return `${prefix}[…]`;
  const bytes = first(mostChildren);
  return list(`${prefix}[`, "]", size, enter(value, place), (index) => primitiveText(bytes[index]));
}

function describeMap(map: object, place: Place): string {
  const size = apply(mapSize, map, []) as number;
  const prefix = `${className(map) ?? "Map"}(${size}) `;
  if (place.depth > deepest) return `${prefix}{…}`;
  const next = entriesOf(map);
  const named = namedKeys(map);
  return list(`${prefix}{`, "}", size + named.length, enter(map, place), (index, inner) => {
    const name = named[index - size];
    if (name !== undefined) return namedText(map, name, inner);
    const [key, value] = next();
    return `${describe(key, inner)} => ${describe(value, inner)}`;
  });
}

function describeSet(set: object, place: Place): string {
  const size = apply(setSize, set, []) as number;
  const prefix = `${className(set) ?? "Set"}(${size}) `;
  if (place.depth > deepest) return `${prefix}{…}`;
  const next = valuesOf(set);
  const named = namedKeys(set);
  return list(`${prefix}{`, "}", size + named.length, enter(set, place), (index, inner) => {
    const name = named[index - size];
    return name === undefined ? describe(next(), inner) : namedText(set, name, inner);
  });
}

function describeNamespace(namespace: object, entries: readonly NamespaceEntry[], place: Place): string {
  if (place.depth > deepest) return "[Module] {…}";
  return list("[Module] {", "}", entries.length, enter(namespace, place), (index, inner) => {
    const { name, ...entry } = entries[index] as NamespaceEntry;
    return `${keyText(name)}: ${"value" in entry ? describe(entry.value, inner) : uninitialized}`;
  });
}

/** The preview of an object's enumerable properties. */
function describePlain(value: object, prefix: string, place: Place): string {
  return describeProperties(value, place.depth > deepest ? [] : enumerableKeys(value), prefix, place);
}

function describeProperties(value: object, keys: readonly (string | symbol)[], prefix: string, place: Place): string {
  if (place.depth > deepest) return `${prefix}{…}`;
  const property = (index: number, inner: Place) => namedText(value, keys[index] as string | symbol, inner);
  return list(`${prefix}{`, "}", keys.length, enter(value, place), property);
}

function namedText(value: object, key: string | symbol, place: Place): string {
  return `${keyText(key)}: ${propertyText(getOwnPropertyDescriptor(value, key), place)}`;
}

function enumerableKeys(value: object): (string | symbol)[] {
  const keys = keysOf(value);
  const symbols = symbolsOf(value);
  if (symbols.length === 0) return keys;
  return [...keys, ...symbols.filter((key) => getOwnPropertyDescriptor(value, key)?.enumerable)];
}

function objectPrefix(value: object): string {
  const name = className(value);
  if (name === "Object") return "";
  if (name !== undefined) return `${name} `;
  return getPrototypeOf(value) === null ? "[null prototype] " : "";
}

function propertyText(property: PropertyDescriptor | undefined, place: Place): string {
  if (!property) return "empty";
  return property.get || property.set ? "(…)" : describe(property.value, place);
}

function enter(value: object, place: Place): Place {
  return { depth: place.depth + 1, room: place.room, above: [...place.above, value] };
}

/**
 * Children between brackets, as many as fit, with the number of those left out.
 *
 * @param child returns the text of a child; called in ascending order of the index
 */
function list(open: string, close: string, count: number, place: Place, child: (index: number, inner: Place) => string): string {
  let text = open;
  for (let index = 0; index < count; index += 1) {
    const room = Math.min(longestInner, place.room - text.length);
    const part = index < mostChildren && room > 0 ? child(index, { ...place, room }) : undefined;
    if (part === undefined || (index > 0 && text.length + part.length > place.room)) {
      return `${text}${index > 0 ? ", " : ""}… ${count - index} more${close}`;
    }
    text += index > 0 ? `, ${part}` : part;
  }
  return text + close;
}
