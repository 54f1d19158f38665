/** Runs one slice: resumes a task once, and stores the result. */
import { replyKind } from "../../../core/waiting/replies";
import { forgetPoint, lastPoint, type PointTable } from "../load/pointMarks";
import { eventCode } from "../process/recorder";
import type { AsyncTasks, Resumption } from "../waiting/asyncTasks";
import { placeAt } from "../waiting/errors";
import { isAsync, methodIn, type Resume, type TaskColumns, taskState } from "./tasks";

const { yielded, returned, threw } = eventCode;

/** Stores that a task is suspended. If the slice passed no yield point, the task's previous point is kept. */
export function suspended(tasks: TaskColumns, id: number, value: unknown, point = lastPoint()): void {
  tasks.values[id] = value;
  tasks.states[id] = taskState.suspended;
  if (point !== 0) tasks.points[id] = point;
}

/** Stores that a task has ended, with its last value and without a yield point. */
export function ended(tasks: TaskColumns, id: number, value: unknown): void {
  tasks.values[id] = value;
  tasks.states[id] = taskState.over;
  tasks.points[id] = 0;
}

/** Resumes a task once. @returns the code of the event that ended the slice */
export function slice(tasks: TaskColumns, id: number): number {
  forgetPoint();
  try {
    return came(tasks, id, (tasks.nexts[id] as Resume).call(tasks.iterators[id]));
  } catch (error) {
    ended(tasks, id, error);
    return threw;
  }
}

/** The same for a task that may have waited: its `yield` evaluates to the result of the wait, or throws its error. */
export function sliceAfterWait(tasks: TaskColumns, id: number, asyncTasks: AsyncTasks, table: PointTable): number {
  const { replies } = asyncTasks.waits.engine;
  const kind = replies.kinds[id];
  const iterator = tasks.iterators[id] as object;
  forgetPoint();
  try {
    if (kind === replyKind.none && !isAsync(tasks.nexts[id])) {
      return came(tasks, id, (tasks.nexts[id] as Resume).call(iterator));
    }
    const reply = kind === replyKind.none ? undefined : replies.take(id);
    if (kind === replyKind.error) placeAt(reply, tasks.points[id] as number, table);
    else if (reply !== undefined) asyncTasks.noteGiven(id, asyncTasks.waits.engine.rows.step, reply);
    const method = kind === replyKind.error ? methodIn(tasks, id, "throw") : (tasks.nexts[id] as Resume);
    if (method && isAsync(tasks.nexts[id])) {
      return cameAsync(tasks, id, asyncTasks.resume(id, iterator, method, reply), asyncTasks.pointOf(id));
    }
    if (!method) throw reply;
    return came(tasks, id, method.call(iterator, reply));
  } catch (error) {
    ended(tasks, id, error);
    return threw;
  }
}

function came(tasks: TaskColumns, id: number, result: IteratorResult<unknown>): number {
  if (!result.done) {
    suspended(tasks, id, result.value);
    return yielded;
  }
  ended(tasks, id, result.value);
  return returned;
}

function cameAsync(tasks: TaskColumns, id: number, { event, value }: Resumption, point: number): number {
  if (event === "yielded") suspended(tasks, id, value, point);
  else ended(tasks, id, value);
  return eventCode[event];
}
