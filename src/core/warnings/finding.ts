/**
 * The events of a run that finders of warnings receive, in order, and what they can query. A finder keeps state per task but not per
 * step, so that it can follow a run of any length.
 */
import type { TaskId } from "../task";
import type { StepChunk } from "../trace/trace";
import type { ResourceInfo, RowKind } from "../waiting/rows";
import type { Blocked, WaitState } from "../waiting/waitState";
import type { Looks } from "./looks";
import type { Warning } from "./warning";

/** A row of the wait log. */
export interface Row {
  readonly step: number;
  readonly kind: RowKind;
  readonly task: TaskId;
  readonly object: number;
}

/** A promise that was rejected and that nobody handled. */
export interface Rejection {
  /** The step in which or after which that was noticed, and its task. */
  readonly step: number;
  readonly task: TaskId;
  readonly message: string;
}

/** A task yielded a value that only the scheduler of another library serves. Told once for each task. */
export interface ForeignYield {
  readonly step: number;
  readonly task: TaskId;
  /** Its name: `SimPy`. */
  readonly library: string;
}

/** The state of the run when a finder is notified. */
export interface Standing {
  /** How many tasks could run next. */
  readonly ready: number;
  /** How many tasks were added. */
  readonly tasks: number;
  isReady(task: TaskId): boolean;
  isOver(task: TaskId): boolean;
  /** How steps look, for those that compare them. */
  readonly looks: Looks;
  /** Which tasks wait for what, and which hold what. */
  readonly waits: WaitState;
  readonly rejections: readonly Rejection[];
  readonly foreignYields: readonly ForeignYield[];
  resource(number: number): ResourceInfo | undefined;
  /** Whether anything was printed in these steps: by this task, or by any. Also true where output was not kept. */
  hasPrinted(first: number, last: number, task?: TaskId): boolean;
}

export interface Finder {
  /** A task can run from now on: it was added, woken or released. */
  entered?(task: TaskId, step: number): void;
  /** It cannot, until it enters again: it waits, is held back, or is over. */
  left?(task: TaskId, step: number): void;
  /**
   * Steps of ready tasks. Between the first and the last of them no task entered or left.
   *
   * @param from the first one's place in the chunk
   * @param to the place after the last
   */
  steps?(chunk: StepChunk, from: number, to: number): void;
  row?(row: Row): void;
  /** A task returned, threw or was closed; the rows of the step come before it. */
  ended?(task: TaskId, step: number): void;
  /** What is so as long as the run stands where it does. */
  atRest?(step: number): readonly Warning[];
}

/** Makes a finder for one run. @param found to be called once for each warning */
export type MakeFinder = (standing: Standing, found: (warning: Warning) => void) => Finder;

/** What a task waits for, where it is blocked by `kind` of thing alone or needs it among others. */
export function partsNeeded({ how, parts }: Blocked): Blocked["parts"] {
  return how === "any" && parts.length > 1 ? [] : parts.filter(({ isServed }) => !isServed);
}
