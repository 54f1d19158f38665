/**
 * Previews of built-in objects whose content is not in a property. They are read with their own methods, which were captured before
 * the user's code was loaded, and which reject objects of another kind.
 */
import { types } from "node:util";
import { apply, getPrototypeOf, getterOf, isProxy } from "../engine/intrinsics";

const bufferSize = getterOf(ArrayBuffer.prototype, "byteLength");
const sharedSize = getterOf(SharedArrayBuffer.prototype, "byteLength");
const viewBuffer = getterOf(DataView.prototype, "buffer");
const viewOffset = getterOf(DataView.prototype, "byteOffset");
const viewSize = getterOf(DataView.prototype, "byteLength");
const Bytes = Uint8Array;

/** Prototypes, and how to read the content of their objects. */
const tellers: readonly (readonly [prototype: object, tell: (this: unknown) => unknown])[] = [
  [URL.prototype, getterOf(URL.prototype, "href")],
  [URLSearchParams.prototype, URLSearchParams.prototype.toString],
  ...temporal(),
];

const weakReference = WeakRef.prototype;
const dereferenced = weakReference.deref;

/** Iterators of the runtime, by their prototypes. What they have left to give cannot be read without taking it. */
const iterators: readonly (readonly [prototype: unknown, text: string])[] = [
  [getPrototypeOf([].values()), "[Array Iterator]"],
  [getPrototypeOf(new Map().values()), "[Map Iterator]"],
  [getPrototypeOf(new Set().values()), "[Set Iterator]"],
  [getPrototypeOf(""[Symbol.iterator]()), "[String Iterator]"],
  [getPrototypeOf("".matchAll(/a/g)), "[RegExp String Iterator]"],
];

const mostPrototypes = 10;

/** Access to the bytes of a buffer. */
export interface Memory {
  readonly size: number;
  /** The first `count` bytes. */
  first(count: number): ArrayLike<number>;
}

/** The bytes of a buffer, or of a view without elements of its own. */
export function memoryOf(value: object): Memory | undefined {
  if (types.isDataView(value)) {
    const buffer = apply(viewBuffer, value, []) as ArrayBuffer;
    return memory(buffer, apply(viewOffset, value, []) as number, apply(viewSize, value, []) as number);
  }
  if (types.isArrayBuffer(value)) return memory(value, 0, apply(bufferSize, value, []) as number);
  if (types.isSharedArrayBuffer(value)) return memory(value, 0, apply(sharedSize, value, []) as number);
  return undefined;
}

function memory(buffer: ArrayBuffer | SharedArrayBuffer, from: number, size: number): Memory {
  return { size, first: (count) => new Bytes(buffer as ArrayBuffer, from, Math.min(count, size)) };
}

/** The preview of an iterator of the runtime; undefined for other objects. */
export function iteratorText(value: object): string | undefined {
  const prototype = getPrototypeOf(value);
  return iterators.find(([known]) => known === prototype)?.[1];
}

/** What a `WeakRef` refers to, if it still exists; undefined for other objects. */
export function targetOf(value: object): { readonly value: unknown } | undefined {
  if (!hasPrototype(value, weakReference)) return undefined;
  return { value: apply(dereferenced, value, []) };
}

function hasPrototype(value: object, sought: object): boolean {
  let prototype = getPrototypeOf(value);
  for (let depth = 0; prototype && depth < mostPrototypes && !isProxy(prototype); depth += 1) {
    if (prototype === sought) return true;
    prototype = getPrototypeOf(prototype);
  }
  return false;
}

/** The content of a URL, of its parameters, or of a date of `Temporal`; undefined for other objects. */
export function toldText(value: object): string | undefined {
  let prototype = getPrototypeOf(value);
  for (let depth = 0; prototype && depth < mostPrototypes && !isProxy(prototype); depth += 1) {
    const above = prototype;
    const teller = tellers.find(([known]) => known === above);
    if (teller) return `${apply(teller[1], value, [])}`;
    prototype = getPrototypeOf(prototype);
  }
  return undefined;
}

function temporal(): [object, (this: unknown) => string][] {
  const { Temporal } = globalThis as { Temporal?: Record<string, { prototype?: { toString(): string } }> };
  if (Temporal === undefined) return [];
  return Object.getOwnPropertyNames(Temporal).flatMap((name) => {
    const prototype = Temporal[name]?.prototype;
    return prototype ? [[prototype, prototype.toString] as [object, (this: unknown) => string]] : [];
  });
}
