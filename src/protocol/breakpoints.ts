/**
 * What the panel shows of breakpoints, and what it can request.
 */
import * as v from "valibot";

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const text = v.string();

/**
 * When a run pauses: before a task is resumed; after it yields, returns or throws; when it is suspended at a line; or when a condition is
 * met.
 */
export const breakpointKinds = ["resumed", "yielded", "returned", "threw", "line", "condition"] as const;

export const Breakpoint = v.object({
  id: count,
  kind: v.picklist(breakpointKinds),
  enabled: v.boolean(),
  /** The name of the only task that the breakpoint applies to; absent for all tasks. */
  task: v.optional(text),
  /** Only for a `line`. */
  file: v.optional(text),
  line: v.optional(count),
  /** Only for a `condition`; `value` names the yielded value. */
  expression: v.optional(text),
  /** Set in the editor's margin, so removing it removes it there too. */
  fromEditor: v.optional(v.boolean()),
  /** Why its expression could not be evaluated. */
  problem: v.optional(text),
});
export type Breakpoint = v.InferOutput<typeof Breakpoint>;

/** To the host: adding, enabling and removing breakpoints. */
export const breakpointRequests = [
  v.object({
    type: v.literal("addBreakpoint"),
    kind: v.picklist(breakpointKinds),
    task: v.optional(text),
    expression: v.optional(text),
  }),
  v.object({ type: v.literal("setBreakpoint"), breakpoint: count, enabled: v.boolean() }),
  v.object({ type: v.literal("removeBreakpoint"), breakpoint: count }),
] as const;
