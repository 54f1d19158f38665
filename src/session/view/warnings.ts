/**
 * The warnings of a run as the panel shows them.
 */
import { namesIn, type Segment } from "../../core/waiting/sentences";
import type { Warning, Warnings } from "../../protocol/warnings";
import { warningSearchOf } from "../analysis/warnings";
import type { Viewed } from "./viewed";

/** The maximum number of warnings shown at once. */
const mostShown = 50;

/** The warnings found so far; undefined if there are none. */
export function warningsOf({ run, silenced }: Viewed): Warnings | undefined {
  const { warnings, more } = warningSearchOf(run);
  if (warnings.length === 0) return undefined;
  const named = (segment: Segment): Warning["sentence"][number] =>
    "resource" in segment ? { resource: namesIn(run).resource(segment.resource) } : segment;
  const loud = warnings.filter(({ kind, task }) => !silenced.has(kind, run.tasks[task]?.name ?? ""));
  const list = loud
    .slice(0, mostShown)
    .map(({ kind, task, steps, sentence }) => ({ kind, task, steps: [...steps], sentence: sentence.map(named) }));
  return { list, more: loud.length - list.length + more, silenced: warnings.length - loud.length };
}
