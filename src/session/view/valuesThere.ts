/**
 * The values that a variable has in the tasks that are suspended in one function, at the step that is shown. They are those that were captured:
 * nothing is asked of the runner.
 */
import { isOver } from "../../core/task";
import type { YieldPoint } from "../../core/trace/trace";
import { taskSeen } from "../seen/taskSeen";
import { nextTask, stackOf } from "./view";
import type { Viewed } from "./viewed";

/** The maximum number of tasks that are listed, and of those that are looked into for it. */
const mostListed = 20;
const mostLookedInto = 64;

export interface ValuesThere {
  /** The task that runs next is first. */
  readonly rows: readonly { readonly task: string; readonly value: string }[];
  /** How many tasks are suspended in the same function besides: they are too many, or their values were not captured. */
  readonly more: number;
}

/**
 * @param depthOf how deep in the text the function of a frame is, if the variable is one of it; of several functions, the innermost one counts
 *   in which the variable has a value
 */
export function valuesThere(viewed: Viewed, variable: string, depthOf: (at: YieldPoint) => number | undefined): ValuesThere {
  const there = suspendedThere(viewed, depthOf);
  const found = there.slice(0, mostLookedInto).flatMap(({ id, name }) => {
    const frames = taskSeen(viewed, id).seen?.frames ?? [];
    return frames.flatMap((frame) => {
      const value = frame.locals.find((local) => local.name === variable)?.value.text;
      const depth = value === undefined ? undefined : depthOf(frame);
      return value === undefined || depth === undefined ? [] : [{ id, name, depth, value }];
    });
  });
  const deepest = Math.max(...found.map(({ depth }) => depth));
  // Of several frames of a recursion, the innermost one counts, which is the last.
  const rows = new Map(found.flatMap(({ id, name, depth, value }) => (depth === deepest ? [[id, { task: name, value }]] : [])));
  const all = rows.size === 0 ? there : there.filter(({ depths }) => depths.includes(deepest));
  const listed = [...rows.values()].slice(0, mostListed);
  return { rows: listed, more: all.length - listed.length };
}

/** The tasks that have run and are suspended in one of the functions, with the depths of these. */
function suspendedThere(viewed: Viewed, depthOf: (at: YieldPoint) => number | undefined) {
  const { run, cursor } = viewed;
  const totals = run.trace.totals(cursor, run.tasks.length);
  const next = nextTask(viewed);
  return run.tasks
    .flatMap(({ id, name }) => {
      const { lastStep = 0 } = totals[id] ?? {};
      const last = lastStep > 0 ? run.trace.at(lastStep) : undefined;
      if (!last || isOver(last.event === "yielded" ? "ready" : last.event)) return [];
      const depths = stackOf(viewed, id, last).flatMap((at) => depthOf(at) ?? []);
      return depths.length > 0 ? [{ id, name, depths }] : [];
    })
    .sort((one, other) => Number(other.id === next) - Number(one.id === next));
}
