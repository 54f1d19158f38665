// A policy of one's own: choose "Policy from a file" and this file, or name it on the command line with --policy.
// It runs in a process of its own. It is asked who goes next, and answers with the id of a ready task, or a list of ids.

interface Task {
  readonly id: number;
  /** The name in the panel, and the expression that made the task. */
  readonly name: string;
  readonly call: string;
  /** What it did so far; its run time is in microseconds. */
  readonly steps: number;
  readonly micros: number;
  /** The step after which it waits. */
  readonly since: number;
}

interface Question {
  /** The number of the step that comes next. */
  readonly step: number;
  /** Whoever waited longest comes first. There is always one. */
  readonly ready: readonly Task[];
  /** The step before: which task, whether it yielded, returned or threw, and the value as text. */
  readonly last?: { readonly task: number; readonly event: string; readonly value: string; readonly micros: number };
}

/** Whoever had the fewest steps so far goes next: a task that is added late catches up first. */
export default function fewestSteps({ ready }: Question): number {
  let next = ready[0];
  for (const task of ready) if (next === undefined || task.steps < next.steps) next = task;
  return next?.id ?? 0;
}
