/**
 * Steps that the user makes rather than a policy: a value is sent to a task, an exception is thrown into it, or it is closed.
 * They are part of the schedule, so a replay repeats them.
 */
import type { Change } from "../../core/schedule/changes";
import type { TaskId } from "../../core/task";

/** How a task was resumed by hand; `expression` evaluates to what was sent or thrown. */
export type Resumption =
  | { readonly verb: "send"; readonly expression: string }
  | { readonly verb: "throwInto"; readonly expression: string }
  | { readonly verb: "close" };

/** One such step. */
export type ByHand = Resumption & { readonly step: number; readonly task: TaskId };

/** A step made by hand, as a part of the schedule. A sent value is part of a pick. */
export function changeOf(task: TaskId, how: Exclude<Resumption, { verb: "send" }>): Change & { kind: "throw" | "close" } {
  return how.verb === "close" ? { kind: "close", task } : { kind: "throw", task, expression: how.expression };
}
