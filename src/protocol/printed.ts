/**
 * The output of tasks, as it is sent on the panel's wire.
 */
import * as v from "valibot";

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** `dropped` counts characters that were cut off. */
const printed = { stream: v.picklist(["stdout", "stderr"]), text: v.string(), dropped: v.optional(count) };
export const Printed = v.object(printed);
export type Printed = v.InferOutput<typeof Printed>;

/** Step 0 is the loading of the file; the task is absent there, and where the step has not come to its end. */
const PrintedBy = v.object({ ...printed, step: count, task: v.optional(count) });
export type PrintedBy = v.InferOutput<typeof PrintedBy>;

/** The last of what all tasks printed, up to the step at the cursor. */
export const PrintedSoFar = v.object({
  pieces: v.array(PrintedBy),
  /** How many pieces came before these, and the step of the last of them; absent where none did. */
  earlier: v.optional(v.object({ pieces: count, step: count })),
  /** So many characters of the first piece are left out, from its beginning. */
  cut: v.optional(count),
});
export type PrintedSoFar = v.InferOutput<typeof PrintedSoFar>;
