/**
 * A schedule says which task runs at each step; a plan is the piece of it that a runner executes in one go.
 */
import type { TaskId } from "./task";

/**
 * The next picks: `picks`, repeated `times` times. Round-robin over three tasks for a million steps is three numbers;
 * an arbitrary list of picks is a plan with `times` 1.
 */
export interface Plan {
  readonly picks: readonly TaskId[];
  readonly times: number;
}

/** How many steps a plan holds. */
export function planLength(plan: Plan): number {
  return plan.picks.length * plan.times;
}

/**
 * The task at a position of the plan.
 *
 * @param index counted from 0
 * @throws RangeError when the plan is shorter
 */
export function pickAt(plan: Plan, index: number): TaskId {
  const pick = index < planLength(plan) ? plan.picks[index % plan.picks.length] : undefined;
  if (pick === undefined) throw new RangeError(`The plan has ${planLength(plan)} steps, there is no number ${index}.`);
  return pick;
}
