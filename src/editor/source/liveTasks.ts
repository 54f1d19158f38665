/**
 * The tasks that are suspended in each function, and the text of the lens about them.
 */
import type { YieldPoint } from "../../core/trace/trace";
import type { View } from "../../protocol/panel";

/** Where a task is in the function; line and column count from 1. */
export interface LiveTask {
  readonly line: number;
  readonly column: number;
  /** Whether it has not been resumed yet. */
  readonly isNew: boolean;
  readonly isNext: boolean;
}

/** The live tasks of each function. @param functionOf where the function of a frame begins; undefined if it is not of interest */
export function tasksByFunction(
  { tasks, next }: Pick<View, "tasks" | "next">,
  functionOf: (at: YieldPoint) => number | undefined,
): Map<number, LiveTask[]> {
  const byFunction = new Map<number, LiveTask[]>();
  /** Many tasks are suspended at few places. */
  const known = new Map<string, number | undefined>();
  for (const { id, state, stack } of tasks) {
    const own = new Set<number>();
    for (const at of stack) {
      const key = `${at.line} ${at.column} ${at.function} ${at.file}`;
      if (!known.has(key)) known.set(key, functionOf(at));
      const from = known.get(key);
      // Of several frames of a function, the innermost one counts, which is the first.
      if (from === undefined || own.has(from)) continue;
      own.add(from);
      const task = { ...at, isNew: state === "created", isNext: id === next };
      const others = byFunction.get(from);
      if (others) others.push(task);
      else byFunction.set(from, [task]);
    }
  }
  return byFunction;
}

/** The maximum number of lines that are named. */
const mostLines = 5;

/** `3 tasks here: lines 12, 15 (2)`. @param withPlaces false while they change too fast to be read */
export function liveTitle(tasks: readonly LiveTask[], withPlaces: boolean): string {
  const title = `$(location) ${tasks.length === 1 ? "1 task" : `${grouped(tasks.length)} tasks`} here`;
  return withPlaces ? `${title}: ${placesOf(tasks).join(", ")}` : title;
}

function placesOf(tasks: readonly LiveTask[]): string[] {
  const byLine = new Map<number, number>();
  for (const { line, isNew } of tasks) if (!isNew) byLine.set(line, (byLine.get(line) ?? 0) + 1);
  const lines = [...byLine].sort(([one], [other]) => one - other);
  const named = lines.slice(0, mostLines).map(([line, count]) => (count === 1 ? `${line}` : `${line} (${grouped(count)})`));
  const [first, ...others] = named;
  const more = lines.length - named.length;
  const isNew = tasks.filter((task) => task.isNew).length;
  return [
    ...(first === undefined ? [] : [`${lines.length === 1 ? "line" : "lines"} ${first}`, ...others]),
    ...(more > 0 ? [`${grouped(more)} more`] : []),
    ...(isNew > 0 ? [isNew === tasks.length ? "not started" : `${grouped(isNew)} not started`] : []),
  ];
}

/** The places of the tasks, each once; that of the task that runs next is first. */
export function placesInOrder(tasks: readonly LiveTask[]): LiveTask[] {
  const sorted = [...tasks].sort((one, other) => Number(other.isNext) - Number(one.isNext) || one.line - other.line);
  const byLine = new Map<number, LiveTask>();
  for (const task of sorted) if (!byLine.has(task.line)) byLine.set(task.line, task);
  return [...byLine.values()];
}

function grouped(count: number): string {
  return count.toLocaleString("en");
}
