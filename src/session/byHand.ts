/**
 * Steps that no policy picked: a task was thrown into, or closed. They are part of the schedule, so a replay makes them again.
 */
import type { Change } from "../core/changes";
import type { TaskId } from "../core/task";

/** How a task was resumed by hand; `expression` gives what was thrown. */
export type Resumption = { readonly verb: "throwInto"; readonly expression: string } | { readonly verb: "close" };

/** One such step. */
export type ByHand = Resumption & { readonly step: number; readonly task: TaskId };

/** The same as a part of the schedule. */
export function changeOf(task: TaskId, how: Resumption): Change & { kind: "throw" | "close" } {
  return how.verb === "close" ? { kind: "close", task } : { kind: "throw", task, expression: how.expression };
}
