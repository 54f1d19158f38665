/**
 * Staying with one task: where a run rests for it, and why it cannot.
 */
import type { Stay } from "../../core/stay";
import { isOver } from "../../core/task";
import type { Condition } from "../../protocol/requests";
import { SessionStateError } from "../common/errors";
import type { Run } from "../run/run";

/** The id of the condition. Those of breakpoints count from 1. */
export const stayId = 0;

/** What ends a plan where the run rests. */
export function conditionOf({ task, until }: Stay): Condition {
  return { id: stayId, task, ...(until === "end" ? { ended: true as const } : {}) };
}

/**
 * The step at which the run would rest, if it is recorded already.
 *
 * @param from the step that is shown
 */
export function recordedRest({ trace }: Pick<Run, "trace">, { task, until }: Stay, from: number): number | undefined {
  const step = until === "step" ? trace.nextOf(task, from + 1) : trace.previousOf(task, trace.length);
  if (step === undefined || step <= from) return undefined;
  return until === "step" || trace.at(step).event !== "yielded" ? step : undefined;
}

/** @throws SessionStateError if the task cannot make a step, whoever else runs */
export function mustGoOn({ scheduler }: Pick<Run, "scheduler">, { task: id }: Stay): void {
  const task = scheduler.tasks[id];
  if (!task) throw new SessionStateError(`There is no task ${id}.`, "Choose another one.");
  const { name, state } = task;
  if (isOver(state)) throw new SessionStateError(`"${name}" has ended.`, "Choose another task.");
  if (scheduler.held.includes(id)) throw new SessionStateError(`"${name}" is held back.`, "Release it first.");
}
