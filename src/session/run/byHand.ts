/**
 * Steps made by the user instead of a policy: a value is sent to a task, an exception is thrown into it, or it is closed. They are
 * part of the schedule, so a replay repeats them.
 */
import type { Change } from "../../core/schedule/changes";
import type { TaskId } from "../../core/task";

/** How a task was resumed by hand. The value of `expression` is sent or thrown. */
export type Resumption =
  | { readonly verb: "send"; readonly expression: string }
  | { readonly verb: "throwInto"; readonly expression: string }
  | { readonly verb: "close" };

export type ByHand = Resumption & { readonly step: number; readonly task: TaskId };

/** A throw or a close as a change of the schedule. A sent value is part of a pick instead. */
export function changeOf(task: TaskId, how: Exclude<Resumption, { verb: "send" }>): Change & { kind: "throw" | "close" } {
  return how.verb === "close" ? { kind: "close", task } : { kind: "throw", task, expression: how.expression };
}
