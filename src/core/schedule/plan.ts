/**
 * A schedule says which task runs at each step; a plan is the part of it that a runner executes in one go.
 */
import { mostTasks, type TaskId } from "../task";

/**
 * The next picks: `picks`, repeated `times` times. Round-robin over three tasks for a million steps needs only three numbers. A
 * list of picks without repetition is a plan with `times` 1.
 */
export interface Plan {
  readonly picks: readonly TaskId[];
  readonly times: number;
}

/**
 * Round-robin over all ready tasks: the runner resumes the head of a queue, which initially contains `ring`. Tasks that the step woke
 * or spawned join the queue at its tail, followed by the task itself if it is still ready. If the queue is empty and a task can still
 * be woken, the runner waits. If `steps` is 0, it waits until a task is woken, and runs nothing.
 */
export interface RingPlan {
  readonly ring: readonly TaskId[];
  /** The maximum number of steps. */
  readonly steps: number;
}

/** A plan that a runner can execute. Which tasks of a ring have run is known only from the trace. */
export type RunnerPlan = Plan | RingPlan;

export function isRing(plan: RunnerPlan): plan is RingPlan {
  return "ring" in plan;
}

/** The maximum number of steps in a plan. */
export function planLength(plan: RunnerPlan): number {
  return isRing(plan) ? plan.steps : plan.picks.length * plan.times;
}

/**
 * The task at a position of the plan.
 *
 * @param index counted from 0
 * @throws RangeError if the plan is shorter
 */
export function pickAt(plan: Plan, index: number): TaskId {
  const pick = index < planLength(plan) ? plan.picks[index % plan.picks.length] : undefined;
  if (pick === undefined) throw new RangeError(`The plan has ${planLength(plan)} steps, there is no number ${index}.`);
  return pick;
}

/** Reused by every call of `lastRuns`, and all 0 between calls: allocating it would take longer than the search itself. */
const seen = new Uint8Array(mostTasks);

/**
 * The tasks that run in the first steps of a plan, each once, in the order of their last runs. The search is limited to the last
 * round: since a plan repeats its picks, every task has its last run there.
 *
 * @param ran the number of steps that ran
 * @param tasks the maximum number of different tasks in the plan; the search ends when all are found
 */
export function lastRuns(plan: Plan, ran: number, tasks: number): TaskId[] {
  const { picks } = plan;
  if (ran === 1) return picks.slice(0, 1);
  const found: TaskId[] = [];
  const first = Math.max(0, ran - picks.length);
  for (let index = ran - 1; index >= first && found.length < tasks; index -= 1) {
    const pick = picks[index % picks.length] as TaskId;
    if (seen[pick] !== 1) found.push(pick);
    seen[pick] = 1;
  }
  for (const task of found) seen[task] = 0;
  return found.reverse();
}

/**
 * Recorded picks as the shortest plan, with repetitions written once. An incomplete last round is left for the next plan.
 *
 * @param recorded at least one pick
 */
export function planOf(recorded: Uint16Array): Plan {
  const period = shortestPeriod(recorded);
  return { picks: [...recorded.subarray(0, period)], times: Math.floor(recorded.length / period) };
}

/** Computed in linear time by the prefix function of Knuth, Morris and Pratt. */
function shortestPeriod(picks: Uint16Array): number {
  const borders = new Int32Array(picks.length);
  for (let index = 1, border = 0; index < picks.length; index += 1) {
    while (border > 0 && picks[index] !== picks[border]) border = borders[border - 1] as number;
    if (picks[index] === picks[border]) border += 1;
    borders[index] = border;
  }
  return picks.length - (borders.at(-1) ?? 0);
}
