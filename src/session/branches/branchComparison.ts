/**
 * Two branches side by side: where they diverge, and the outcomes of their tasks.
 */
import { type BranchComparison, maxComparedTasks } from "../../protocol/schedule";
import { outcomeOfTask } from "../analysis/outcomes";
import { firstDifference } from "../replay/reexecution";
import type { Run } from "../run/run";

/** @throws Error if a trace can no longer be read */
export function compareRuns(one: Run, other: Run): BranchComparison {
  const step = firstDifference(one, other);
  const count = Math.min(maxComparedTasks, Math.max(one.tasks.length, other.tasks.length));
  return {
    ...(step === undefined ? {} : { step, one: stepOf(one, step), other: stepOf(other, step) }),
    tasks: Array.from({ length: count }, (_, id) => taskOf(one, other, id)),
  };
}

function stepOf({ trace, tasks }: Run, step: number): NonNullable<BranchComparison["one"]> {
  const { task, event, value, point } = trace.at(step);
  return { task: tasks[task]?.name ?? "", event, value, ...(point ? { line: point.line } : {}) };
}

function taskOf(one: Run, other: Run, id: number): BranchComparison["tasks"][number] {
  const [ours, theirs] = [one, other].map((run) => (run.tasks[id] ? outcomeOfTask(run, id) : undefined));
  return {
    name: (one.tasks[id] ?? other.tasks[id])?.name ?? "",
    ...(ours === undefined ? {} : { one: ours }),
    ...(theirs === undefined ? {} : { other: theirs }),
    differs: ours !== theirs,
  };
}
