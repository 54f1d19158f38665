/**
 * Decides where to shorten a name that is too long for its space: in the middle, where it equals the other names, so that the
 * distinguishing part stays. Works on text only; the page measures the space.
 */

/** A part of a name. If there is too little room, common parts are cut first, then differing ones; kept parts come last. */
export interface Piece {
  readonly kind: "kept" | "alike" | "apart";
  readonly text: string;
}

/** Names that share this many leading characters are grouped, since they can be mistaken for each other. */
const beginning = 4;
/** A name that resembles no other keeps this many characters of its end. If that is nearly all of it, it is cut at the end. */
const end = 6;
const nearlyAll = 12;
/** A number or word in which names differ is shown in full up to this length. */
const longestWord = 14;

const number = / #\d+$/;

/** What all names of a group have in common. */
interface Common {
  readonly first: string;
  readonly prefix: number;
  readonly suffix: number;
  /** The length of the shortest name: its common beginning and end must not overlap. */
  readonly shortest: number;
}

/** Names that are shown next to each other. */
export class Names {
  /** The largest `leastOf` of all names: if possible, a column of names is no narrower than this. */
  readonly least: number;
  readonly #groups = new Map<string, Common>();

  constructor(names: Iterable<string>) {
    const all = [...names];
    for (const name of all) {
      const body = bodyOf(name);
      const group = body.slice(0, beginning);
      this.#groups.set(group, withOther(this.#groups.get(group), body));
    }
    this.least = all.reduce((most, name) => Math.max(most, this.leastOf(name)), 0);
  }

  /** The parts of a name, in order; joined, they are the name. */
  pieces(name: string): Piece[] {
    const body = bodyOf(name);
    const apart = this.#apart(body);
    const [from, to] = [pairBegin(body, apart.from), pairEnd(body, apart.to)];
    const start = pairBegin(body, Math.min(beginning - 1, from));
    const pieces: Piece[] = [
      { kind: "kept", text: body.slice(0, start) },
      { kind: "alike", text: body.slice(start, from) },
      { kind: "apart", text: body.slice(from, to) },
      { kind: "alike", text: body.slice(to) },
      { kind: "kept", text: name.slice(body.length) },
    ];
    return pieces.filter(({ text }) => text !== "");
  }

  /** The number of characters of a name that must stay visible: the distinguishing part, and its number. */
  leastOf(name: string): number {
    const body = bodyOf(name);
    const { from, to } = this.#apart(body);
    return to - from + name.length - body.length;
  }

  #apart(body: string): { from: number; to: number } {
    const common = this.#groups.get(body.slice(0, beginning));
    const isAlone = !common || (common.prefix === body.length && common.suffix === body.length);
    if (isAlone) return { from: body.length <= nearlyAll ? 0 : body.length - end, to: body.length };
    const from = common.prefix;
    const suffix = Math.min(common.suffix, common.shortest - from);
    return grown(body, from, body.length - suffix);
  }
}

function bodyOf(name: string): string {
  return name.replace(number, "");
}

function withOther(common: Common | undefined, body: string): Common {
  if (!common) return { first: body, prefix: body.length, suffix: body.length, shortest: body.length };
  const { first } = common;
  let prefix = Math.min(common.prefix, body.length);
  while (!body.startsWith(first.slice(0, prefix))) prefix -= 1;
  let suffix = Math.min(common.suffix, body.length);
  while (!body.endsWith(first.slice(first.length - suffix))) suffix -= 1;
  return { first, prefix, suffix, shortest: Math.min(common.shortest, body.length) };
}

/** Extends a range to whole words at both ends. */
function grown(text: string, from: number, to: number): { from: number; to: number } {
  const isWord = (at: number) => /[\p{L}\p{N}_$.]/u.test(text[at] ?? "");
  let [first, last] = [from, to];
  while (isWord(first - 1) && isWord(first)) first -= 1;
  while (isWord(last) && isWord(last - 1)) last += 1;
  return last - first <= Math.max(longestWord, to - from) ? { from: first, to: last } : { from, to };
}

/** Keeps the two halves of a surrogate pair together. */
function pairBegin(text: string, at: number): number {
  return isWithinPair(text, at) ? at - 1 : at;
}

function pairEnd(text: string, at: number): number {
  return isWithinPair(text, at) ? at + 1 : at;
}

function isWithinPair(text: string, at: number): boolean {
  return (text.codePointAt(at - 1) ?? 0) > 0xffff;
}

const known = new WeakMap<object, Names>();

/** The names of all tasks. Memoized by the map, which never changes. */
export function namesOf(map: ReadonlyMap<number, string>): Names {
  const names = known.get(map) ?? new Names(map.values());
  known.set(map, names);
  return names;
}
