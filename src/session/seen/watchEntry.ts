/**
 * The result of one watch at one step, as plain data.
 */
import type { TaskId } from "../../core/task";

/** The value of a watch, or the error of its evaluation. */
export type Watched = { readonly text: string } | { readonly error: string };

export interface WatchEntry {
  readonly step: number;
  readonly expression: string;
  readonly seen: Watched;
  /** The task whose locals the expression used; left out if it used only module variables, or is about the scheduler. */
  readonly task?: TaskId | undefined;
}
