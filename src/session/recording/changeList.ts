/**
 * The changes to the order of a recorded run, assembled from their sections and validated. A reason or a schedule is shown only if
 * everything that it depends on was read.
 */
import type { NotedChange } from "../../core/schedule/changes";
import { isStep } from "../../core/schedule/items";
import type { Changes } from "./schema";

export class ChangeList {
  readonly changes: NotedChange[] = [];
  /** The list is complete up to this step. */
  steps = 0;
  /** The last step that was picked by a schedule. */
  followed = 0;
  /** The next change must not be before this step. */
  #next = 0;
  #tasks = 0;
  #isEmpty = true;

  /** @param mostTasks the maximum number of tasks that may have been added */
  constructor(readonly mostTasks: number) {}

  /**
   * Appends the next section.
   *
   * @returns false if an earlier section is missing, or if the changes are not valid for a run
   */
  take({ first, steps, followed = 0, changes }: Changes): boolean {
    const isNext = first === this.changes.length && steps >= this.steps;
    if (!isNext || !changes.every((each) => each.after <= steps && this.#follows(each))) return false;
    for (const change of changes) this.changes.push(change);
    this.steps = steps;
    this.followed = followed;
    return true;
  }

  /** Whether a change may come next. The first change of a run sets its policy. */
  #follows({ after, change }: NotedChange): boolean {
    if (after < this.#next || (this.#isEmpty && change.kind !== "policy")) return false;
    this.#isEmpty = false;
    this.#next = after + Number(isStep(change));
    if (change.kind === "add") this.#tasks += 1;
    return this.#tasks <= this.mostTasks;
  }
}
