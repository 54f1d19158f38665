/**
 * The interface between a run and the finders of warnings: the events that they receive, in order, and what they can query. A finder keeps
 * state per task but not per step, so that it can follow a run of any length.
 */
import type { TaskId } from "../task";
import type { StepChunk } from "../trace/trace";
import type { Blocked } from "../waiting/blockedColumns";
import type { ResourceInfo, RowKind } from "../waiting/rows";
import type { WaitState } from "../waiting/waitState";
import type { Looks } from "./looks";
import type { Warning } from "./warning";

/** A row of the wait log. */
export interface Row {
  readonly step: number;
  readonly kind: RowKind;
  readonly task: TaskId;
  readonly object: number;
}

/** A promise that was rejected without a handler. */
export interface Rejection {
  /** The step during or after which this was noticed, and its task. */
  readonly step: number;
  readonly task: TaskId;
  readonly message: string;
}

/** A task yielded a value that only the scheduler of another library serves. Reported once for each task. */
export interface ForeignYield {
  readonly step: number;
  readonly task: TaskId;
  /** The name of the library, such as `SimPy`. */
  readonly library: string;
}

/** The state of the run when a finder is notified. */
export interface Standing {
  /** How many tasks are ready. */
  readonly ready: number;
  /** How many tasks have been added. */
  readonly tasks: number;
  isReady(task: TaskId): boolean;
  isOver(task: TaskId): boolean;
  /** Compares what steps look like. */
  readonly looks: Looks;
  /** Which tasks wait for what, and which hold what. */
  readonly waits: WaitState;
  readonly rejections: readonly Rejection[];
  readonly foreignYields: readonly ForeignYield[];
  resource(number: number): ResourceInfo | undefined;
  /** Whether anything was printed in these steps, by the task if one is given. Also true if the output was not kept. */
  hasPrinted(first: number, last: number, task?: TaskId): boolean;
}

export interface Finder {
  /** A task became ready: it was added, woken or released. */
  entered?(task: TaskId, step: number): void;
  /** A task is no longer ready: it waits, is held back, or has ended. */
  left?(task: TaskId, step: number): void;
  /**
   * Steps of ready tasks were made. No task entered or left between the first and the last of them.
   *
   * @param from the index of the first step in the chunk
   * @param to the index after the last one
   */
  steps?(chunk: StepChunk, from: number, to: number): void;
  row?(row: Row): void;
  /** A task returned, threw or was closed. Called after the rows of its last step. */
  ended?(task: TaskId, step: number): void;
  /** Warnings that hold only as long as the run makes no more steps. */
  atRest?(step: number): readonly Warning[];
}

/** Makes a finder for one run. @param found the finder calls it once for each warning */
export type MakeFinder = (standing: Standing, found: (warning: Warning) => void) => Finder;

/** The parts that a blocked task needs and has not got yet. A task that waits for any of several things needs no particular one. */
export function partsNeeded({ how, parts }: Blocked): Blocked["parts"] {
  return how === "any" && parts.length > 1 ? [] : parts.filter(({ isServed }) => !isServed);
}
