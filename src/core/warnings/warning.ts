/**
 * A warning: a finding about how the tasks of a run behave, with the steps that show it.
 */
import type { TaskId } from "../task";
import type { Segment } from "../waiting/sentences";

export const warningKinds = [
  "starvation",
  "livelock",
  "busy-wait",
  "hog",
  "held-at-end",
  "lost-waker",
  "unhandled-rejection",
  "foreign-yield",
] as const;
export type WarningKind = (typeof warningKinds)[number];

export interface Warning {
  readonly kind: WarningKind;
  /** The task that it is about, or the first of several. */
  readonly task: TaskId;
  /** The steps to look at, in ascending order; at least one. */
  readonly steps: readonly number[];
  /** What was found, as a complete sentence. */
  readonly sentence: readonly Segment[];
}

/** Formats a number for a sentence: `12,000`. */
export function counted(number: number): string {
  return Math.round(number).toLocaleString("en-US");
}

/** Formats a duration for a sentence: `1.2 s`, `340 ms`, `25 µs`. @param micros in microseconds */
export function duration(micros: number): string {
  if (micros >= 1_000_000) return `${(micros / 1_000_000).toFixed(1)} s`;
  return micros >= 1_000 ? `${Math.round(micros / 1_000)} ms` : `${Math.max(1, Math.round(micros))} µs`;
}
