/**
 * The visible part of each run's timeline, as last reported by its panel. An exported picture shows the same part.
 */

import type { RunRecord } from "../../session/seen/runRecord";
import type { Window } from "../../session/view/export";

const seen = new WeakMap<RunRecord["trace"], Window>();

/** Stores the window of a run. */
export function keepWindow(run: RunRecord | undefined, { axis, from, to }: Window): void {
  if (run) seen.set(run.trace, { axis, from, to });
}

/** The window of a run, or undefined if no panel has shown it. */
export function windowOf(run: RunRecord): Window | undefined {
  return seen.get(run.trace);
}
