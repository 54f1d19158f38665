/**
 * What a view is made from, whether a session or a recording: the record of a run, a cursor, and notices.
 */
import type { TaskId } from "../../core/task";
import type { StepRecord } from "../../core/trace/trace";
import type { Until } from "../../core/until";
import type { Breakpoint, Notice, Rebuild, View, Watch } from "../../protocol/panel";
import type { Silenced } from "../loop/silenced";
import type { Place } from "../seen/navigation";
import type { RunRecord } from "../seen/runRecord";

export interface Viewed {
  readonly run: RunRecord;
  /** The user's file, absolute. */
  readonly options: { readonly file: string };
  /** The calls of the tasks, in the order of adding. */
  readonly calls: readonly string[];
  readonly until: Until;
  /** The status as it is shown. */
  readonly shownStatus: Exclude<View["status"], "empty">;
  /** The first return of this run. */
  readonly result: StepRecord | undefined;
  /** The most pressing thing to say. */
  readonly notice: Notice | undefined;
  readonly breakpoints: { readonly list: readonly Breakpoint[] };
  readonly watches: { readonly list: readonly string[]; isStopped?(expression: string): boolean };
  /** The progress of rebuilding what was not recorded of the step at the cursor. */
  readonly rebuilding: {
    readonly state: Rebuild | undefined;
    /** The progress of the search for a change of a watch. */
    searched?(expression: string): Watch["searched"];
  };
  /** Which warnings are not shown. */
  readonly silenced: Silenced;
  /** The breakpoint at which the run rests. */
  readonly hit: number | undefined;
  /** Steps a second of a slow run, while it goes. */
  readonly speed: number | undefined;
  /** Steps a second, while running. */
  readonly rate: number | undefined;
  /** Where a recording comes from; undefined for what can still run. */
  readonly recorded: View["recorded"];
  /** The run rests because nobody is left who could wake the tasks that wait. */
  readonly nobodyWakes: boolean;

  /** Whether its schedule is known up to the head. */
  readonly hasSchedule: boolean;
  /** What is to be shown of who runs next. */
  readonly orderView: Partial<View>;
  /** The task that the next step resumes. */
  readonly next: TaskId | undefined;
  /** The tasks that were held back after a step. */
  heldAfter(step: number): ReadonlySet<TaskId>;
  /** Why a step went to its task: where it takes long to find, undefined until the next change. */
  why(step: number): string | undefined;
  /** The same, if it is known by now. */
  knownWhy(step: number): string | undefined;

  /** How many steps there are. */
  readonly head: number;
  /** The step that is shown: the head unless the user looks at the past. */
  readonly cursor: number;
  /** Shows a step; the head's number makes the view live again. */
  select(step: number): void;
  /**
   * Shows another step by what happened in it; nothing moves where there is none.
   *
   * @param of the watch in question, or the task; left out, the task of the step that is shown
   */
  goTo(place: Place, of?: { readonly task?: number; readonly watch?: string }): Promise<void>;
  /** What was found about a watch on the way to the step that is shown; forgotten once the view goes elsewhere. */
  noteOn(expression: string): string | undefined;
  /**
   * Tells of every change; often, so that a view must gather them.
   *
   * @returns how to stop listening
   */
  onChange(listener: () => void): () => void;
}
