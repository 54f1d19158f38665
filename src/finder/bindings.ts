// Which of several definitions of one name counts: the last one that runs. One that another is sure to replace gets no lens;
// where it depends on the run, each says where the others are.

import type { Found } from "./generators";

/** A name that a definition, an assignment or an import gives a value to. */
export interface Bound {
  /** Where the names of its scope begin, as an offset; -1 for the module. */
  scope: number;
  name: string;
  /** The text that defines the value, with all that is nested in it. */
  from: number;
  to: number;
  /** The block that it stands in, such as one branch of an `if`: it may not run. */
  blockFrom: number;
  blockTo: number;
  /** It counts before everything else of its block, as function declarations of JavaScript do. */
  isHoisted: boolean;
  /** It takes the name away. */
  isDeletion?: boolean;
}

/** The whole module as a scope and as a block. */
export const wholeModule = { scope: -1, blockFrom: 0, blockTo: Number.POSITIVE_INFINITY } as const;

/** The same binding that many characters further on. */
export function shiftedBound(bound: Bound, by: number): Bound {
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

/** Without the generators that a later definition is sure to replace; those that one may replace know of it. */
export function standing(found: readonly Found[], bounds: readonly Bound[]): Found[] {
  const several = groups(bounds).filter(({ length }) => length > 1);
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

/** The bindings of each name, in the order in which they count. */
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

/** Whether a binding runs whenever the other one does. */
function holds({ blockFrom, blockTo }: Bound, other: Bound): boolean {
  return blockFrom <= other.from && other.to <= blockTo;
}

function defines({ from, to }: Bound, { headerTo }: Found): boolean {
  return from < headerTo && headerTo <= to;
}
