/**
 * The changes to the order of a recorded run, assembled from their sections and checked. A reason or a schedule is shown only
 * if everything that it depends on is there.
 */
import type { NotedChange } from "../../core/schedule/changes";
import { isStep } from "../../core/schedule/items";
import type { Changes } from "./schema";

export class ChangeList {
  readonly changes: NotedChange[] = [];
  /** All changes up to this number of steps are listed. */
  steps = 0;
  /** The last step that a schedule picked. */
  followed = 0;
  /** No change can be noted before this one. */
  #next = 0;
  #tasks = 0;
  #isEmpty = true;

  /** @param mostTasks the maximum number of tasks that can have been added */
  constructor(readonly mostTasks: number) {}

  /**
   * Takes what comes next.
   *
   * @returns false where it cannot: something before it is missing, or it is none of a run's
   */
  take({ first, steps, followed = 0, changes }: Changes): boolean {
    const isNext = first === this.changes.length && steps >= this.steps;
    if (!isNext || !changes.every((each) => each.after <= steps && this.#follows(each))) return false;
    for (const change of changes) this.changes.push(change);
    this.steps = steps;
    this.followed = followed;
    return true;
  }

  /** The first change of all is a policy. */
  #follows({ after, change }: NotedChange): boolean {
    if (after < this.#next || (this.#isEmpty && change.kind !== "policy")) return false;
    this.#isEmpty = false;
    this.#next = after + Number(isStep(change));
    if (change.kind === "add") this.#tasks += 1;
    return this.#tasks <= this.mostTasks;
  }
}
