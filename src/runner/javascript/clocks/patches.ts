/** Replaces functions of the runtime wherever a program can find them. */
import crypto from "node:crypto";
import { syncBuiltinESMExports } from "node:module";
import timers from "node:timers";
import promises from "node:timers/promises";

/** Replacements, by the names in `runtime`. */
export type Patch = Readonly<Partial<Record<string, unknown>>>;

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
  randomBytes: [[crypto, "randomBytes"]],
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
  const { enumerable = true } = Object.getOwnPropertyDescriptor(object, key) ?? {};
  Object.defineProperty(object, key, { value, enumerable, writable: true, configurable: true });
}
