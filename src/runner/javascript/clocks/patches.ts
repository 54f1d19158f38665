/** Replaces functions of the runtime wherever a program can find them. */
import buffer from "node:buffer";
import crypto from "node:crypto";
import { syncBuiltinESMExports } from "node:module";
import timers from "node:timers";
import promises from "node:timers/promises";

/** Replacements, by the names in `runtime`. */
export type Patch = Readonly<Partial<Record<string, unknown>>>;

class Accessor {
  constructor(readonly get: () => unknown) {}
}

/** The replacement of a property that is read by a function. */
export function accessor(get: () => unknown): Accessor {
  return new Accessor(get);
}

/** Where each function is found: an object, and its key there. */
const places: Readonly<Record<string, readonly (readonly [object, PropertyKey])[]>> = {
  Date: [
    [globalThis, "Date"],
    [Date.prototype, "constructor"],
  ],
  performanceNow: [[Object.getPrototypeOf(performance), "now"]],
  timeOrigin: [[Object.getPrototypeOf(performance), "timeOrigin"]],
  performanceMark: [[Object.getPrototypeOf(performance), "mark"]],
  performanceMeasure: [[Object.getPrototypeOf(performance), "measure"]],
  hrtime: [[process, "hrtime"]],
  uptime: [[process, "uptime"]],
  cpuUsage: [[process, "cpuUsage"]],
  threadCpuUsage: [[process, "threadCpuUsage"]],
  performanceToJson: [[Object.getPrototypeOf(performance), "toJSON"]],
  format: [[Intl.DateTimeFormat.prototype, "format"]],
  formatToParts: [[Intl.DateTimeFormat.prototype, "formatToParts"]],
  timeStamp: [[Event.prototype, "timeStamp"]],
  ...Object.fromEntries(
    ([Event, CustomEvent] as const).map((Class) => [
      Class.name,
      [
        [globalThis, Class.name],
        [Class.prototype, "constructor"],
      ],
    ]),
  ),
  File: [
    [globalThis, "File"],
    [buffer, "File"],
    [File.prototype, "constructor"],
  ],
  ...Object.fromEntries(
    (["setTimeout", "setInterval", "setImmediate", "clearTimeout", "clearInterval", "clearImmediate"] as const).map((name) => [
      name,
      [
        [globalThis, name],
        [timers, name],
      ],
    ]),
  ),
  abortTimeout: [[AbortSignal, "timeout"]],
  promisedTimeout: [[promises, "setTimeout"]],
  promisedInterval: [[promises, "setInterval"]],
  promisedImmediate: [[promises, "setImmediate"]],
  schedulerWait: [[promises.scheduler, "wait"]],
  schedulerYield: [[promises.scheduler, "yield"]],
  queueMicrotask: [[globalThis, "queueMicrotask"]],
  nextTick: [[process, "nextTick"]],
  random: [[Math, "random"]],
  randomUUID: [[crypto, "randomUUID"]],
  webUUID: [[Object.getPrototypeOf(crypto.webcrypto), "randomUUID"]],
  // `crypto.getRandomValues` calls this one.
  getRandomValues: [[Object.getPrototypeOf(crypto.webcrypto), "getRandomValues"]],
  randomBytes: ["randomBytes", "pseudoRandomBytes", "prng", "rng"].map((name) => [crypto, name] as const),
  randomInt: [[crypto, "randomInt"]],
  randomFillSync: [[crypto, "randomFillSync"]],
  randomFill: [[crypto, "randomFill"]],
};

/** Puts replacements in place, for ES modules too. */
export function patch(patched: Patch): void {
  for (const [name, value] of Object.entries(patched)) {
    for (const [object, key] of places[name] ?? []) put(object, key, value);
  }
  syncBuiltinESMExports();
}

function put(object: object, key: PropertyKey, value: unknown): void {
  // Not every version of Node has all of them.
  if (!(key in object)) return;
  const { enumerable = true } = Object.getOwnPropertyDescriptor(object, key) ?? {};
  const property = value instanceof Accessor ? { get: value.get } : { value, writable: true };
  Object.defineProperty(object, key, { ...property, enumerable, configurable: true });
}
