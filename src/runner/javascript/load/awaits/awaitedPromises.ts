/** What the promises of an observed program stand for, as far as this is known without a change to any of them. */
import { promiseHooks } from "node:v8";
import { append, apply, getOwnPropertyDescriptor, isPromise, isProxy, weakMap } from "../../engine/intrinsics";

/** A promise that a timer fulfils. */
export class Sleep {
  /** @param due in milliseconds, by the clock of the run */
  constructor(readonly due: number) {}
}

export type Combination = "all" | "allSettled" | "any" | "race";

/** A promise of several others. */
export class Combined {
  constructor(
    readonly how: Combination,
    readonly parts: readonly unknown[],
  ) {}
}

type Combine = (values: unknown) => unknown;

const { isArray } = Array;
const { all, allSettled, any, race } = Promise as unknown as Record<Combination, Combine>;
const originals: Readonly<Record<Combination, Combine>> = { all, allSettled, any, race };
/** A longer list stands for something else than tasks that wait for each other. */
const mostParts = 10_000;
/** As in Node, a longer or an invalid delay becomes the shortest one. */
const longestDelay = 2 ** 31 - 1;

/** A `Sleep`, a `Combined`, or the call of an async function, by the promise. */
const meanings = weakMap<object>();

/** What a promise stands for; undefined if that is not known. */
export const meaningOf: (promise: object) => object | undefined = meanings.get;

/** Notes that a promise is that of a call. */
export const isOf: (promise: object, call: object) => void = meanings.set;

let made: object | undefined;
let isFollowing = false;

/** From now on, the engine tells of each promise that is made. */
export function followPromises(): void {
  if (isFollowing) return;
  isFollowing = true;
  promiseHooks.onInit((promise) => {
    made = promise;
  });
}

/** The promise that was made last. */
export function takeMade(): object | undefined {
  const taken = made;
  made = undefined;
  return taken;
}

let now: (() => number) | undefined;
let timer: unknown;

/** Must be called before the program begins. @param clock gives the milliseconds since the run began */
export function tellTime(clock: () => number): void {
  now = clock;
  timer = globalThis.setTimeout;
}

/** The delay that was given to a timer last. */
let delay: number | undefined;

/** `setTimeout(resolve, d)` becomes `setTimeout(resolve, sleeping(d, setTimeout))`. The promises of `node:timers` need no timer. */
export function sleeping(millis: unknown, used: unknown = timer): unknown {
  const isKnown = typeof millis === "number" && used === timer;
  delay = isKnown ? (millis >= 1 && millis <= longestDelay ? millis : 1) : undefined;
  return millis;
}

/** Around the expression whose value is the promise that such a timer fulfils. */
export function slept(promise: unknown): unknown {
  if (delay !== undefined && now && isPromise(promise)) meanings.set(promise, new Sleep(now() + delay));
  delay = undefined;
  return promise;
}

/** `Promise.all(values)` becomes `combined(Promise, "all", values)`, and the same for the others. */
export function combined(maker: Record<Combination, Combine>, how: Combination, values: unknown): unknown {
  const combine = maker[how];
  const promise = apply(combine, maker, [values]);
  if (combine === originals[how] && isPromise(promise) && isArray(values) && !isProxy(values) && values.length <= mostParts) {
    const parts: unknown[] = [];
    for (let at = 0; at < values.length; at += 1) append(parts, getOwnPropertyDescriptor(values, at)?.value);
    meanings.set(promise, new Combined(how, parts));
  }
  return promise;
}
