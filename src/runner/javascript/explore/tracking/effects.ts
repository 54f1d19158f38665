/** What a called function touches: the user's own tell it themselves, the runtime's are known here, all others may touch everything. */
import { apply, getPrototypeOf, isProxy } from "../../engine/intrinsics";
import { clockPlace, elementsPlace, schedulerPlace, type Touches } from "../touches";

/** In the text of every function that was changed. */
export const seen = "yieldpoint$seen";

type Effect = "none" | "reads" | "writes" | "prints" | "clock" | "random" | "schedules" | "resumes" | "all";

export interface Effects {
  /** @param text how the function was called, for whoever cannot be seen into */
  called(fn: unknown, receiver: unknown, args: readonly unknown[], text: string): void;
}

/** @param isKnown whether a function tells by itself what it does */
export function effectsBy(touches: Touches, isKnown: (fn: object) => boolean): Effects {
  const known = new WeakMap<object, Effect>();
  const random = touches.place("random");
  const generators = touches.place("generators");
  const effectOf = (fn: object): Effect => {
    const effect = known.get(fn) ?? patched(fn) ?? builtIn.get(fn) ?? (isKnown(fn) || isSeen(fn) ? "none" : "all");
    known.set(fn, effect);
    return effect;
  };
  const act: Record<Effect, (text: string) => void> = {
    none: () => undefined,
    reads: () => touches.read(elementsPlace),
    writes: () => touches.write(elementsPlace),
    prints: () => undefined,
    clock: () => touches.write(clockPlace),
    random: () => touches.write(random),
    schedules: () => touches.write(schedulerPlace),
    resumes: () => touches.write(generators),
    all: (text) => touches.all(text),
  };
  return {
    called(fn, receiver, args, text) {
      if (typeof fn !== "function") return;
      const isIndirect = fn === functionCall || fn === functionApply;
      const effect = effectOf(isIndirect && typeof receiver === "function" ? receiver : fn);
      act[effect](text);
      // To print an object is to read all of it.
      if (effect === "prints" && args.some((arg) => typeof arg === "object" && arg !== null)) touches.all(text);
      if (effect === "none" && !builtIn.has(fn)) return;
      for (const arg of args) if (typeof arg === "function" && effectOf(arg) === "all") touches.all(text);
    },
  };
}

const functionSource = Function.prototype.toString;
const { call: functionCall, apply: functionApply } = Function.prototype;

/** Whether it is the user's: a class also through what it extends. */
function isSeen(fn: object): boolean {
  for (let at: object | null = fn; typeof at === "function" && at !== Function.prototype; at = getPrototypeOf(at)) {
    if (isProxy(at)) return false;
    if (at !== fn && builtIn.get(at) === "none") return true;
    if (!(apply(functionSource, at, []) as string).includes("yieldpoint$")) return false;
  }
  return true;
}

/** Functions that virtual time replaces, at any time. */
function patched(fn: object): Effect | undefined {
  if (fn === Math.random) return "random";
  if (fn === Date || fn === Date.now || fn === performance.now || fn === process.hrtime || fn === process.hrtime.bigint)
    return "clock";
  if (fn === setTimeout || fn === setInterval || fn === setImmediate) return "clock";
  if (fn === clearTimeout || fn === clearInterval || fn === clearImmediate) return "clock";
  if (fn === queueMicrotask || fn === process.nextTick) return "schedules";
  if (fn === process.stdout.write || fn === process.stderr.write) return "prints";
  return undefined;
}

const builtIn = new Map<object, Effect>();

function add(effect: Effect, holder: object, names?: string): void {
  const own = Object.getOwnPropertyDescriptors(holder) as Record<string, PropertyDescriptor>;
  for (const name of names?.split(" ") ?? Reflect.ownKeys(own)) {
    const value = own[name as string]?.value;
    if (typeof value === "function" && !builtIn.has(value)) builtIn.set(value, effect);
  }
}

const typedArray = getPrototypeOf(Uint8Array) as { prototype: object };
const errors = [Error, TypeError, RangeError, SyntaxError, ReferenceError, EvalError, URIError, AggregateError];

// The last index of a regular expression is state.
add("writes", String.prototype, "match matchAll replace replaceAll search split");
add("writes", RegExp.prototype, "test exec");
for (const { prototype } of [Array, typedArray]) {
  add("writes", prototype, "copyWithin fill pop push reverse set shift sort splice unshift");
  add("reads", prototype);
}
for (const { prototype } of [Map, Set, WeakMap, WeakSet]) {
  add("writes", prototype, "set add delete clear");
  add("reads", prototype);
}
for (const primitive of [String, Number, Boolean, BigInt, Symbol, ...errors]) {
  builtIn.set(primitive, "none");
  add("none", primitive.prototype);
}
add("none", Math);
add("none", Number);
add("none", String, "fromCharCode fromCodePoint raw");
add("none", Object, "is getPrototypeOf create");
add("none", Array, "isArray of");
add("reads", Array, "from");
add("none", JSON, "parse");
add("none", Date, "UTC parse");
add("none", Object.prototype, "toString valueOf");
add("none", Function.prototype, "bind");
add("none", globalThis, "parseInt parseFloat isNaN isFinite encodeURIComponent decodeURIComponent encodeURI decodeURI");
for (const maker of [Array, Map, Set, WeakMap, WeakSet, typedArray]) builtIn.set(maker, "reads");
for (const array of [Uint8Array, Int8Array, Uint16Array, Int16Array, Uint32Array, Int32Array, Float32Array, Float64Array]) {
  builtIn.set(array, "reads");
}
for (const plain of [Object, RegExp]) builtIn.set(plain, "none");
for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(Date.prototype))) {
  if (typeof property.value === "function") builtIn.set(property.value, name.startsWith("set") ? "writes" : "reads");
}
builtIn.delete(Date.prototype.constructor);
add("prints", console, "log info debug warn error");
builtIn.set(Promise, "schedules");
add("schedules", Promise, "resolve reject all any race allSettled withResolvers");
add("schedules", Promise.prototype, "then catch finally");
add("resumes", getPrototypeOf(function* () {}.prototype) as object, "next return throw");
add("writes", getPrototypeOf([][Symbol.iterator]()) as object, "next");
add("writes", getPrototypeOf(new Map().entries()) as object, "next");
add("writes", getPrototypeOf(new Set().values()) as object, "next");
