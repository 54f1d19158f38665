/**
 * The children of a value, page by page, for a tree that is expanded on demand. Accessors are listed but not called.
 */
import { types } from "node:util";
import { entriesOfNamespace } from "../engine/bindings";
import { isError } from "../engine/errors";
import { apply, getOwnPropertyDescriptor, getPrototypeOf, ownKeys } from "../engine/intrinsics";
import { className } from "../engine/names";
import { entriesOf, mapSize, setSize, typedLength, valuesOf } from "./contents";
import { frameText, userFrames } from "./failures";
import { type Memory, memoryOf } from "./platformText";
import { preview, uninitialized } from "./preview";
import { keyText, primitiveText } from "./previewText";

/** A child: its value, or a text in place of one. */
export interface Child {
  readonly name: string;
  readonly value?: unknown;
  readonly text?: string;
  /** The text is part of a longer one. */
  readonly piece?: boolean;
}

/** For longer lists, only the elements are shown, since reading the other properties would enumerate everything. */
const longListed = 100_000;

/** The children from index `start`, up to `count` of them, and the total number. */
export function childrenOf(value: object | string, start: number, count: number): { children: Child[]; total: number } {
  if (typeof value === "string") return piecesOf(value, start, count);
  const elements = elementsOf(value);
  const rest = elements.count > longListed ? [] : restOf(value, elements.isIndexed);
  const total = elements.count + rest.length;
  const end = Math.min(total, start + count);
  const children = elements.read(Math.min(start, elements.count), Math.min(end, elements.count));
  for (let index = Math.max(start, elements.count); index < end; index += 1) {
    const make = rest[index - elements.count];
    if (make) children.push(make());
  }
  return { children, total };
}

/** Characters of one piece of a text. */
const pieceLength = 1_000;

function piecesOf(text: string, start: number, count: number): { children: Child[]; total: number } {
  const total = Math.ceil(text.length / pieceLength);
  const children: Child[] = [];
  for (let index = start; index < Math.min(total, start + count); index += 1) {
    const [from, to] = [pieceBegin(text, index), pieceBegin(text, index + 1)];
    children.push({ name: `${from}–${to - 1}`, text: JSON.stringify(text.slice(from, to)), piece: true });
  }
  return { children, total };
}

/** The two halves of a character that is stored as a pair stay together. */
function pieceBegin(text: string, index: number): number {
  const at = Math.min(text.length, index * pieceLength);
  return (text.codePointAt(at - 1) ?? 0) > 0xffff ? at + 1 : at;
}

interface Elements {
  readonly count: number;
  readonly isIndexed: boolean;
  read(from: number, to: number): Child[];
}

function elementsOf(value: object): Elements {
  if (Array.isArray(value)) {
    const length = getOwnPropertyDescriptor(value, "length")?.value as number;
    return indexed(length, (index) => ({ ...property(getOwnPropertyDescriptor(value, index)), name: `${index}` }));
  }
  if (types.isTypedArray(value)) {
    const elements = value as unknown as Record<number, unknown>;
    const length = apply(typedLength, value, []) as number;
    return indexed(length, (index) => ({ name: `${index}`, text: primitiveText(elements[index]) }));
  }
  const bytes = memoryOf(value);
  if (bytes) return bytesOf(bytes);
  if (types.isMap(value)) return mapElements(value);
  if (types.isSet(value)) return setElements(value);
  return { count: 0, isIndexed: false, read: () => [] };
}

function indexed(count: number, child: (index: number) => Child): Elements {
  return { count, isIndexed: true, read: (from, to) => Array.from({ length: to - from }, (_, offset) => child(from + offset)) };
}

function bytesOf({ size, first }: Memory): Elements {
  const read = (from: number, to: number) => {
    const bytes = first(to);
    return Array.from({ length: to - from }, (_, offset) => ({ name: `${from + offset}`, text: `${bytes[from + offset]}` }));
  };
  return { count: size, isIndexed: true, read };
}

function mapElements(map: object): Elements {
  const read = (from: number, to: number) => {
    const next = entriesOf(map);
    return page(from, to, next).map(([key, value]) => ({ name: preview(key), value }));
  };
  return { count: apply(mapSize, map, []) as number, isIndexed: false, read };
}

function setElements(set: object): Elements {
  const read = (from: number, to: number) => {
    const next = valuesOf(set);
    return page(from, to, next).map((value, offset) => ({ name: `${from + offset}`, value }));
  };
  return { count: apply(setSize, set, []) as number, isIndexed: false, read };
}

/** The results of an iterator between two positions. */
function page<T>(from: number, to: number, next: () => T): T[] {
  for (let index = 0; index < from; index += 1) next();
  return Array.from({ length: to - from }, next);
}

/** The named properties, and then the prototype. */
function restOf(value: object, isIndexed: boolean): (() => Child)[] {
  const entries = entriesOfNamespace(value);
  if (entries) return entries.map((entry) => () => ({ ...entry, ...("value" in entry ? {} : { text: uninitialized }) }));
  const keys = ownKeys(value).filter((key) => !(isIndexed && typeof key === "string" && /^\d+$/.test(key)));
  const isAnError = isError(value);
  const named = keys.map((key) => () => {
    if (isAnError && key === "stack") return { name: "stack", text: stackText(value) };
    return { ...property(getOwnPropertyDescriptor(value, key)), name: keyText(key) };
  });
  return getPrototypeOf(value) ? [...named, () => ({ name: "[[Prototype]]", text: className(value) ?? "Object" })] : named;
}

/** The frames of an error that are in files, without those of the runner. */
function stackText(error: object): string {
  const frames = userFrames(error, { has: (file) => !file.startsWith(__dirname), hasColumns: false });
  return frames.length === 0 ? "(no frames in files)" : frames.map((frame) => frameText(frame).trim()).join("\n");
}

function property(descriptor: PropertyDescriptor | undefined): Omit<Child, "name"> {
  if (!descriptor) return { text: "empty" };
  if (descriptor.get) return { text: descriptor.set ? "(getter, setter)" : "(getter)" };
  return descriptor.set ? { text: "(setter)" } : { value: descriptor.value };
}
