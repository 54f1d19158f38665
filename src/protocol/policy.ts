/**
 * The wire to the process of a user's policy, which is asked what runs next. The framing is the same as a runner's.
 */
import * as v from "valibot";
import { stepEvents } from "../core/trace/trace";
import { waitKinds } from "../core/waiting/rows";

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** The maximum number of picks in one answer. */
export const maxPicks = 65_536;

const awaited = { resource: v.optional(v.string()), task: v.optional(count), due: v.optional(v.number()) };

/** What a task waited for. */
const Waited = v.variant("kind", [
  v.object({
    kind: v.picklist(waitKinds),
    /** The name of a lock, a channel or an event; the task that was joined; the time of a sleep, in milliseconds of the run's clock. */
    ...awaited,
    /** The step in which it began to wait. */
    since: count,
  }),
  v.object({
    kind: v.picklist(["any", "all"]),
    parts: v.array(v.object({ kind: v.picklist(waitKinds), ...awaited })),
    since: count,
  }),
]);
export type Waited = v.InferOutput<typeof Waited>;

/** A task that may run next. */
export const ReadyTask = v.object({
  id: count,
  name: v.string(),
  call: v.string(),
  /** Its steps and run time so far; times are in microseconds. */
  steps: count,
  micros: v.number(),
  /** The step after which it became ready. */
  since: count,
  /** The value that it yielded last, as text; absent if it never ran. */
  yielded: v.optional(v.string()),
  /** What it waited for since its last step; absent if it did not have to wait. */
  waited: v.optional(Waited),
});
export type ReadyTask = v.InferOutput<typeof ReadyTask>;

/** The argument of the user's function. */
export const PolicyQuestion = v.object({
  /** The number of the next step. */
  step: count,
  /** The task that has waited longest comes first. */
  ready: v.array(ReadyTask),
  /** The previous step, if there was one. */
  last: v.optional(v.object({ task: count, event: v.picklist(stepEvents), value: v.string(), micros: v.number() })),
});
export type PolicyQuestion = v.InferOutput<typeof PolicyQuestion>;

/** One request; each gets one answer. */
export const PolicyRequest = v.variant("method", [
  v.object({ id: count, method: v.literal("load"), file: v.string() }),
  v.object({ id: count, method: v.literal("pick"), question: PolicyQuestion }),
]);
export type PolicyRequest = v.InferOutput<typeof PolicyRequest>;

/** Where the function is, for error messages about a wrong answer. */
export const PolicyLoaded = v.object({ line: v.optional(count) });

/** The tasks of the next steps, as the function returned them. The receiver checks whether they are ready. */
export const PolicyAnswer = v.object({ picks: v.pipe(v.array(count), v.minLength(1), v.maxLength(maxPicks)) });
