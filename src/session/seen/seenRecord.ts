/**
 * What was captured of a suspended task, as plain data.
 */
import type { YieldPoint } from "../../core/trace/trace";
import type { Answer, Frame, Value } from "../../protocol/runner";

/** Children of a value, and how many there are in all. */
export type Expansion = Answer<"expand">;

/** What was captured, and whether it was at once: other tasks may have changed the same objects before a later capture. */
export interface Seen extends Answer<"inspect"> {
  readonly when: "then" | "later";
}

/** What was captured after a step. Handles are valid only within it. */
export interface SeenRecord extends Seen {
  readonly step: number;
  /** The known children of values, by their handles. */
  readonly children: readonly (readonly [number, Expansion])[];
}

/** The value of a task, and the locals of all its frames. */
export function valuesOf({ value, frames }: Answer<"inspect">): Value[] {
  return [...(value ? [value] : []), ...frames.flatMap(({ locals }) => locals.map((local) => local.value))];
}

export function withoutLocals({ locals: _, ...point }: Frame): YieldPoint {
  return point;
}

export function withoutHandles(frame: Frame): Frame {
  return { ...frame, locals: frame.locals.map(({ name, value }) => ({ name, value: { text: value.text } })) };
}
