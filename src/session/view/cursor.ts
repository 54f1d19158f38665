/**
 * The step that is shown: the last one, or a past step that the user navigated to. Also holds a note on how it was found.
 */
import type { TaskId } from "../../core/task";
import { adviceOf } from "../common/errors";
import { type ChangePlace, changeAt, isChange, type Place, stepAt } from "../seen/navigation";
import type { RunRecord } from "../seen/runRecord";
import type { ChangeFound } from "../seen/watchLog";

/** Finds changes of watches among steps where they were not evaluated. */
export interface ChangeFinder {
  /** Must be called when the cursor moves: a search that started at another step must not move it again. */
  leave(): void;
  /**
   * The nearest change, relative to the cursor; undefined if the search was cancelled.
   *
   * @throws Error if it cannot be found
   */
  findChange(place: ChangePlace, expression: string): Promise<Pick<ChangeFound, "step"> | undefined>;
  /** Makes sure that a step is captured. */
  rebuild(step: number): Promise<void>;
}

/** The run that is shown, which may be replaced by another one. */
export interface Shown {
  readonly run: Pick<RunRecord, "trace" | "tasks" | "watched">;
}

export class Cursor {
  #shownStep: number | undefined;
  #looked: { readonly step: number; readonly task: TaskId } | undefined;
  #noted: { readonly step: number; readonly expression: string; readonly text: string } | undefined;

  /**
   * @param changed called after every change
   * @param finder left out, changes are found only where the watch was evaluated
   */
  constructor(
    readonly shown: Shown,
    readonly changed: () => void,
    readonly finder?: ChangeFinder,
  ) {}

  get head(): number {
    return this.shown.run.trace.length;
  }

  /** The step that is shown: the head, unless the user looks at the past. */
  get step(): number {
    return Math.min(this.#shownStep ?? this.head, this.head);
  }

  /** The task that is looked at instead of the step's own, until another step is shown. */
  get looked(): TaskId | undefined {
    return this.#looked?.step === this.step ? this.#looked.task : undefined;
  }

  /** Looks at a task as it is at the step that is shown; without one, or with the step's own, shows the step itself again. */
  look(task?: TaskId): void {
    const { step } = this;
    const { trace, tasks } = this.shown.run;
    const isOther = task !== undefined && task < tasks.length && (step === 0 || trace.at(step).task !== task);
    this.#looked = isOther ? { step, task } : undefined;
    this.changed();
  }

  /** Shows a step. Selecting the head makes the view live again. */
  select(step: number): void {
    this.finder?.leave();
    const wanted = Math.max(0, Math.min(step, this.head));
    this.#noted = undefined;
    this.#looked = undefined;
    this.#shownStep = wanted === this.head ? undefined : wanted;
    this.changed();
  }

  /** Makes the view follow the last step again. */
  followHead(): void {
    this.finder?.leave();
    this.#noted = undefined;
    this.#looked = undefined;
    this.#shownStep = undefined;
  }

  /**
   * Navigates to another step. Does nothing if there is no such step.
   *
   * @param of the watch, or the task; left out, the task of the step that is shown
   */
  async goTo(place: Place, of: { readonly task?: number; readonly watch?: string } = {}): Promise<void> {
    if (isChange(place)) return of.watch === undefined ? undefined : this.#goToChange(place, of.watch);
    const step = stepAt({ run: this.shown.run, cursor: this.step, head: this.head }, place, of.task);
    if (step !== undefined) this.select(step);
  }

  /** A note on how the shown step was found by the changes of a watch. It is removed when another step is shown. */
  noteOn(expression: string): string | undefined {
    return this.#noted?.expression === expression && this.#noted.step === this.step ? this.#noted.text : undefined;
  }

  /** Shows the nearest change of a watch. If the watch was not evaluated at steps on the way, searches them, or notes the gap. */
  async #goToChange(place: ChangePlace, expression: string): Promise<void> {
    const from = this.step;
    const known = this.#changeAt(place, expression);
    if (!known.unknown || !this.finder) return this.#showChange(place, expression, from, known);
    try {
      const found = await this.finder.findChange(place, expression);
      if (!found) return;
      await this.#showChange(place, expression, from, found);
      if (found.step !== undefined) await this.finder.rebuild(found.step);
    } catch (error) {
      await this.#showChange(place, expression, from, this.#changeAt(place, expression), adviceOf(error));
    }
  }

  #changeAt(place: ChangePlace, expression: string): ChangeFound {
    return changeAt({ run: this.shown.run, cursor: this.step, head: this.head }, place, expression);
  }

  /**
   * @param from the step from which the search started
   * @param why a text to put before the note
   */
  async #showChange(place: ChangePlace, expression: string, from: number, found: ChangeFound, why = ""): Promise<void> {
    const { changeNote } = await import("./changeNote");
    const { run } = this.shown;
    const note = changeNote(run, place, found, run.watched.entryAt(from, expression));
    const text = [why, note ?? ""].join(" ").trim();
    if (found.step !== undefined) this.select(found.step);
    this.#noted = text === "" ? undefined : { step: found.step ?? from, expression, text };
    this.changed();
  }
}
