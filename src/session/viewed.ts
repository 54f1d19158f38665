/**
 * What a view is made from, whether it is a session or a recording: the record of a run, a cursor, and what is said about it.
 */
import type { TaskId } from "../core/task";
import type { StepRecord } from "../core/trace";
import type { Until } from "../core/until";
import type { Breakpoint, Notice, Rebuild, View, Watch } from "../protocol/panel";
import { type ChangePlace, changeAt, changeNote, isChange, type Place, stepAt } from "./places";
import type { RunRecord } from "./runRecord";
import { type ChangeFound, textOf } from "./watchLog";

export abstract class Viewed {
  #shownStep: number | undefined;
  #noted: { readonly step: number; readonly expression: string; readonly text: string } | undefined;
  readonly #listeners = new Set<() => void>();

  abstract readonly run: RunRecord;
  /** The user's file, absolute. */
  abstract readonly options: { readonly file: string };
  /** The calls of the tasks, in the order of adding. */
  abstract readonly calls: readonly string[];
  abstract readonly until: Until;
  /** The status as it is shown. */
  abstract readonly shownStatus: Exclude<View["status"], "empty">;
  /** The first return of this run. */
  abstract readonly result: StepRecord | undefined;
  /** The most pressing thing to say. */
  abstract readonly notice: Notice | undefined;
  abstract readonly breakpoints: { readonly list: readonly Breakpoint[] };
  abstract readonly watches: { readonly list: readonly string[]; isStopped?(expression: string): boolean };
  /** How far what was not recorded of the step at the cursor is rebuilt. */
  abstract readonly rebuilding: {
    readonly state: Rebuild | undefined;
    /** How far the search for a change of a watch is. */
    searched?(expression: string): Watch["searched"];
  };
  /** The breakpoint at which the run rests. */
  abstract readonly hit: number | undefined;
  /** Steps a second of a slow run, while it goes. */
  abstract readonly speed: number | undefined;
  /** Steps a second, while running. */
  abstract readonly rate: number | undefined;
  /** Where a recording comes from; undefined for what can still run. */
  abstract readonly recorded: View["recorded"];

  /** Whether its schedule is known up to the head. */
  get hasSchedule(): boolean {
    return true;
  }

  /** What is to be shown of who runs next. */
  get orderView(): Partial<View> {
    return {};
  }

  /** The tasks that were held back after a step. */
  heldAfter(_step: number): ReadonlySet<TaskId> {
    return new Set();
  }

  /** Why a step went to its task: where it takes long to find, undefined until the next change. */
  why(_step: number): string | undefined {
    return undefined;
  }

  /** The same where it is known by now. */
  knownWhy(_step: number): string | undefined {
    return undefined;
  }

  /** The task that the next step resumes. */
  get next(): TaskId | undefined {
    return this.run.next;
  }

  get head(): number {
    return this.run.trace.length;
  }

  /** The step that is shown: the head unless the user looks at the past. */
  get cursor(): number {
    return Math.min(this.#shownStep ?? this.head, this.head);
  }

  /**
   * Tells of every change; often, so that a view must gather them.
   *
   * @returns how to stop listening
   */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Shows a step; the head's number makes the view live again. */
  select(step: number): void {
    const wanted = Math.max(0, Math.min(step, this.head));
    this.#noted = undefined;
    this.#shownStep = wanted === this.head ? undefined : wanted;
    this.changed();
  }

  /**
   * Shows another step by what happened in it; nothing moves where there is none.
   *
   * @param of the watch in question, or the task; left out, the task of the step that is shown
   */
  async goTo(place: Place, of: { readonly task?: number; readonly watch?: string } = {}): Promise<void> {
    if (isChange(place)) return of.watch === undefined ? undefined : this.goToChange(place, of.watch);
    const step = stepAt(this, place, of.task);
    if (step !== undefined) this.select(step);
  }

  /** What was found out about a watch on the way to the step that is shown; nothing any more once the view went elsewhere. */
  noteOn(expression: string): string | undefined {
    return this.#noted?.expression === expression && this.#noted.step === this.cursor ? this.#noted.text : undefined;
  }

  /** Shows the nearest change of a watch that is known, and says what is not known of the way there. */
  protected async goToChange(place: ChangePlace, expression: string): Promise<void> {
    this.showChange(place, expression, this.cursor, changeAt(this, place, expression));
  }

  /**
   * @param from the step from which it was looked for
   * @param why something to be said before
   */
  protected showChange(place: ChangePlace, expression: string, from: number, found: ChangeFound, why = ""): void {
    const here = this.run.watched.entryAt(from, expression);
    const task = this.run.tasks[here?.task ?? -1]?.name;
    const note = changeNote(place, found, { task, isNothing: here !== undefined && textOf(here) === undefined });
    const text = [why, note ?? ""].join(" ").trim();
    if (found.step !== undefined) this.select(found.step);
    this.#noted = text === "" ? undefined : { step: found.step ?? from, expression, text };
    this.changed();
  }

  /** The view is to follow the head again. */
  protected followHead(): void {
    this.#noted = undefined;
    this.#shownStep = undefined;
  }

  protected changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
