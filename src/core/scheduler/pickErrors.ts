/**
 * Errors that state why a task cannot be picked.
 */
import { isOver, type Task, type TaskId } from "../task";

/** The requested task cannot run now. */
export class PickError extends Error {
  override readonly name: string = "PickError";

  constructor(
    message: string,
    readonly remedy: string,
    readonly task: TaskId,
  ) {
    super(message);
  }
}

/** There is no task with this number. */
export class UnknownTaskError extends PickError {
  override readonly name = "UnknownTaskError";
}

export class TaskOverError extends PickError {
  override readonly name = "TaskOverError";
}

/** The task is held back, or it waits for something. */
export class TaskNotReadyError extends PickError {
  override readonly name = "TaskNotReadyError";
}

/**
 * Why a task that is not in the ready queue cannot run.
 *
 * @param task the task, or undefined if there is none with this number
 * @param isWaiting whether the task waits for something that it requested
 */
export function whyNotReady(id: TaskId, task: Task | undefined, isWaiting: boolean): PickError {
  if (!task) return new UnknownTaskError(`There is no task ${id}.`, "Add it first, or pick another one.", id);
  if (isOver(task.state))
    return new TaskOverError(`"${task.name}" ${overWords[task.state] ?? "is over"}.`, "Pick another task.", id);
  if (isWaiting) {
    const remedy = "Let a task run that can wake it, or pick another task.";
    return new TaskNotReadyError(`"${task.name}" is waiting for something.`, remedy, id);
  }
  return new TaskNotReadyError(`"${task.name}" is held back.`, "Release it first, or pick another task.", id);
}

const overWords: Partial<Record<Task["state"], string>> = {
  returned: "has returned",
  threw: "has ended with an error",
  closed: "was closed",
};
