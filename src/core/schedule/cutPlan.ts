/**
 * Cuts a plan so that a run comes to rest at a requested switch. The remaining picks stay as they were.
 */

import type { TaskId } from "../task";
import { type Plan, pickAt, planLength } from "./plan";

/** The tasks at whose switches a run is to rest. */
export interface Stops {
  /** Rest before one of these is resumed. */
  readonly before: ReadonlySet<TaskId>;
  /** Rest after a step of one of these. */
  readonly after: ReadonlySet<TaskId>;
}

/**
 * The plan up to the first switch at which the run is to rest, the whole plan where there is none, undefined where it is to
 * rest before the first step.
 *
 * @param firstStop the first position, counted from 0, before which it may rest: a run that goes on from a rest begins at 1,
 *   so that it does not rest at the same place again
 */
export function cutPlan(plan: Plan, { before, after }: Stops, firstStop: number): Plan | undefined {
  if (before.size === 0 && after.size === 0) return plan;
  // The picks repeat: what is not found in one round and the pick after it is in no other round either.
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
