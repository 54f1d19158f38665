/**
 * The outcome of each task of a run, as text.
 */
import type { Run } from "../run/run";

/** The maximum length of a value in an outcome, and of all outcomes together. */
const mostValue = 80;
const mostLine = 400;

/** The outcome of one task, for example `returned [1, 2, 3]` or `ready`. */
export function outcomeOfTask({ trace, scheduler }: Run, id: number): string {
  const { lastStep = 0 } = trace.totals(trace.length, scheduler.tasks.length)[id] ?? {};
  const last = lastStep > 0 ? trace.at(lastStep) : undefined;
  if (!last || last.event === "yielded") return scheduler.tasks[id]?.state ?? "created";
  const value = last.value.length > mostValue ? `${last.value.slice(0, mostValue)}…` : last.value;
  return `${last.event} ${value}`.trimEnd();
}

/** The outcomes of the tasks that have ended, and which task is next. */
export function outcomeLine(run: Run, next: number | undefined): string {
  const parts: string[] = [];
  let left = mostLine;
  for (const { id, name, state } of run.scheduler.tasks) {
    if (state !== "returned" && state !== "threw" && state !== "closed") continue;
    const part = `${name} ${outcomeOfTask(run, id)}`;
    left -= part.length;
    if (left < 0) {
      parts.push("…");
      break;
    }
    parts.push(part);
  }
  const name = next === undefined ? undefined : run.scheduler.tasks[next]?.name;
  return [...parts, ...(name === undefined ? [] : [`${name} is next`])].join(", ");
}
