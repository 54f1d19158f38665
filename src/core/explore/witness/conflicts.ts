/**
 * What two tasks do to each other, seen from the reads and writes of a run: the known kinds of conflict, with the steps that make them.
 */
import type { TaskId } from "../../task";
import { type Execution, slicesOf } from "./execution";

/**
 * Lost update: a task reads, another writes, and the first writes over it what it made of the old value. Dirty read: a task reads
 * between two writes of another. Check then act: a task reads, another writes, and the first goes on as if nothing had changed.
 * Write-write conflict: two tasks write, and the later one stays. Order: one writes what the other reads.
 */
export type ConflictKind = "lost update" | "dirty read" | "check then act" | "write-write conflict" | "order";

export interface Conflict {
  readonly kind: ConflictKind;
  /** The number of the place. */
  readonly place: number;
  /** The indices of the steps that make it, in ascending order. */
  readonly at: readonly number[];
}

/** How each kind is found, those that say the most first. */
const kinds: readonly ((run: Execution, place: number, one: TaskId, other: TaskId) => Conflict[])[] = [
  lostUpdates,
  dirtyReads,
  checksThenActs,
  writeWrites,
  orders,
];

/**
 * The conflict that two neighbouring steps decide: it is there in one run and not in the other, where the steps have changed places.
 *
 * @param at the index of the first of the two steps in `bad`
 */
export function decidedConflict(bad: Execution, good: Execution, at: number): Conflict | undefined {
  const [one, other] = [bad.picks[at], bad.picks[at + 1]] as [TaskId, TaskId];
  const places = commonPlaces(bad, at);
  for (const find of kinds) {
    for (const place of places) {
      const goodPlace = good.places.indexOf(bad.places[place] ?? "");
      const spared = new Set(bothWays(find, good, goodPlace, one, other).map((conflict) => slicesIn(good, conflict)));
      const made = bothWays(find, bad, place, one, other).find((conflict) => !spared.has(slicesIn(bad, conflict)));
      if (made) return made;
    }
  }
  return undefined;
}

/** The places that one of two neighbouring slices writes and the other touches. */
function commonPlaces({ steps }: Execution, at: number): number[] {
  const [one, other] = [steps[at], steps[at + 1]];
  if (!one || !other) return [];
  const touched = (step: typeof one) => [...step.reads, ...step.writes];
  const places = [
    ...one.writes.filter((place) => touched(other).includes(place)),
    ...one.reads.filter((place) => other.writes.includes(place)),
  ];
  return [...new Set(places)];
}

function bothWays(find: (typeof kinds)[number], run: Execution, place: number, one: TaskId, other: TaskId): Conflict[] {
  return [...find(run, place, one, other), ...find(run, place, other, one)];
}

/** The slices that make a conflict, comparable between runs. */
function slicesIn({ picks }: Execution, { at }: Conflict): string {
  const slices = slicesOf(picks);
  return at.map((step) => slices[step]).join(" ");
}

function reads(run: Execution, step: number, place: number): boolean {
  return run.steps[step]?.reads.includes(place) === true;
}

function writes(run: Execution, step: number, place: number): boolean {
  return run.steps[step]?.writes.includes(place) === true;
}

/** The indices of a task's steps, from one on. */
function stepsOf({ picks }: Execution, task: TaskId, from = 0): number[] {
  return [...picks.keys()].filter((step) => step >= from && picks[step] === task);
}

/** Each read of a task, the first write of another before the task touches the place again, and the step that does (or the task's last). */
function* staleReads(run: Execution, place: number, one: TaskId, other: TaskId): Generator<readonly [number, number, number]> {
  const own = stepsOf(run, one);
  for (const [index, read] of own.entries()) {
    const next = own.slice(index + 1).find((step) => reads(run, step, place) || writes(run, step, place)) ?? own.at(-1) ?? read;
    if (!reads(run, read, place) || writes(run, read, place)) continue;
    const write = stepsOf(run, other, read).find((step) => step < next && writes(run, step, place));
    if (write !== undefined) yield [read, write, next];
  }
}

function lostUpdates(run: Execution, place: number, one: TaskId, other: TaskId): Conflict[] {
  return [...staleReads(run, place, one, other)]
    .filter(([, , next]) => writes(run, next, place) && !reads(run, next, place))
    .map((at) => ({ kind: "lost update", place, at }));
}

function dirtyReads(run: Execution, place: number, one: TaskId, other: TaskId): Conflict[] {
  const written = stepsOf(run, one).filter((step) => writes(run, step, place));
  return written.flatMap((first, index): Conflict[] => {
    const last = written[index + 1];
    const read = stepsOf(run, other, first).find((step) => last !== undefined && step < last && reads(run, step, place));
    return read === undefined || last === undefined ? [] : [{ kind: "dirty read", place, at: [first, read, last] }];
  });
}

function checksThenActs(run: Execution, place: number, one: TaskId, other: TaskId): Conflict[] {
  return [...staleReads(run, place, one, other)].flatMap(([read, write, next]): Conflict[] => {
    const act = stepsOf(run, one, write).find((step) => (run.steps[step]?.writes.length ?? 0) > 0);
    // A slice that reads the place again and writes something else acts on the new value.
    const isStale = act !== undefined && act <= next && (!reads(run, act, place) || writes(run, act, place));
    return isStale ? [{ kind: "check then act", place, at: [read, write, act] }] : [];
  });
}

function writeWrites(run: Execution, place: number, one: TaskId, other: TaskId): Conflict[] {
  return stepsOf(run, one)
    .filter((step) => writes(run, step, place))
    .flatMap((first): Conflict[] => {
      const second = stepsOf(run, other, first).find((step) => writes(run, step, place));
      return second === undefined ? [] : [{ kind: "write-write conflict", place, at: [first, second] }];
    });
}

function orders(run: Execution, place: number, one: TaskId, other: TaskId): Conflict[] {
  return stepsOf(run, one).flatMap((first) =>
    stepsOf(run, other, first)
      .filter(
        (second) =>
          (writes(run, first, place) && reads(run, second, place)) || (reads(run, first, place) && writes(run, second, place)),
      )
      .map((second): Conflict => ({ kind: "order", place, at: [first, second] })),
  );
}
