/** How a run ended, once nobody is ready any more or it was cut. */
import { type TaskColumns, taskState } from "../execute/tasks";
import { holds } from "./judging";
import type { EndedRun, RunEnd } from "./plan";
import type { RunWaits } from "./runWaits";

/** What is known of a run besides what an outcome tells. */
export interface Ending extends EndedRun {
  readonly runWaits: RunWaits;
  /** Whether nobody was ready before something real had come. */
  readonly waitsOutside: boolean;
}

/**
 * How a run ended.
 *
 * @param end what ended it, if its tasks did not simply come to their ends
 */
export function endOf(run: Ending, end: RunEnd | undefined, isCut: boolean): RunEnd {
  const { columns, plan } = run;
  if (end && end.end !== "first") return end;
  if (isCut) return { end: "cut" };
  if (end === undefined && !areOver(columns)) return stuck(run);
  const over = end?.end ?? "all";
  if (!plan.check) return { end: over };
  try {
    return holds(run.evaluate(plan.check)) ? { end: over } : { end: over, by: "check" };
  } catch (thrown) {
    return { end: over, by: "check", thrown };
  }
}

function areOver({ states, length }: TaskColumns): boolean {
  for (let task = 0; task < length; task += 1) if (states[task] !== taskState.over) return false;
  return true;
}

function stuck({ waitsOutside, runWaits }: Ending): RunEnd {
  if (waitsOutside) return { end: "blocked" };
  const cycle = runWaits.used?.waits.engine.takeDeadlock();
  if (!cycle) return { end: "blocked", by: "deadlock" };
  const first = cycle.indexOf(Math.min(...cycle));
  return { end: "deadlock", by: "deadlock", cycle: [...cycle.slice(first), ...cycle.slice(0, first)] };
}
