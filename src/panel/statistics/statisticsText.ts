/**
 * The statistics of a run as text: the columns of their table, and the same as Markdown or tab-separated values for pasting.
 */
import type { Figures, RunFigures, TaskFigures } from "../../protocol/find";
import { duration, grouped, milliseconds } from "../text/format";
import { oneLine } from "../text/text";

/** One figure of a task, or of all tasks. */
export interface Column {
  readonly id: string;
  readonly title: string;
  /** The sort key. */
  readonly by: (figures: Figures) => number;
  /** The figure as shown. */
  readonly text: (figures: Figures) => string;
  /** The plain number for other programs, in the column's unit. */
  readonly raw: (figures: Figures) => number;
  readonly unit?: string;
  /** The step that the figure is about, or 0 if there is none; absent if the column never has one. */
  readonly step?: (figures: Figures) => number;
}

const none = "–";

export const columns: readonly Column[] = [
  { id: "steps", title: "Steps", ...plain(({ steps }) => steps, grouped), step: ({ lastStep }) => lastStep },
  { id: "time", title: "Run time", ...plain(({ micros }) => micros, milliseconds), unit: "µs" },
  {
    id: "share",
    title: "Share",
    ...plain(
      ({ share }) => share,
      (share) => `${(100 * share).toFixed(1)} %`,
    ),
  },
  {
    id: "slice",
    title: "Longest slice",
    ...plain(({ longestSlice }) => longestSlice?.micros, duration),
    unit: "µs",
    step: ({ longestSlice }) => longestSlice?.step ?? 0,
  },
  {
    id: "wait",
    title: "Longest wait",
    ...plain(
      ({ longestWait: { bySteps } }) => bySteps?.steps,
      (steps) => `${grouped(steps)} ${steps === 1 ? "step" : "steps"}`,
    ),
    unit: "steps",
    step: ({ longestWait: { bySteps } }) => bySteps?.step ?? 0,
  },
  {
    id: "waited",
    title: "Longest wait in time",
    ...plain(({ longestWait: { byTime } }) => byTime?.micros, duration),
    unit: "µs",
    step: ({ longestWait: { byTime } }) => byTime?.step ?? 0,
  },
  {
    id: "output",
    title: "Output",
    by: ({ characters }) => characters,
    raw: ({ characters }) => characters,
    unit: "characters",
    text: ({ characters, lines }) => (characters === 0 ? none : `${grouped(characters)} in ${grouped(lines)} lines`),
    step: ({ firstPrinted }) => firstPrinted,
  },
];

function plain(pick: (figures: Figures) => number | undefined, text: (value: number) => string) {
  const by = (figures: Figures) => pick(figures) ?? 0;
  const read = (figures: Figures) => {
    const value = pick(figures);
    return value === undefined ? none : text(value);
  };
  return { by, raw: by, text: read };
}

/** The column that the tasks are sorted by. Without one they are in the order in which they were added. */
export interface Order {
  readonly column: string | undefined;
  readonly direction: "ascending" | "descending";
}

/** Sorts the tasks; the sort is stable. */
export function sorted(tasks: readonly TaskFigures[], { column, direction }: Order): TaskFigures[] {
  const sign = direction === "ascending" ? 1 : -1;
  if (column === "task")
    return [...tasks].sort((one, other) => sign * one.name.localeCompare(other.name, "en", { numeric: true }));
  const { by } = columns.find(({ id }) => id === column) ?? {};
  return by ? [...tasks].sort((one, other) => sign * (by(one) - by(other))) : [...tasks];
}

/** Whether the wait has not ended: the task was not resumed since. */
export function isOpen({ id }: Column, { longestWait: { bySteps, byTime } }: Figures): boolean {
  return (id === "wait" && bySteps?.open === true) || (id === "waited" && byTime?.open === true);
}

/** A Markdown table with the figures as shown. */
export function markdown({ total }: RunFigures, tasks: readonly TaskFigures[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replace(/[|\\]/g, "\\$&")).join(" | ")} |`;
  const body = tasks.map((task) => line([oneLine(task.name), ...columns.map(({ text }) => text(task))]));
  return [
    line(["Task", ...columns.map(({ title }) => title)]),
    line(["---", ...columns.map(() => "---:")]),
    ...body,
    line(["All tasks", ...columns.map(({ text }) => text(total))]),
    "",
  ].join("\n");
}

/** Tab-separated values: plain numbers for a spreadsheet, with the steps that they are about. */
export function tabSeparated({ total }: RunFigures, tasks: readonly TaskFigures[]): string {
  const titles = columns.flatMap(({ title, unit, step }) => {
    const named = unit ? `${title} (${unit})` : title;
    return step ? [named, `${title}: step`] : [named];
  });
  const cells = (figures: Figures) =>
    columns.flatMap(({ raw, step }) => (step ? [raw(figures), step(figures) || ""] : [raw(figures)]));
  const line = (name: string, figures: Figures) => [name, ...cells(figures)];
  const lines = [["Task", ...titles], ...tasks.map((task) => line(oneLine(task.name), task)), line("All tasks", total)];
  return lines.map((cells) => `${cells.join("\t")}\n`).join("");
}
