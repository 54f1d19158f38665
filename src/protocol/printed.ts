/**
 * The output of tasks on the panel's wire.
 */
import * as v from "valibot";

/** What a terminal sends at the end of the input. On the stream `stdin` it stands for that end. */
export const endOfInput = "\u0004";

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** `dropped` counts characters that were cut off. What was typed as the standard input is among what was printed, as in a terminal. */
const printed = { stream: v.picklist(["stdout", "stderr", "stdin"]), text: v.string(), dropped: v.optional(count) };
export const Printed = v.object(printed);
export type Printed = v.InferOutput<typeof Printed>;

/** Step 0 is the loading of the file. The task is absent there, and for a step that has not ended. */
const PrintedBy = v.object({ ...printed, step: count, task: v.optional(count) });
export type PrintedBy = v.InferOutput<typeof PrintedBy>;

/** The end of the output of all tasks up to the step at the cursor. */
export const PrintedSoFar = v.object({
  pieces: v.array(PrintedBy),
  /** The number of earlier pieces that are left out, and the step of the last of them; absent if there are none. */
  earlier: v.optional(v.object({ pieces: count, step: count })),
  /** The number of characters cut off at the beginning of the first piece. */
  cut: v.optional(count),
});
export type PrintedSoFar = v.InferOutput<typeof PrintedSoFar>;
