/**
 * The result of one watch at one step, as plain data.
 */
import type { TaskId } from "../../core/task";

/** The value of a watch, or why it has none. */
export type Watched = { readonly text: string } | { readonly error: string };

export interface WatchEntry {
  readonly step: number;
  readonly expression: string;
  readonly seen: Watched;
  /** The task whose locals the expression saw; absent if it saw only a module. */
  readonly task?: TaskId | undefined;
}
