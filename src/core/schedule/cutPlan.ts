/**
 * Cuts a plan so that a run rests at a requested context switch. The picks up to there do not change.
 */

import type { TaskId } from "../task";
import { type Plan, pickAt, planLength } from "./plan";

/** The tasks whose context switches make a run rest. */
export interface Stops {
  /** Rest before one of these is resumed. */
  readonly before: ReadonlySet<TaskId>;
  /** Rest after a step of one of these. */
  readonly after: ReadonlySet<TaskId>;
}

/**
 * The plan up to the first switch at which the run must rest: the whole plan if there is none, undefined if the run must rest before
 * the first step.
 *
 * @param firstStop the first position in the plan, counted from 0, before which the run may rest. A run that continues from a rest
 *   passes 1, so that it does not rest at the same place again
 */
export function cutPlan(plan: Plan, { before, after }: Stops, firstStop: number): Plan | undefined {
  if (before.size === 0 && after.size === 0) return plan;
  // The picks repeat: a stop that does not occur in one round and the pick after it does not occur in any other round.
  const reach = Math.min(planLength(plan), plan.picks.length + firstStop);
  for (let index = 0; index < reach; index += 1) {
    const pick = pickAt(plan, index);
    if (index >= firstStop && before.has(pick)) return firstSteps(plan, index);
    if (after.has(pick)) return firstSteps(plan, index + 1);
  }
  return plan;
}

function firstSteps(plan: Plan, count: number): Plan | undefined {
  return count === 0 ? undefined : { picks: Array.from({ length: count }, (_, index) => pickAt(plan, index)), times: 1 };
}
