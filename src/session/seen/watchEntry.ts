/**
 * The result of one watch at one step, as plain data.
 */
import type { TaskId } from "../../core/task";

/** What a watch gave, or why it gave nothing. */
export type Watched = { readonly text: string } | { readonly error: string };

export interface WatchEntry {
  readonly step: number;
  readonly expression: string;
  readonly seen: Watched;
  /** The task whose locals the expression saw; left out where it saw none, but a module alone. */
  readonly task?: TaskId | undefined;
}
