/** What changed code calls when it reads and writes. */
import { types } from "node:util";
import { apply, isProxy } from "../../engine/intrinsics";
import { elementsPlace, type Touches } from "../touches";
import { type Effects, effectsBy } from "./effects";

/** The names of the hooks in changed code. */
export const hook = {
  read: "yieldpoint$read",
  write: "yieldpoint$write",
  readOf: "yieldpoint$readOf",
  writeOf: "yieldpoint$writeOf",
  readKey: "yieldpoint$readKey",
  writeKey: "yieldpoint$writeKey",
  callee: "yieldpoint$callee",
  method: "yieldpoint$method",
  iterated: "yieldpoint$iterated",
  all: "yieldpoint$all",
} as const;

/** How a method is called through an optional chain: where the object, or the method itself, may be missing. */
export const optional = { no: 0, object: 1, method: 2 } as const;

type Anything = (...given: unknown[]) => unknown;

/** The functions by the order of their names in `hook`. */
export function hooksFor(touches: Touches, isKnown: (fn: object) => boolean): readonly Anything[] {
  const effects: Effects = effectsBy(touches, isKnown);
  const generators = touches.place("generators");
  const placeOf = (key: unknown): number | undefined => {
    if (typeof key === "string") return /^\d+$/.test(key) ? elementsPlace : touches.property(key);
    return typeof key === "number" || typeof key === "symbol" ? elementsPlace : undefined;
  };
  const readKey = (key: unknown) => {
    const place = placeOf(key);
    if (place === undefined) touches.all();
    else touches.read(place);
    return key;
  };
  const hooks: Record<keyof typeof hook, Anything> = {
    read(...places) {
      for (const place of places) touches.read(place as number);
    },
    /** The value comes last. */
    write(...given) {
      for (let at = 0; at < given.length - 1; at += 1) touches.write(given[at] as number);
      return given.at(-1);
    },
    readOf(object, ...places) {
      for (const place of places) touches.read(place as number);
      return object;
    },
    writeOf(object, place) {
      touches.write(place as number);
      return object;
    },
    readKey,
    writeKey(key) {
      const place = placeOf(key);
      if (place === undefined) touches.all();
      else touches.write(place);
      return key;
    },
    callee(fn, text) {
      effects.called(fn, undefined, [], text as string);
      return fn;
    },
    method(object, key, way, text) {
      if ((object === undefined || object === null) && way === optional.object) return undefined;
      readKey(key);
      const fn = (object as Record<PropertyKey, unknown>)[key as PropertyKey];
      if ((fn === undefined || fn === null) && way === optional.method) return undefined;
      return (...args: unknown[]) => {
        if (typeof fn !== "function") throw new TypeError(`${text} is not a function`);
        effects.called(fn, object, args, text as string);
        return apply(fn as Anything, object, args);
      };
    },
    iterated: (iterable) => iterated(iterable, touches, generators),
    all(value, text) {
      touches.all(text as string | undefined);
      return value;
    },
  };
  return Object.keys(hook).map((name) => hooks[name as keyof typeof hook]);
}

/** Each step of an iteration over something of the runtime's reads it. What the user's code iterates by itself is seen there. */
function iterated(iterable: unknown, touches: Touches, generators: number): unknown {
  if (typeof iterable !== "object" || iterable === null || isProxy(iterable)) return iterable;
  const isOwn = types.isGeneratorObject(iterable);
  if (!isOwn && !Array.isArray(iterable) && !types.isMap(iterable) && !types.isSet(iterable) && !types.isTypedArray(iterable)) {
    touches.read(elementsPlace);
    touches.write(generators);
    return iterable;
  }
  return {
    [Symbol.iterator]() {
      const iterator = (iterable as Iterable<unknown>)[Symbol.iterator]();
      const note = isOwn ? () => touches.write(generators) : () => touches.read(elementsPlace);
      return {
        next() {
          note();
          return iterator.next();
        },
        return(value?: unknown) {
          note();
          return iterator.return?.(value) ?? { done: true, value };
        },
      };
    },
  };
}
