/**
 * The differences between two captures of a value, level by level. Only what is known on both sides is compared; nothing is
 * claimed about the rest.
 */

/** A preview, and a handle if the value has children. */
export interface Look {
  readonly text: string;
  readonly handle?: number | undefined;
}

/** A child of a value, or a local variable. */
export interface Named {
  readonly name: string;
  readonly value: Look;
}

/** The first children of a value (its elements, numbered from 0, and then its named children), and the total number of children. */
export interface Level<T extends Named = Named> {
  readonly properties: readonly T[];
  readonly total: number;
}

/** Looks up the known children of a value by the value's handle. */
export type Inside = (handle: number) => Level | undefined;

/** A child before and now. `removed` has only `before`; `added` has only `now`. */
export type Pair<T extends Named = Named> =
  | { readonly kind: "kept"; readonly before: T; readonly now: T }
  | { readonly kind: "added"; readonly now: T }
  | { readonly kind: "removed"; readonly before: T }
  /** It is not known whether the child existed before. */
  | { readonly kind: "unknown"; readonly now: T };

/** How the children of two levels correspond: the index of each child now, mapped to the index of its counterpart before. */
type Match = Map<number, number>;

/** The maximum depth and number of pairs that are compared to find out whether anything inside a value differs. */
const deepest = 8;
const mostPairs = 2_000;

/**
 * Pairs the children of a value, in their current order. Removed children appear at their former position.
 *
 * Named children correspond by name. Elements correspond by index if both lists have the same length. Otherwise, elements were
 * inserted or removed, and the elements with equal previews show where. The elements of a set have no index, so they correspond
 * by preview alone.
 *
 * @param text the value's preview, which shows whether it is a set or a list
 */
export function pairs<T extends Named>(before: Level<T>, now: Level<T>, text: string): Pair<T>[] {
  const [elementsBefore, elementsNow] = [elementsOf(before), elementsOf(now)];
  const match: Match = new Map();
  if (isUnordered(text)) matchNames(match, before, now, (each, index, level) => keyOf(each, index < elementsOf(level)));
  else {
    if (elementsBefore === elementsNow && (isWhole(before, now) || before.total === now.total)) {
      for (let index = 0; index < elementsNow; index += 1) match.set(index, index);
    } else matchElements(match, before, now);
    matchNames(match, before, now, (each, index, level) => (index < elementsOf(level) ? undefined : each.name));
  }
  return merged(before, now, match);
}

/** Whether two values with equal previews differ inside, as far as the children of both are known. */
export function differInside(before: Look, now: Look, inside: Inside): boolean {
  let left = mostPairs;
  const differ = (one: Look, other: Look, depth: number): boolean => {
    if (one.handle === undefined || other.handle === undefined || depth > deepest) return false;
    const [then, here] = [inside(one.handle), inside(other.handle)];
    if (!then || !here) return false;
    return pairs(then, here, other.text).some((pair) => {
      left -= 1;
      if (pair.kind !== "kept") return pair.kind !== "unknown";
      if (pair.before.value.text !== pair.now.value.text) return true;
      return left > 0 && differ(pair.before.value, pair.now.value, depth + 1);
    });
  };
  return differ(before, now, 1);
}

function isWhole(...levels: readonly Level[]): boolean {
  return levels.every(({ properties, total }) => properties.length >= total);
}

/** How many of the first children are elements. */
function elementsOf({ properties }: Level): number {
  const end = properties.findIndex(({ name }, index) => name !== String(index));
  return end < 0 ? properties.length : end;
}

/** True for `Set(2) {1, 2}`, `{1, 2}` and `frozenset({1, 2})`; false for an object or a dictionary whose first key is 0. */
function isUnordered(text: string): boolean {
  return /^[^[({"']*(?:\(\d+\) |\()?\{(?!["']?0["']?: )/.test(text);
}

function keyOf({ name, value }: Named, isElement: boolean): string {
  return isElement ? `element ${value.text}` : `name ${name}`;
}

type KeyOf = (each: Named, index: number, level: Level) => string | undefined;

/** Children with the same key correspond, in order of occurrence. */
function matchNames(match: Match, before: Level, now: Level, key: KeyOf): void {
  const places = new Map<string, number[]>();
  before.properties.forEach((each, index) => {
    const name = key(each, index, before);
    if (name !== undefined) places.set(name, [...(places.get(name) ?? []), index]);
  });
  now.properties.forEach((each, index) => {
    const name = key(each, index, now);
    const place = name === undefined ? undefined : places.get(name)?.shift();
    if (place !== undefined) match.set(index, place);
  });
}

/** Elements with equal previews are anchors. Between two anchors, elements correspond by position, as changed elements. */
function matchElements(match: Match, before: Level, now: Level): void {
  const anchors = [...commonElements(before, now), [elementsOf(before), elementsOf(now)] as const];
  let [fromBefore, fromNow] = [0, 0];
  for (const [a, b] of anchors) {
    const isEnd = b === elementsOf(now) && a === elementsOf(before);
    const gap = isEnd && !isWhole(before, now) ? 0 : Math.min(a - fromBefore, b - fromNow);
    for (let offset = 0; offset < gap; offset += 1) match.set(fromNow + offset, fromBefore + offset);
    if (!isEnd) match.set(b, a);
    [fromBefore, fromNow] = [a + 1, b + 1];
  }
}

/** The longest common subsequence of the elements' previews, as pairs of indices. */
function commonElements(before: Level, now: Level): (readonly [number, number])[] {
  const [rows, columns] = [elementsOf(before), elementsOf(now)];
  const width = columns + 1;
  const lengths = new Uint16Array((rows + 1) * width);
  const isSame = (a: number, b: number) => before.properties[a]?.value.text === now.properties[b]?.value.text;
  const at = (a: number, b: number) => lengths[a * width + b] as number;
  for (let a = rows - 1; a >= 0; a -= 1) {
    for (let b = columns - 1; b >= 0; b -= 1) {
      lengths[a * width + b] = isSame(a, b) ? at(a + 1, b + 1) + 1 : Math.max(at(a + 1, b), at(a, b + 1));
    }
  }
  const common: (readonly [number, number])[] = [];
  for (let a = 0, b = 0; a < rows && b < columns; ) {
    if (isSame(a, b)) {
      common.push([a, b]);
      a += 1;
      b += 1;
    } else if (at(a + 1, b) >= at(a, b + 1)) a += 1;
    else b += 1;
  }
  return common;
}

function merged<T extends Named>(before: Level<T>, now: Level<T>, match: Match): Pair<T>[] {
  const removedAfter = removedOf(before, now, match);
  const result: Pair<T>[] = [...(removedAfter.get(-1) ?? [])];
  now.properties.forEach((each, index) => {
    const counterpart = before.properties[match.get(index) ?? -1];
    if (counterpart) result.push({ kind: "kept", before: counterpart, now: each });
    else result.push({ kind: isWhole(before) ? "added" : "unknown", now: each });
    result.push(...(removedAfter.get(index) ?? []));
  });
  return result;
}

/** The removed children, keyed by the index of the child that they followed, or -1 for the beginning. */
function removedOf<T extends Named>(before: Level<T>, now: Level, match: Match): Map<number, Pair<T>[]> {
  const removed = new Map<number, Pair<T>[]>();
  if (!isWhole(now)) return removed;
  const nowOf = new Map([...match].map(([index, place]) => [place, index]));
  let after = -1;
  before.properties.forEach((each, place) => {
    const index = nowOf.get(place);
    if (index !== undefined) after = index;
    else removed.set(after, [...(removed.get(after) ?? []), { kind: "removed", before: each }]);
  });
  return removed;
}
