/**
 * Finds what an outcome turns on: two neighbouring slices whose order decides. First by swapping neighbours in the witness itself;
 * if no single swap changes the outcome, by bisecting the way to a schedule with another outcome, swap by swap (as hermit does).
 */
import type { TaskId } from "../../task";
import { areIndependent } from "../touched";
import { type Execute, type Execution, slicesOf } from "./execution";

/**
 * Two runs with different outcomes that are the same up to a step; there and at the next one, two slices have changed places. Where the first run
 * ends early, its last slice may be one of them: then the other one would have come next.
 */
export interface TurningPoint {
  /** A run that is not good: the witness, if one swap in it is enough. */
  readonly bad: Execution;
  readonly good: Execution;
  /** The index of the first of the two steps. */
  readonly at: number;
}

/** Swaps that are tried in the witness. */
const mostSwaps = 200;
const mostBisections = 100;
/** Steps of runs that are bisected: the way between them is at most as long as the square. */
const mostSteps = 2000;

/**
 * The turning points that are one swap away from the witness, those of slices that touch the same first.
 *
 * @param isGood whether a run counts as the other side
 */
export async function* swapsThatDecide(
  bad: Execution,
  execute: Execute,
  isGood: (run: Execution) => boolean,
): AsyncGenerator<TurningPoint> {
  const places = [...bad.picks.keys()].filter((at) => at + 1 < bad.picks.length && bad.picks[at] !== bad.picks[at + 1]);
  const [apart, together] = [places.filter((at) => areApart(bad, at)), places.filter((at) => !areApart(bad, at))];
  for (const at of [...together, ...apart].slice(0, mostSwaps)) {
    const good = await execute(swapped(bad.picks, at));
    if (isGood(good) && differByOneSwap(bad.picks, good.picks, at)) yield { bad, good, at };
  }
}

/**
 * A turning point on the way from a good run to the witness.
 *
 * @param isGood whether a run counts as the other side
 */
export async function bisect(
  witness: Execution,
  other: Execution,
  execute: Execute,
  isGood: (run: Execution) => boolean,
): Promise<TurningPoint | undefined> {
  let [bad, good] = [witness, other];
  if (Math.max(bad.picks.length, good.picks.length) > mostSteps) return undefined;
  let way = distance(good, bad);
  for (let tried = 0; way > 1 && tried < mostBisections; tried += 1) {
    const middle = await execute(onTheWay(good, bad, Math.floor(way / 2)));
    if (isGood(middle)) good = middle;
    else bad = middle;
    const left = distance(good, bad);
    // A branch may lead elsewhere than planned.
    if (left >= way) return undefined;
    way = left;
  }
  const at = bad.picks.findIndex((task, step) => task !== good.picks[step]);
  return way === 1 && differByOneSwap(withNext(bad, good, at).picks, good.picks, at) ? { bad, good, at } : undefined;
}

/** A run that ends early at a step, with the slice after it that would have come next: it is the one that a good run has at that step. */
export function withNext(bad: Execution, good: Execution, at: number): Execution {
  const [task, step] = [good.picks[at], good.steps[at]];
  if (!bad.endsEarly || at + 1 !== bad.picks.length || task === undefined || !step) return bad;
  const places = [...bad.places];
  const placeIn = (place: number) => {
    const name = good.places[place] ?? "";
    const known = places.indexOf(name);
    return known < 0 ? places.push(name) - 1 : known;
  };
  const next = { ...step, reads: step.reads.map(placeIn), writes: step.writes.map(placeIn) };
  return { ...bad, picks: [...bad.picks, task], steps: [...bad.steps, next], places };
}

/** The run that is the fewest swaps away. */
export function nearestRun(witness: Execution, others: readonly Execution[]): Execution | undefined {
  const near = others.filter(({ picks }) => picks.length <= mostSteps).map((run) => ({ run, way: distance(run, witness) }));
  return near.sort((one, other) => one.way - other.way)[0]?.run;
}

/** Whether two neighbouring slices touch nothing in common, so that their order cannot matter. */
function areApart({ steps }: Execution, at: number): boolean {
  const [one, other] = [steps[at], steps[at + 1]];
  return one !== undefined && other !== undefined && areIndependent(one, other);
}

function swapped(picks: readonly TaskId[], at: number): TaskId[] {
  return [...picks.slice(0, at), picks[at + 1] as TaskId, picks[at] as TaskId, ...picks.slice(at + 2)];
}

/** Whether the second run is the first up to a step, where two slices have changed places. */
function differByOneSwap(bad: readonly TaskId[], good: readonly TaskId[], at: number): boolean {
  return (
    at >= 0 &&
    bad.slice(0, at).every((task, step) => task === good[step]) &&
    bad[at] === good[at + 1] &&
    bad[at + 1] === good[at] &&
    bad[at] !== bad[at + 1]
  );
}

/** How many swaps of neighbours lead from one run to the other, as far as they have slices in common. */
function distance(from: Execution, to: Execution): number {
  const ranks = ranksOf(from, to);
  let swaps = 0;
  for (const [at, rank] of ranks.entries()) {
    for (let before = 0; before < at; before += 1) if ((ranks[before] as number) > rank) swaps += 1;
  }
  return swaps;
}

/** The schedule so many swaps of neighbours on the way from one run to the other. */
function onTheWay(from: Execution, to: Execution, swaps: number): TaskId[] {
  const ranks = ranksOf(from, to);
  const picks = [...from.picks];
  let left = swaps;
  for (let next = 1; next < picks.length; next += 1) {
    for (let at = next; at > 0 && (ranks[at - 1] as number) > (ranks[at] as number) && left > 0; at -= 1) {
      [ranks[at - 1], ranks[at]] = [ranks[at] as number, ranks[at - 1] as number];
      [picks[at - 1], picks[at]] = [picks[at] as TaskId, picks[at - 1] as TaskId];
      left -= 1;
    }
  }
  return picks;
}

/**
 * For each slice of a run, where it is in the other. A slice that the other does not have stays behind the one before it; if the other ends
 * early, the slice would have come after its end.
 */
function ranksOf({ picks: from }: Execution, { picks: to, endsEarly }: Execution): number[] {
  const places = new Map(slicesOf(to).map((slice, at) => [slice, at]));
  const ofTasks = new Map<TaskId, number>();
  let before = -1;
  return slicesOf(from).map((slice, at) => {
    const task = from[at] as TaskId;
    before = places.get(slice) ?? (endsEarly ? to.length : Math.max(before, ofTasks.get(task) ?? -1));
    ofTasks.set(task, before);
    return before;
  });
}
