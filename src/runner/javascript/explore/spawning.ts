/** What a task may spawn. */
import { mostTasks } from "../../../core/task";
import { nextOf, type Resume, type TaskColumns } from "../execute/tasks";
import { RequestError } from "../values/failures";
import { requestError } from "../values/requestErrors";

/** @throws the error for the task that spawns what cannot be a task */
export function spawnable(generator: unknown, { iterators, length }: TaskColumns): Resume {
  try {
    if (length >= mostTasks) throw notTask(`There can be no more than ${mostTasks} tasks.`);
    if (iterators.includes(generator as object)) throw notTask("The generator is a task already.");
    return nextOf(generator);
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    const { message, remedy = "" } = error.failure;
    throw notTask(`${message} ${remedy}`.trimEnd());
  }
}

function notTask(message: string): Error {
  return requestError("notTask", message);
}
