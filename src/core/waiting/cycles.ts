/** Cycles of tasks that wait for one another. */
import type { TaskId } from "../task";

/**
 * The cycle through a task: the task itself, the one that it waits for, and so on. Undefined if there is none.
 *
 * @param wakerOf the only task that can wake another; undefined if there is none, or more than one
 * @param tasks how many tasks there are: a longer walk is caught in a cycle that does not contain the task
 */
export function cycleFrom(
  task: TaskId,
  wakerOf: (task: TaskId) => TaskId | undefined,
  tasks: number,
): readonly TaskId[] | undefined {
  let length = 1;
  let at = wakerOf(task);
  for (; at !== task; length += 1) {
    if (at === undefined || length > tasks) return undefined;
    at = wakerOf(at);
  }
  const cycle = [task];
  while (cycle.length < length) cycle.push(wakerOf(cycle.at(-1) as TaskId) as TaskId);
  return cycle;
}
