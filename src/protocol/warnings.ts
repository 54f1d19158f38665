/**
 * What the panel shows about warnings, and what it can request.
 */
import * as v from "valibot";
import { warningKinds } from "../core/warnings/warning";

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const kind = v.picklist(warningKinds);

export const Warning = v.object({
  kind,
  /** The task that the warning is about, or the first of several. */
  task: count,
  /** The steps that show it, in ascending order. */
  steps: v.array(count),
  /** In segments, which refer to tasks by number, and to resources by name. */
  sentence: v.array(v.union([v.object({ text: v.string() }), v.object({ task: count }), v.object({ resource: v.string() })])),
});
export type Warning = v.InferOutput<typeof Warning>;

export const Warnings = v.object({
  list: v.array(Warning),
  /** How many there are in addition to the list. */
  more: count,
  /** How many are not shown because they are silenced. */
  silenced: count,
});
export type Warnings = v.InferOutput<typeof Warnings>;

export const warningRequests = [
  /** Silences a kind of warning in this session, for tasks with a name or for all tasks. */
  v.object({ type: v.literal("silence"), kind, task: v.optional(v.string()) }),
  /** Shows again what was silenced in this session. */
  v.object({ type: v.literal("showSilenced") }),
] as const;
