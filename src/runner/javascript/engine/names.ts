/**
 * Names of classes and functions. They are read only from data properties, so that no user code runs.
 */
import { getOwnPropertyDescriptor, getPrototypeOf, isProxy } from "./intrinsics";

const longestName = 50;
const mostPrototypes = 10;

/** The value of an own data property; undefined if it is an accessor or does not exist. */
export function ownData(holder: object, key: string | symbol): unknown {
  return isProxy(holder) ? undefined : getOwnPropertyDescriptor(holder, key)?.value;
}

/** A function's own name. */
export function ownName(fn: object): string | undefined {
  const name = ownData(fn, "name");
  return typeof name === "string" && name !== "" ? shorten(name) : undefined;
}

/** The name of an object's class; undefined if it has no prototype, or the prototype has no named constructor. */
export function className(object: object): string | undefined {
  let prototype = getPrototypeOf(object);
  for (let depth = 0; prototype && depth < mostPrototypes && !isProxy(prototype); depth += 1) {
    const maker = ownData(prototype, "constructor");
    if (typeof maker === "function" && !isProxy(maker)) return ownName(maker) ?? "(anonymous)";
    prototype = getPrototypeOf(prototype);
  }
  return undefined;
}

/** The first data property with a key on the object or its prototypes, as far as it can be read without running user code. */
export function inheritedData(object: object, key: string | symbol): unknown {
  let holder: object | null = object;
  for (let depth = 0; holder && depth < mostPrototypes && !isProxy(holder); depth += 1) {
    const descriptor = getOwnPropertyDescriptor(holder, key);
    if (descriptor) return descriptor.value;
    holder = getPrototypeOf(holder);
  }
  return undefined;
}

function shorten(name: string): string {
  return name.length > longestName ? `${name.slice(0, longestName)}…` : name;
}
