/**
 * The wire to the process of a user's policy: it is asked who runs next. The framing is the same as a runner's.
 */
import * as v from "valibot";
import { stepEvents } from "../core/trace/trace";

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** At most so many picks in one answer. */
export const maxPicks = 65_536;

/** A task that may run next. */
export const ReadyTask = v.object({
  id: count,
  name: v.string(),
  call: v.string(),
  /** What it did so far; times are in microseconds. */
  steps: count,
  micros: v.number(),
  /** The step after which it waits. */
  since: count,
});
export type ReadyTask = v.InferOutput<typeof ReadyTask>;

/** What the user's function is asked. */
export const PolicyQuestion = v.object({
  /** The number of the step that comes next. */
  step: count,
  /** Who waited longest comes first. */
  ready: v.array(ReadyTask),
  /** The step before, if there was one. */
  last: v.optional(v.object({ task: count, event: v.picklist(stepEvents), value: v.string(), micros: v.number() })),
});
export type PolicyQuestion = v.InferOutput<typeof PolicyQuestion>;

/** One request; each gets one answer. */
export const PolicyRequest = v.variant("method", [
  v.object({ id: count, method: v.literal("load"), file: v.string() }),
  v.object({ id: count, method: v.literal("pick"), question: PolicyQuestion }),
]);
export type PolicyRequest = v.InferOutput<typeof PolicyRequest>;

/** Where its function is, to name the place of a wrong answer. */
export const PolicyLoaded = v.object({ line: v.optional(count) });

/** The tasks of the next steps. Whatever the function gave; that they are ready is for the asker to see. */
export const PolicyAnswer = v.object({ picks: v.pipe(v.array(count), v.minLength(1), v.maxLength(maxPicks)) });
