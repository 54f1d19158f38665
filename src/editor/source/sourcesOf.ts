/**
 * The files whose lines a session or a recording is about.
 */
import type { Viewed } from "../../session/view/viewed";

/** Its own file, and those in which tasks were suspended, each once. */
export function sourcesOf({ options, run }: Viewed): readonly string[] {
  return [...new Set([options.file, ...run.trace.points.map(({ file }) => file)])];
}
