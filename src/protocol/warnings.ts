/**
 * What the panel is shown of warnings, and what it may ask about them.
 */
import * as v from "valibot";
import { warningKinds } from "../core/warnings/warning";

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const kind = v.picklist(warningKinds);

export const Warning = v.object({
  kind,
  /** Whom it is about; of several tasks, the first. */
  task: count,
  /** The steps that show it, in ascending order. */
  steps: v.array(count),
  /** In pieces: a task is referred to by number, and a resource by its name. */
  sentence: v.array(v.union([v.object({ text: v.string() }), v.object({ task: count }), v.object({ resource: v.string() })])),
});
export type Warning = v.InferOutput<typeof Warning>;

export const Warnings = v.object({
  list: v.array(Warning),
  /** How many there are beside those of the list. */
  more: count,
  /** How many are not shown since they were silenced. */
  silenced: count,
});
export type Warnings = v.InferOutput<typeof Warnings>;

export const warningRequests = [
  /** Warnings of a kind are not shown any more in this session: those about tasks of a name, or all. */
  v.object({ type: v.literal("silence"), kind, task: v.optional(v.string()) }),
  /** What was silenced in this session is shown again. */
  v.object({ type: v.literal("showSilenced") }),
] as const;
