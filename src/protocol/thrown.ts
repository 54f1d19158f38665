/**
 * A thrown error, in the form used on every wire and in trace files.
 */
import * as v from "valibot";
import type { Related, Thrown as ThrownError } from "../core/trace/thrown";

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** A place in the user's source; line and column count from 1. */
export const Point = v.object({ file: v.string(), line: count, column: count, function: v.string() });

const entries = {
  message: v.string(),
  at: v.optional(Point),
  frames: v.array(Point),
  related: v.optional(v.array(v.lazy((): v.GenericSchema<Related> => RelatedError))),
  omitted: v.optional(count),
};

export const Thrown: v.GenericSchema<ThrownError> = v.object(entries);
const RelatedError: v.GenericSchema<Related> = v.object({ name: v.string(), ...entries });
