/**
 * `stats`: statistics of each task of a trace.
 */
import { padded, printable } from "../core/printable";
import { timeLabel } from "../core/timeline/ticks";
import type { Figures, RunFigures } from "../protocol/find";
import { figuresOf } from "../session/analysis/statistics";
import type { Viewed } from "../session/view/viewed";
import type { StatsCommand } from "./commands";
import type { Surroundings } from "./surroundings";

/** Prints the statistics: a line for each task, and one for all tasks together. */
export async function stats({ format }: StatsCommand, { run }: Viewed, { out }: Surroundings): Promise<void> {
  const figures = await figuresOf(run, run.trace.length, Number.POSITIVE_INFINITY);
  out.write(format === "jsonl" ? objects(figures) : table(figures));
}

function objects({ tasks, total, outputLostFrom }: RunFigures): string[] {
  const lines = tasks.map(({ task: _, name, ...figures }) => JSON.stringify({ task: name, ...figures }));
  return [...lines, JSON.stringify({ total, outputLostFrom })];
}

const heads = ["task", "steps", "time", "share", "longest slice", "longest wait", "output"];

/** The numeric columns, which are aligned to the right. */
const numbers = new Set([1, 2, 3]);

function table({ tasks, total, outputLostFrom }: RunFigures): string[] {
  const rows = [heads, ...tasks.map((task) => [printable(task.name), ...cells(task)]), ["all", ...cells(total)]];
  const widths = heads.map((_, column) => rows.reduce((most, row) => Math.max(most, lengthOf(row[column] ?? "")), 0));
  const lost =
    outputLostFrom === undefined ? [] : ["", `Output from step ${outputLostFrom} on was not kept, and is not counted.`];
  const lines = rows.map((row) => {
    const texts = row.map((text, column) => {
      const width = widths[column] ?? 0;
      return numbers.has(column) ? " ".repeat(width - lengthOf(text)) + text : padded(text, width);
    });
    return texts.join("  ").trimEnd();
  });
  return [...lines, ...lost];
}

function cells({ steps, micros, share, longestSlice, longestWait, characters, lines }: Figures): string[] {
  const wait = longestWait.bySteps;
  return [
    steps.toLocaleString("en-US"),
    time(micros),
    `${(100 * share).toFixed(1)} %`,
    longestSlice ? `${time(longestSlice.micros)} at ${longestSlice.step}` : "",
    wait ? `${counted(wait.steps, "step")}, ${time(wait.micros)} until ${wait.open ? "the end" : wait.step}` : "",
    characters > 0 ? `${counted(characters, "character")}, ${counted(lines, "line")}` : "",
  ];
}

/** Formats a time with about three digits. */
function time(micros: number): string {
  return micros > 0 ? timeLabel(micros, micros / 100) : "0";
}

function counted(count: number, what: string): string {
  return `${count.toLocaleString("en-US")} ${what}${count === 1 ? "" : "s"}`;
}

function lengthOf(text: string): number {
  return Array.from(text).length;
}
