/** A run that stays with one task: the others run as the policy says. */
import type { TaskId } from "./task";

/** Until the task has made its next step, or until it has ended. */
export const stays = ["step", "end"] as const;

export interface Stay {
  readonly task: TaskId;
  readonly until: (typeof stays)[number];
}
