/**
 * What the panel shows of watches and of rebuilding the past, and what it can request.
 */
import * as v from "valibot";

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const text = v.string();

/** A watched expression at the cursor. `text` is absent if it was not recorded; `was` is present if the step changed it. */
export const Watch = v.object({
  expression: text,
  text: v.optional(text),
  /** The previous known result, if it differs: its text, or why there was none. */
  was: v.optional(text),
  error: v.optional(text),
  /** Its evaluation did not end. It is skipped until the user asks for it again. */
  stopped: v.optional(v.literal(true)),
  /** It has not been evaluated yet at this step. */
  pending: v.optional(v.literal(true)),
  /** A message about it from the search that led to the step that is shown. */
  note: v.optional(text),
  /** While a change of it is searched for: the number of steps replayed so far, and the maximum. */
  searched: v.optional(v.object({ done: count, of: count })),
});
export type Watch = v.InferOutput<typeof Watch>;

/** Rebuilding the locals and watches of a step of a full-speed run, by replaying the schedule on a fresh instance. */
export const Rebuild = v.object({
  state: v.picklist(["possible", "running", "refused"]),
  /**
   * What is missing: the state at the step itself, or at earlier steps, without which it is not known what this step changed; or that of the
   * task that is looked at.
   */
  missing: v.picklist(["step", "changes", "task"]),
  /** The number of steps replayed so far, and the number up to the cursor. */
  done: v.optional(count),
  /** Why it failed, or where the replay differs from the trace. */
  message: v.optional(text),
});
export type Rebuild = v.InferOutput<typeof Rebuild>;

/** To the host: adding, removing and retrying watches, and rebuilding the step at the cursor. */
export const watchRequests = [
  v.object({ type: v.literal("addWatch"), expression: text }),
  v.object({ type: v.literal("removeWatch"), expression: text }),
  /** Evaluates an expression again that was skipped because it did not end. */
  v.object({ type: v.literal("retryWatch"), expression: text }),
  /** Rebuilds what was not recorded of the step at the cursor, or cancels that. */
  v.object({ type: v.literal("rebuild") }),
  v.object({ type: v.literal("cancelRebuild") }),
] as const;
