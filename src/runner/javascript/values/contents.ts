/**
 * What maps, sets and typed arrays contain, read with the runtime's own methods, which were captured before the user's code is loaded.
 */
import { apply, getPrototypeOf, getterOf } from "../engine/intrinsics";

export const mapSize = getterOf(Map.prototype, "size");
export const setSize = getterOf(Set.prototype, "size");
export const typedLength = getterOf(getPrototypeOf(Uint8Array.prototype) as object, "length");
const mapEntries = Map.prototype.entries;
const setValues = Set.prototype.values;
const mapNext = (new Map().entries() as Iterator<unknown>).next;
const setNext = (new Set().values() as Iterator<unknown>).next;

/** Iterates over the entries of a Map with the runtime's own iterator. */
export function entriesOf(map: object): () => readonly [unknown, unknown] {
  const entries = apply(mapEntries, map, []);
  return () => (apply(mapNext, entries, []) as IteratorResult<[unknown, unknown]>).value ?? [undefined, undefined];
}

/** Iterates over the values of a Set with the runtime's own iterator. */
export function valuesOf(set: object): () => unknown {
  const values = apply(setValues, set, []);
  return () => (apply(setNext, values, []) as IteratorResult<unknown>).value;
}
