/**
 * What the panel shows of one step: its value, its locals with what it changed, and its output.
 */
import * as v from "valibot";
import { Printed, PrintedSoFar } from "./printed";
import { Frame, Property, Value } from "./runner";
import { Thrown } from "./thrown";

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const text = v.string();

/**
 * How a value changed since the same task's previous step: it is different, new or removed, or it looks the same but something inside it
 * changed. Absent if it did not change, or if the earlier value is not known.
 */
export const changes = ["changed", "added", "removed", "inside"] as const;
export type Change = (typeof changes)[number];

/** `was` is the earlier preview of a changed value. */
const marks = { change: v.optional(v.picklist(changes)), was: v.optional(text) };

export const MarkedValue = v.object({ ...Value.entries, ...marks });
export type MarkedValue = v.InferOutput<typeof MarkedValue>;

/** A removed property keeps its position among the others, with its last preview. */
export const MarkedProperty = v.object({ ...Property.entries, ...marks });
export type MarkedProperty = v.InferOutput<typeof MarkedProperty>;

export const MarkedFrame = v.object({ ...Frame.entries, locals: v.array(MarkedProperty) });
export type MarkedFrame = v.InferOutput<typeof MarkedFrame>;

/** The step at the cursor. Handles exist only while its task is still where this step left it. */
export const Detail = v.object({
  step: count,
  task: v.optional(count),
  value: v.optional(MarkedValue),
  /** The task is looked at, and the step is not its own. What is said of it, as sentences; and its last event, if it was resumed. */
  looked: v.optional(
    v.object({ told: v.array(text), event: v.optional(v.picklist(["yielded", "returned", "threw", "closed"])) }),
  ),
  /** Innermost last. */
  frames: v.array(MarkedFrame),
  /** In an observed program, the frames that have resumed the task, innermost last. */
  resumedBy: v.optional(v.array(MarkedFrame)),
  /** What the task threw. */
  thrown: v.optional(Thrown),
  output: v.array(Printed),
  /** The first step whose output was not kept, if it is not after this one; no later output is available. */
  outputLostFrom: v.optional(count),
  soFar: v.optional(PrintedSoFar),
});
export type Detail = v.InferOutput<typeof Detail>;
