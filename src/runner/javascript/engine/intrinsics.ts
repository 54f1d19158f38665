/**
 * The parts of the runtime that the runner needs, captured before any user code runs. User code may replace clocks, timers and
 * console methods without affecting the runner.
 */
import fs from "node:fs";
import { types } from "node:util";

const { bigint: clock } = process.hrtime;
const nanoseconds = new BigInt64Array(1);
const words = new Uint32Array(nanoseconds.buffer);

/** The monotonic clock in milliseconds, with a resolution of a microsecond or better. Faster than `performance.now`. */
export function now(): number {
  nanoseconds[0] = clock();
  return ((words[1] as number) * 4_294_967_296 + (words[0] as number)) / 1e6;
}
export const { apply, ownKeys, getOwnPropertyDescriptor, getPrototypeOf, defineProperty, deleteProperty } = Reflect;
export const { create, hasOwn } = Object;
export const TheProxy = Proxy;
export const later: (run: () => void) => void = setImmediate;
const { clearTimeout, setTimeout } = globalThis;

/** Calls back after so many milliseconds, unless what it gives is called before. @param holds whether it keeps the process alive */
export function timeout(run: () => void, millis: number, holds = true): () => void {
  const timer = setTimeout(run, millis);
  if (!holds) timer.unref();
  return () => clearTimeout(timer);
}

/** Runs all microtasks, and all that is put off by `process.nextTick`, as the runtime does between two callbacks. What they throw, it throws. */
export const runTicks: () => void = (process as unknown as { _tickCallback(): void })._tickCallback.bind(process);

/**
 * Runs all microtasks, and all that is put off by `process.nextTick`. No microtask may be running. Nothing else of the runtime can
 * do that without giving control back to the event loop.
 */
export function runMicrotasks(): void {
  try {
    runTicks();
  } catch (error) {
    // It concerns nobody here: the program sees it as uncaught.
    later(() => {
      throw error;
    });
  }
}
export const { isProxy, isPromise } = types;
export const { writeSync } = fs;

const generatorPrototype: Generator = getPrototypeOf(function* () {}.prototype) as Generator;
const asyncGeneratorPrototype: object = getPrototypeOf(getPrototypeOf(async function* () {}.prototype) as object) as object;

/** The original methods that resume a generator, unaffected by changes to prototypes. */
export const resume = { next: generatorPrototype.next, throw: generatorPrototype.throw, return: generatorPrototype.return };

const asyncMethods = getPrototypeOf(async function* () {}.prototype) as AsyncGenerator;

/** The same for async generators. */
export const resumeAsync = { next: asyncMethods.next, throw: asyncMethods.throw, return: asyncMethods.return };

/** The original `%IteratorPrototype%[Symbol.iterator]`, which returns the iterator itself. */
export const iteratesItself: unknown = (generatorPrototype as unknown as Record<symbol, unknown>)[Symbol.iterator];

const isAbove = Object.prototype.isPrototypeOf;

/** Whether an object was created by an async generator function. Must not be called with a proxy, whose traps it would trigger. */
export function isAsyncGenerator(object: object): boolean {
  return apply(isAbove, asyncGeneratorPrototype, [object]);
}

const { then } = Promise.prototype;

/** Listens to a promise, if a value is one. */
export function whenRejected(value: unknown, listen: (reason: unknown) => void): void {
  if (types.isPromise(value)) void apply(then, value, [undefined, listen]);
}

const { get, set, has } = WeakMap.prototype;

/** A WeakMap that uses the original methods. */
export function weakMap<V>() {
  const map = new WeakMap<object, V>();
  return {
    has: (key: object): boolean => apply(has, map, [key]),
    get: (key: object): V | undefined => apply(get, map, [key]),
    set: (key: object, value: V): void => void apply(set, map, [key, value]),
  };
}

/** The getter of an accessor property, which can be applied to an object without a property lookup on it. */
export function getterOf(prototype: object, key: string | symbol): (this: unknown) => unknown {
  const getter = getOwnPropertyDescriptor(prototype, key)?.get;
  if (!getter) throw new TypeError(`There is no getter ${String(key)}.`);
  return getter;
}

/** Adds an item to a list: user code may have replaced its method. */
export function append<T>(list: T[], item: T): void {
  list[list.length] = item;
}
