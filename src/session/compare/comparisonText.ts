/**
 * A comparison as text: tables and small timelines in Markdown, which are also readable in a terminal.
 */
import { cut, printable } from "../../core/printable";
import { policyRows, setupRows, taskRows } from "./comparisonRows";
import type { LineOutcome } from "./lineOutcome";

/** The width of a timeline, in characters. */
const stripWidth = 60;

/** The maximum number of lanes drawn for each line. */
const mostStrips = 12;

/** The maximum length of a cell, in characters. */
const mostCell = 60;

/** The whole comparison as Markdown. */
export function markdownOf(outcomes: readonly LineOutcome[]): string {
  const areSetups = outcomes.some(({ setup }) => setup !== undefined);
  const rows = areSetups ? setupRows(outcomes) : policyRows(outcomes);
  return [table(rows), areSetups ? aboutSetups : aboutPolicies, table(taskRows(outcomes)), ...outcomes.flatMap(strips)].join(
    "\n\n",
  );
}

const aboutPolicies =
  "Fairness is Jain's index of the steps that each task had made when the first task ended: 1 if all had made equally many. Times are run times.";

const aboutSetups =
  "Time is the real time from the first step to the last: the median of all runs, and in brackets the fastest and the slowest. Figures that differ between the runs have their range, and values all that there were. Waits are for other tasks: their steps, and their run time. What follows is of the run with the median time.";

/** A timeline for each task, from the first step to the last, with a mark where the task had a step. */
function strips({ setup, policy, tasks, timeline, steps }: LineOutcome): string[] {
  if (!timeline || steps === 0) return [];
  const { first, entry, key } = timeline.blocks;
  const names = tasks.slice(0, mostStrips).map(({ name }) => plain(name));
  const width = Math.max(...names.map((name) => name.length));
  const columns = Math.min(stripWidth, steps);
  const marks = names.map(() => new Array<string>(columns).fill("·"));
  for (let block = 0; block + 1 < first.length; block += 1) {
    const from = Math.floor((((first[block] ?? 1) - 1) / steps) * columns);
    const to = Math.max(from + 1, Math.floor((((first[block + 1] ?? 1) - 1) / steps) * columns));
    for (let at = entry[block] ?? 0; at < (entry[block + 1] ?? 0); at += 1) marks[key[at] ?? -1]?.fill("█", from, to);
  }
  const lines = names.map((name, lane) => `${name.padEnd(width)}  ${marks[lane]?.join("")}`);
  return [`\`${plain(setup ?? policy)}\``, ["```", ...lines, "```"].join("\n")];
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
  return cut(printable(text), mostCell).replace(/[\\`*_|<>[\]~]/g, "\\$&");
}

/** Text for a code span, without characters that would end the span. */
function plain(text: string): string {
  return cut(printable(text), mostCell).replaceAll("`", "'");
}
