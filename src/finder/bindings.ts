// Several definitions of one name: the last one that runs is valid. A definition that is always replaced by another gets no lens.
// If it depends on the run which one is valid, each lists the others.

import type { Found } from "./generators";

/** A binding of a name by a definition, an assignment or an import. */
export interface Bound {
  /** The start offset of the scope that contains the name; -1 for the module. */
  scope: number;
  name: string;
  /** The text that defines the value, including nested code. */
  from: number;
  to: number;
  /** The block that contains the binding, such as one branch of an `if`. It may not run. */
  blockFrom: number;
  blockTo: number;
  /** Whether it takes effect before everything else in its block, like function declarations in JavaScript. */
  isHoisted: boolean;
  /** It takes the name away. */
  isDeletion?: boolean;
}

/** The whole module as a scope and as a block. */
export const wholeModule = { scope: -1, blockFrom: 0, blockTo: Number.POSITIVE_INFINITY } as const;

/** The bindings of one statement of the module, with offsets relative to `at`. */
export interface BoundIn {
  readonly bounds: readonly KeptBound[];
  readonly at: number;
}

/** A binding that is kept until its statement is edited. */
export interface KeptBound extends Bound {
  /** Whether there is a generator function in what is bound. */
  readonly hasGenerator: boolean;
}

/**
 * The bindings of a statement in a form that is kept: relative to its start, without those that no other binding can replace. A scope
 * inside of the statement has all of its bindings there.
 *
 * @param found the generators of the statement, in text order
 * @param at where the statement begins
 */
export function keptBounds(bounds: readonly Bound[], found: readonly Found[], at: number): KeptBound[] {
  const alone = new Set(groups(bounds).flatMap(([first, second]) => (first && !second ? [first] : [])));
  return bounds
    .filter((bound) => bound.scope === wholeModule.scope || !alone.has(bound))
    .map((bound) => ({ ...shiftedBound(bound, -at), hasGenerator: found.some((one) => defines(bound, one)) }));
}

function shiftedBound(bound: Bound, by: number): Bound {
  const { scope, from, to, blockFrom, blockTo } = bound;
  return {
    ...bound,
    scope: scope === wholeModule.scope ? scope : scope + by,
    from: from + by,
    to: to + by,
    blockFrom: blockTo === wholeModule.blockTo ? blockFrom : blockFrom + by,
    blockTo: blockTo + by,
  };
}

/** Removes generators that a later definition always replaces. Adds `rivals` to those that it may replace. */
export function standing(found: readonly Found[], statements: readonly BoundIn[]): Found[] {
  const several = groups(contested(statements)).filter(({ length }) => length > 1);
  if (found.length === 0 || several.length === 0) return [...found];
  const replaced: Bound[] = [];
  const rivals = new Map<Bound, number[]>();
  for (const group of several) {
    const last = group.filter((one, index) => !group.slice(index + 1).some((later) => holds(later, one)));
    replaced.push(...group.filter((one) => !last.includes(one)));
    for (const one of last.length > 1 ? last : []) {
      rivals.set(
        one,
        last.filter((other) => other !== one && !other.isDeletion).map(({ from }) => from),
      );
    }
  }
  return found
    .filter((one) => !replaced.some((bound) => defines(bound, one)))
    .map((one) => {
      const others = [...rivals].flatMap(([bound, offsets]) => (defines(bound, one) ? offsets : []));
      return others.length === 0 ? one : { ...one, rivals: others };
    });
}

/** The names that are deleted in the end and never bound again, by the `headerTo` of each generator that they were bound to. */
export function deletions(found: readonly Found[], statements: readonly BoundIn[]): Map<number, string> {
  const deleted = groups(contested(statements)).filter((group) => group.at(-1)?.isDeletion);
  return new Map(
    found.flatMap((one) => {
      const name = deleted.flat().find((bound) => !bound.isDeletion && defines(bound, one))?.name;
      return name === undefined ? [] : [[one.headerTo, name]];
    }),
  );
}

/** The bindings of names that stand for generators. Almost all bindings are of other names: they need not be moved to their places. */
function contested(statements: readonly BoundIn[]): Bound[] {
  const names = new Set<string>();
  for (const { bounds } of statements) for (const { name, hasGenerator } of bounds) if (hasGenerator) names.add(name);
  const moved: Bound[] = [];
  for (const { bounds, at } of statements) {
    for (const bound of bounds) if (bound.hasGenerator || names.has(bound.name)) moved.push(shiftedBound(bound, at));
  }
  return moved;
}

/** The bindings of each name, in the order in which they take effect. */
function groups(bounds: readonly Bound[]): Bound[][] {
  const byName = new Map<string, Bound[]>();
  for (const bound of bounds) {
    const key = `${bound.scope} ${bound.name}`;
    const group = byName.get(key);
    if (group) group.push(bound);
    else byName.set(key, [bound]);
  }
  return [...byName.values()].map((group) => group.sort((a, b) => Number(b.isHoisted) - Number(a.isHoisted) || a.from - b.from));
}

/** Whether a binding runs whenever another one does. */
function holds({ blockFrom, blockTo }: Bound, other: Bound): boolean {
  return blockFrom <= other.from && other.to <= blockTo;
}

function defines({ from, to }: Bound, { headerTo }: Found): boolean {
  return from < headerTo && headerTo <= to;
}
