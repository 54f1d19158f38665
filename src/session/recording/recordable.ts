/**
 * What a trace file is written from: a run, and what is known about it beside its steps.
 */
import type { StepRecord } from "../../core/trace/trace";
import type { Until } from "../../core/until";
import type { Notice, View } from "../../protocol/panel";
import type { RunRecord } from "../seen/runRecord";

export interface Recordable {
  readonly run: RunRecord;
  /** The user's file, absolute. */
  readonly options: { readonly file: string };
  /** The calls of the tasks, in the order of adding. */
  readonly calls: readonly string[];
  readonly until: Until;
  readonly shownStatus: Exclude<View["status"], "empty">;
  /** How many steps there are. */
  readonly head: number;
  /** The first return. */
  readonly result: StepRecord | undefined;
  readonly watches: { readonly list: readonly string[] };
  /** The most pressing thing to say. */
  readonly notice: Notice | undefined;
  /** Where a recording comes from; undefined for what can still run. */
  readonly recorded: View["recorded"];
}
