/**
 * The data that a trace file is written from: a run, and what is known about it beyond its steps.
 */
import type { StepRecord } from "../../core/trace/trace";
import type { Until } from "../../core/until";
import type { VirtualTime } from "../../core/virtualTime";
import type { Notice, View } from "../../protocol/panel";
import type { RunRecord } from "../seen/runRecord";

export interface Recordable {
  readonly run: RunRecord;
  /** `file` is the absolute path of the user's file. */
  readonly options: { readonly file: string };
  /** The calls of the tasks, in the order in which they were added. */
  readonly calls: readonly string[];
  readonly until: Until;
  /** Under which time a restart runs; undefined for real time. */
  readonly virtualTime: VirtualTime | undefined;
  readonly shownStatus: Exclude<View["status"], "empty">;
  /** The number of steps. */
  readonly head: number;
  /** The first step that returned. */
  readonly result: StepRecord | undefined;
  readonly watches: { readonly list: readonly string[] };
  /**
   * `saved` is what a search over the orders of the tasks has found, as `explore --format jsonl` prints it. It is the same list until something
   * changes, which happens all the time while the search is under way.
   */
  readonly exploration: { readonly saved: readonly object[]; readonly isUnderWay: boolean } | undefined;
  /** The most important message for the user, if there is one. */
  readonly notice: Notice | undefined;
  /** The origin of a recording; undefined for a session that can still run. */
  readonly recorded: View["recorded"];
}
