/**
 * The visible part of each run's timeline, as last reported by its panel: that is what an exported picture shows.
 */

import type { RunRecord } from "../../session/seen/runRecord";
import type { Window } from "../../session/view/export";

const seen = new WeakMap<RunRecord["trace"], Window>();

/** Keeps the window of a run. */
export function keepWindow(run: RunRecord | undefined, { axis, from, to }: Window): void {
  if (run) seen.set(run.trace, { axis, from, to });
}

/** The window of a run, or undefined where no panel showed it. */
export function windowOf(run: RunRecord): Window | undefined {
  return seen.get(run.trace);
}
