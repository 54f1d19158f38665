/**
 * The source of a view, which is either a session or a recording: the record of a run, a cursor, and notices.
 */
import type { Decisions } from "../../core/decisions";
import type { Stay } from "../../core/stay";
import type { TaskId } from "../../core/task";
import type { StepRecord } from "../../core/trace/trace";
import type { Until } from "../../core/until";
import type { VirtualTime } from "../../core/virtualTime";
import type { Breakpoint } from "../../protocol/breakpoints";
import type { Notice, View } from "../../protocol/panel";
import type { Rebuild, Watch } from "../../protocol/watches";
import type { Silenced } from "../loop/silenced";
import type { Recordable } from "../recording/recordable";
import type { Place } from "../seen/navigation";
import type { RunRecord } from "../seen/runRecord";

export interface Viewed {
  readonly run: RunRecord;
  /** `file` is the absolute path of the user's file. */
  readonly options: { readonly file: string };
  /** Whether a file is different on disk from what was loaded; absent for a recording. */
  differs?(file: string): boolean;
  /** The calls of the tasks, in the order in which they were added. */
  readonly calls: readonly string[];
  readonly until: Until;
  /** Under which time a restart runs; undefined for real time. */
  readonly virtualTime: VirtualTime | undefined;
  /** The status as it is displayed. */
  readonly shownStatus: Exclude<View["status"], "empty">;
  /** The first step that returned. */
  readonly result: StepRecord | undefined;
  /** The most important message for the user, if there is one. */
  readonly notice: Notice | undefined;
  readonly breakpoints: { readonly list: readonly Breakpoint[] };
  readonly watches: { readonly list: readonly string[]; isStopped?(expression: string): boolean };
  /** Whether watches are being evaluated at the head. */
  readonly isEvaluatingWatches: boolean;
  /** The progress of rebuilding what was not captured at the step at the cursor. */
  readonly rebuilding: {
    readonly state: Rebuild | undefined;
    /** The progress of a search for a change of a watch. */
    searched?(expression: string): Watch["searched"];
  };
  /** Which functions of an observed program count as tasks when it is run again; absent where it cannot be. */
  readonly decided?: { readonly all: Decisions };
  /** The warnings that are not shown. */
  readonly silenced: Silenced;
  /** The id of the breakpoint at which the run rests. */
  readonly hit: number | undefined;
  /** The speed of a slow run in steps per second, while it is running. */
  readonly speed: number | undefined;
  /** The task for which the run in progress rests. */
  readonly staying?: Stay | undefined;
  /** The actual rate in steps per second, while running. */
  readonly rate: number | undefined;
  /** The origin of a recording; undefined for a session that can still run. */
  readonly recorded: View["recorded"];
  /** Whether the run rests because no task is left that could wake the waiting ones. */
  readonly nobodyWakes: boolean;

  /** Who asks for something to be typed. */
  readonly takesInput: View["takesInput"];
  /** Whether the schedule is known up to the head. */
  readonly hasSchedule: boolean;
  /** The search over the orders of the tasks: what it has found, and the schedules of witnesses. */
  readonly exploration: (NonNullable<Recordable["exploration"]> & { witness(outcome: number): string }) | undefined;
  /** The part of the view that concerns the order. */
  readonly orderView: Partial<View>;
  /** The task that the next step resumes. */
  readonly next: TaskId | undefined;
  /** The tasks that were held back after a step. */
  heldAfter(step: number): ReadonlySet<TaskId>;
  /** Why a step went to its task. If that takes long to compute, undefined until the next change is reported. */
  why(step: number): string | undefined;
  /** Why a step went to its task, if it is already known. */
  knownWhy(step: number): string | undefined;

  /** The number of steps. */
  readonly head: number;
  /** The step that is shown: the head, unless the user looks at the past. */
  readonly cursor: number;
  /** Shows a step. Selecting the head makes the view live again. */
  select(step: number): void;
  /** The task that is looked at instead of the step's own, until another step is shown. */
  readonly looked: TaskId | undefined;
  /** Looks at a task as it is at the step that is shown; without one, or with the step's own, shows the step itself again. */
  look(task?: TaskId): void | Promise<void>;
  /**
   * Navigates to another step. Does nothing if there is no such step.
   *
   * @param of the watch, or the task; left out, the task of the step that is shown
   */
  goTo(place: Place, of?: { readonly task?: number; readonly watch?: string }): Promise<void>;
  /** A note on how the shown step was found by the changes of a watch. It is removed when another step is shown. */
  noteOn(expression: string): string | undefined;
  /**
   * Adds a listener for changes. It is called very often, so a view must throttle its updates.
   *
   * @returns a function that removes the listener
   */
  onChange(listener: () => void): () => void;
}
