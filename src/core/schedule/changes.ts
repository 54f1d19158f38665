/**
 * The changes that the user makes to a run. Together with the policy's picks they determine the order of a run.
 */
import type { TaskId } from "../task";

/** A change that is made between two steps. */
export type Change =
  /** Another policy picks from here on. The initial policy of a run is recorded as such a change too. */
  | { readonly kind: "policy"; readonly policy: string }
  /** A task is added. Tasks are numbered in the order of these changes. */
  | { readonly kind: "add"; readonly call: string }
  | { readonly kind: "hold"; readonly task: TaskId }
  | { readonly kind: "release"; readonly task: TaskId }
  /** The next step is picked by hand. With `send`, the task is resumed with the value of that expression. */
  | { readonly kind: "pick"; readonly task: TaskId; readonly send?: string }
  /** The next step throws the value of the expression into the task. */
  | { readonly kind: "throw"; readonly task: TaskId; readonly expression: string }
  /** The next step closes the task. */
  | { readonly kind: "close"; readonly task: TaskId };

/** A change, and the step after which it was made; 0 means before the first step. */
export interface NotedChange {
  readonly after: number;
  readonly change: Change;
}

/** The tasks that were held back after a step. */
export function heldAfter(changes: readonly NotedChange[], step: number): ReadonlySet<TaskId> {
  const held = new Set<TaskId>();
  for (const { after, change } of changes) {
    if (after > step) break;
    if (change.kind === "hold") held.add(change.task);
    if (change.kind === "release") held.delete(change.task);
  }
  return held;
}
