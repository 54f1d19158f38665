/**
 * What is certain about tasks that wait: deadlocks, and who can never be woken.
 */
import { isOver } from "../../core/task";
import { type Surroundings, type Verdict, verdictOf } from "../../core/waiting/verdict";
import type { RunRecord } from "./runRecord";

/** What is certain of a run as it stands, should nothing outside wake anybody any more. */
export function certainOf(run: Pick<RunRecord, "tasks" | "waits">): Verdict {
  return verdictOf(run.waits.now, surroundings(run, (task) => isOver(run.tasks[task]?.state ?? "closed"), false));
}

/**
 * What has to be known beside the state of the waits.
 *
 * @param mayPromisesSettle whether something outside may still come
 */
export function surroundings(
  { tasks, waits }: Pick<RunRecord, "tasks" | "waits">,
  isOverAt: (task: number) => boolean,
  mayPromisesSettle: boolean,
): Surroundings {
  return {
    tasks: tasks.length,
    isOver: isOverAt,
    isMutex: (resource) => waits.resources[resource - 1]?.kind === "mutex",
    mayPromisesSettle,
  };
}

/** How sentences name tasks and resources. */
export function namesIn({ tasks, waits }: Pick<RunRecord, "tasks" | "waits">) {
  return {
    task: (task: number) => tasks[task]?.name ?? `task ${task + 1}`,
    resource: (resource: number) => waits.resources[resource - 1]?.name ?? `resource ${resource}`,
  };
}

