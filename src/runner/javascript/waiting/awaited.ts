/**
 * What a yielded object asks to wait for. Finding out runs no user code: proxies and getters are left alone.
 */
import { types } from "node:util";
import { getPrototypeOf, hasOwn, isProxy } from "../engine/intrinsics";
import { inheritedData } from "../engine/names";
import { requestTag, TaggedRequest } from "../values/requests";

/** `forged`: has the tag of a request, but was not made by this run's `cotasks` module. */
export const awaited = { nothing: 0, request: 1, forged: 2, promise: 3 } as const;

const { isPromise } = types;
const isArray = Array.isArray;
const effectMark = "@@redux-saga/IO";
const plainPrototype = Object.prototype;

/** Whether an object that `awaitedBy` calls `nothing` is an effect of redux-saga. */
export function isEffect(value: object): boolean {
  return !isProxy(value) && hasOwn(value, effectMark);
}

/** One of `awaited`. */
export function awaitedBy(value: object): number {
  if (TaggedRequest.isOne(value)) return awaited.request;
  if (isArray(value) || isProxy(value)) return awaited.nothing;
  // Most values are plain objects, so they are checked first. `in` runs no getter here, and is faster than a check for own properties.
  if (getPrototypeOf(value) === plainPrototype && !("then" in value) && !(requestTag in value)) return awaited.nothing;
  if (isPromise(value)) return awaited.promise;
  if (inheritedData(value, requestTag) === true) return awaited.forged;
  return typeof inheritedData(value, "then") === "function" ? awaited.promise : awaited.nothing;
}
