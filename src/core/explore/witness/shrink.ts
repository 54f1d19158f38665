/**
 * Makes a witness as easy to follow as it can: fewer deviations from the policy, then fewer switches, then fewer steps, with the same
 * outcome. A few moves are tried until none helps, each by running what it gives: cutting off the end, undoing a deviation (as hermit
 * minimizes schedules), and joining a task's stretches (as dejafu simplifies traces).
 */
import type { TaskId } from "../../task";
import { compareCalm } from "../tally";
import { calmOf, type Execute, type ExecutedStep, type Execution } from "./execution";

/** The schedules to try instead of a run's. */
type Move = (run: Execution, execute: Execute) => AsyncGenerator<readonly TaskId[]>;

const moves: readonly Move[] = [cutOff, undoDeviations, joinStretches];

/** Runs that shrinking may take. */
const mostRuns = 2000;

/**
 * The calmest run with the outcome of the given one that the moves lead to.
 *
 * @param most the maximum number of runs
 */
export async function shrink(witness: Execution, execute: Execute, most = mostRuns): Promise<Execution> {
  let left = most;
  const counted: Execute = (schedule) => {
    left -= 1;
    return execute(schedule);
  };
  let best = witness;
  for (let isCalmer = true; isCalmer; ) {
    isCalmer = false;
    for (const move of moves) {
      const next = await better(best, move, counted, () => left > 0);
      if (!next) continue;
      best = next;
      isCalmer = true;
    }
  }
  return best;
}

/** The first calmer run with the same outcome that a move gives. */
async function better(run: Execution, move: Move, execute: Execute, mayGoOn: () => boolean): Promise<Execution | undefined> {
  const calm = calmOf(run);
  for await (const schedule of move(run, execute)) {
    if (!mayGoOn()) return undefined;
    const tried = await execute(schedule);
    if (tried.outcome === run.outcome && compareCalm(calmOf(tried), calm) < 0) return tried;
  }
  return undefined;
}

/** The policy goes on earlier. Where a run is not made of deviations to its end, only prefixes that end with one are worth a try. */
async function* cutOff({ picks, steps }: Execution): AsyncGenerator<readonly TaskId[]> {
  yield [];
  for (const [at, { passed }] of steps.entries()) {
    if (passed > 0) yield picks.slice(0, at + 1);
  }
}

/**
 * The policy takes over for a while: what it would run comes first, then the rest as it was. For long whiles first, so that many
 * deviations go at once (as in delta debugging: Zeller, Hildebrandt, Simplifying and Isolating Failure-Inducing Input, 2002).
 */
async function* undoDeviations({ picks, steps }: Execution, execute: Execute): AsyncGenerator<readonly TaskId[]> {
  const deviations = [...steps.keys()].filter((at) => (steps[at] as ExecutedStep).passed > 0);
  for (let length = picks.length; length >= 1; length = Math.floor(length / 2)) {
    let from = 0;
    for (const at of deviations) {
      if (at < from) continue;
      const before = picks.slice(0, at);
      const usual = (await execute(before)).picks.slice(at, at + length);
      yield [...before, ...usual, ...without(picks.slice(at), usual)];
      from = at + length;
    }
  }
}

/** A schedule without the first slices of each task that have run already. */
function without(picks: readonly TaskId[], ran: readonly TaskId[]): TaskId[] {
  const left = new Map<TaskId, number>();
  for (const task of ran) left.set(task, (left.get(task) ?? 0) + 1);
  return picks.filter((task) => {
    const count = left.get(task) ?? 0;
    left.set(task, count - 1);
    return count <= 0;
  });
}

/** A task's stretch joins its next one, or that one joins it. */
async function* joinStretches({ picks }: Execution): AsyncGenerator<readonly TaskId[]> {
  for (let begin = 0; begin < picks.length; begin = endOfStretch(picks, begin)) {
    const task = picks[begin] as TaskId;
    const end = endOfStretch(picks, begin);
    const next = picks.indexOf(task, end);
    if (next < 0) continue;
    const after = endOfStretch(picks, next);
    const [before, own, between, joined, rest] = [
      picks.slice(0, begin),
      picks.slice(begin, end),
      picks.slice(end, next),
      picks.slice(next, after),
      picks.slice(after),
    ];
    yield [...before, ...own, ...joined, ...between, ...rest];
    yield [...before, ...between, ...own, ...joined, ...rest];
  }
}

function endOfStretch(picks: readonly TaskId[], begin: number): number {
  let end = begin + 1;
  while (end < picks.length && picks[end] === picks[begin]) end += 1;
  return end;
}
