/**
 * A comparison as text: tables and small timelines in Markdown, which are also readable in a terminal; CSV; or JSON Lines.
 */
import { cut, printable } from "../../core/printable";
import type { ComparedFormat, ComparedKind } from "../../protocol/schedule";
import { type Column, cellOf, columnsOf } from "./columns";
import { csvOf } from "./comparisonCsv";
import type { LineOutcome } from "./lineOutcome";
import { grouped, time } from "./units";

/** The width of a timeline, in characters. */
const stripWidth = 60;

/** The maximum number of lanes drawn for each line. */
const mostStrips = 12;

/** The maximum length of a cell, in characters. */
const mostCell = 60;

const nameTitles: Readonly<Record<ComparedKind, string>> = { policies: "policy", ways: "way of working", setups: "setup" };

/** The whole comparison in a format. */
export function comparisonText(outcomes: readonly LineOutcome[], kind: ComparedKind, format: ComparedFormat): string {
  if (format === "csv")
    return csvOf(outcomes, kind)
      .map((row) => `${row}\r\n`)
      .join("");
  return format === "jsonl" ? outcomes.map((outcome) => `${jsonOf(outcome)}\n`).join("") : `${markdownOf(outcomes, kind)}\n`;
}

/** Without what is only for pictures and for opening a run. */
function jsonOf({ name, timeline: _, schedule: __, ...outcome }: LineOutcome): string {
  return JSON.stringify({ ...(name === undefined ? {} : { setup: name }), ...outcome });
}

/** The whole comparison as Markdown. */
export function markdownOf(outcomes: readonly LineOutcome[], kind: ComparedKind): string {
  return [
    table(figureRows(outcomes, kind)),
    ...outcomes.flatMap(problems),
    aboutFigures[kind],
    table(taskRows(outcomes, kind)),
    ...outcomes.flatMap(strips),
  ].join("\n\n");
}

function problems({ name, policy, problem }: LineOutcome): string[] {
  return problem === undefined ? [] : [`\`${plain(name ?? policy)}\`: ${escaped(printable(problem))}`];
}

const aboutRuns =
  "Time is the real time from the first step to the last: the median of all runs, and in brackets the fastest and the slowest. Processor is the part of the real time that a processor has worked for the process. Figures that differ between the runs have their range, and values all that there were. Waits are for other tasks: their steps, and their run time. What follows is of the run with the median time.";

const aboutFigures: Readonly<Record<ComparedKind, string>> = {
  policies:
    "Fairness is Jain's index of the steps that each task had made when the first task ended: 1 if all had made equally many. Times in brackets are run times.",
  ways: aboutRuns,
  setups: aboutRuns,
};

function figureRows(outcomes: readonly LineOutcome[], kind: ComparedKind): string[][] {
  const columns = columnsOf(outcomes, kind);
  const policy = (text: string) => (kind === "setups" ? [text] : []);
  return [
    [nameTitles[kind], ...policy("policy"), ...columns.map(({ title }) => title)],
    ...outcomes.map((outcome) => [
      outcome.name ?? outcome.policy,
      ...policy(outcome.policy),
      ...columns.map((column) => cellText(column, outcome)),
    ]),
  ];
}

function cellText(column: Column, outcome: LineOutcome): string {
  const { text, detail } = cellOf(column, outcome);
  return detail === "" ? text : `${text} (${detail})`;
}

/** The tasks of each line. */
function taskRows(outcomes: readonly LineOutcome[], kind: ComparedKind): string[][] {
  const rows = outcomes.flatMap(({ name, policy, tasks }) =>
    tasks.map((task) => [
      name ?? policy,
      task.name,
      `${grouped(task.steps)} (${time(task.micros)})`,
      ...[task.mean, task.worst].map(({ steps, micros }) => `${grouped(steps)} (${time(micros)})`),
      task.outcome,
    ]),
  );
  return [[nameTitles[kind], "task", "steps", "mean wait", "longest wait", "outcome"], ...rows];
}

/** A timeline for each task, from the first step to the last, with a mark where the task had a step. */
function strips({ name, policy, tasks, timeline, steps }: LineOutcome): string[] {
  if (!timeline || steps === 0) return [];
  const { first, entry, key } = timeline.blocks;
  const names = tasks.slice(0, mostStrips).map((task) => plain(task.name));
  const width = Math.max(...names.map((name) => name.length));
  const columns = Math.min(stripWidth, steps);
  const marks = names.map(() => new Array<string>(columns).fill("·"));
  for (let block = 0; block + 1 < first.length; block += 1) {
    const from = Math.floor((((first[block] ?? 1) - 1) / steps) * columns);
    const to = Math.max(from + 1, Math.floor((((first[block + 1] ?? 1) - 1) / steps) * columns));
    for (let at = entry[block] ?? 0; at < (entry[block + 1] ?? 0); at += 1) marks[key[at] ?? -1]?.fill("█", from, to);
  }
  const lines = names.map((name, lane) => `${name.padEnd(width)}  ${marks[lane]?.join("")}`);
  return [`\`${plain(name ?? policy)}\``, ["```", ...lines, "```"].join("\n")];
}

function table(rows: readonly string[][]): string {
  const cells = rows.map((row) => row.map(cell));
  const widths = (cells[0] ?? []).map((_, column) => Math.max(3, ...cells.map((row) => row[column]?.length ?? 0)));
  const lines = cells.map((row) => `| ${row.map((text, column) => text.padEnd(widths[column] ?? 0)).join(" | ")} |`);
  const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
  return [lines[0], rule, ...lines.slice(1)].join("\n");
}

/** Escapes a value of the user's code, so that it is shown as plain text, without markup and line breaks. */
function cell(text: string): string {
  return escaped(cut(printable(text), mostCell));
}

function escaped(text: string): string {
  return text.replace(/[\\`*_|<>[\]~]/g, "\\$&");
}

/** Text for a code span, without characters that would end the span. */
function plain(text: string): string {
  return cut(printable(text), mostCell).replaceAll("`", "'");
}
