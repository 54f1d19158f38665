/**
 * What was captured of a suspended task, as plain data.
 */
import type { YieldPoint } from "../../core/trace/trace";
import type { Answer, Frame, Value } from "../../protocol/runner";

/** Some children of a value, and the total number of its children. */
export type Expansion = Answer<"expand">;

/** The epoch of values whose process has ended. */
export const pastEpoch = -1;

/** Captured data, and when it was captured: in a later capture, other tasks may have changed the same objects. */
export interface Seen extends Answer<"inspect"> {
  readonly when: "then" | "later";
}

/** What was captured after a step. Handles are valid only within the record. */
export interface SeenRecord extends Seen {
  readonly step: number;
  /** The known children of values, by handle. */
  readonly children: readonly (readonly [number, Expansion])[];
}

/** The value of a task, and the locals in all of its frames and in those that have resumed it. */
export function valuesOf({ value, frames, resumedBy = [] }: Answer<"inspect">): Value[] {
  const all = [...frames, ...resumedBy.toReversed()];
  return [...(value ? [value] : []), ...all.flatMap(({ locals }) => locals.map((local) => local.value))];
}

export function withoutLocals({ locals: _, ...point }: Frame): YieldPoint {
  return point;
}

export function withoutHandles(frame: Frame): Frame {
  return { ...frame, locals: frame.locals.map(({ name, value }) => ({ name, value: { text: value.text } })) };
}
