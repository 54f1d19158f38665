// A policy by due time: choose "Policy from a file" and this file, or name it on the command line with --policy.
// It sees what each ready task waited for. Under round-robin a task whose sleep is over goes to the end of the line; here it runs
// next, and of several the one whose time came first.

interface Task {
  readonly id: number;
  /** What the task waited for since its last step; `due` is there if it slept, in milliseconds of the run's clock. */
  readonly waited?: { readonly kind: string; readonly due?: number };
}

/** The task with the earliest due time goes next. Those that have none take turns. */
export default function earliestDeadline({ ready }: { readonly ready: readonly Task[] }): number {
  let next = ready[0];
  for (const task of ready) if (dueTime(task) < dueTime(next)) next = task;
  return next?.id ?? 0;
}

function dueTime(task: Task | undefined): number {
  return task?.waited?.due ?? Number.POSITIVE_INFINITY;
}
