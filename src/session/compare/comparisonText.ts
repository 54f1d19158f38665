/**
 * A comparison of policies as text: tables and small timelines in Markdown, which are also readable in a terminal.
 */
import { cut, printable } from "../../core/printable";
import type { PolicyOutcome } from "../../protocol/schedule";

/** The width of a timeline, in characters. */
const stripWidth = 60;

/** The maximum number of lanes drawn for each policy. */
const mostStrips = 12;

/** The maximum length of a cell, in characters. */
const mostCell = 60;

/** The whole comparison as Markdown. */
export function markdownOf(outcomes: readonly PolicyOutcome[]): string {
  return [table(policyRows(outcomes)), notes, table(taskRows(outcomes)), ...outcomes.flatMap(strips)].join("\n\n");
}

const notes =
  "Fairness is Jain's index of the steps that each task had made when the first task ended: 1 if all had made equally many. Times are run times.";

function policyRows(outcomes: readonly PolicyOutcome[]): string[][] {
  const head = ["policy", "steps", "first return", "last return", "mean wait", "worst wait", "fairness", "output", "ended"];
  return [head, ...outcomes.map(policyRow)];
}

function policyRow(outcome: PolicyOutcome): string[] {
  const { policy, steps, micros, firstReturn, lastReturn, tasks, fairness, output, printed, stopped, problem } = outcome;
  const mean = (of: (task: PolicyOutcome["tasks"][number]) => number) =>
    tasks.reduce((sum, task) => sum + of(task), 0) / Math.max(1, tasks.length);
  const worst = (of: (task: PolicyOutcome["tasks"][number]) => number) => Math.max(0, ...tasks.map(of));
  return [
    policy,
    `${steps} (${time(micros)})`,
    firstReturn ? `${firstReturn.step} (${time(firstReturn.micros)})` : "",
    lastReturn ? `${lastReturn.step} (${time(lastReturn.micros)})` : "",
    wait({ steps: mean((task) => task.mean.steps), micros: mean((task) => task.mean.micros) }),
    wait({ steps: worst((task) => task.worst.steps), micros: worst((task) => task.worst.micros) }),
    fairness.toFixed(3),
    printed > output.length ? `${output} (${printed} characters)` : output.trimEnd(),
    problem ?? stopped,
  ];
}

function taskRows(outcomes: readonly PolicyOutcome[]): string[][] {
  const head = ["policy", "task", "steps", "mean wait", "worst wait", "outcome"];
  const rows = outcomes.flatMap(({ policy, tasks }) =>
    tasks.map(({ name, steps, micros, mean, worst, outcome }) => [
      policy,
      name,
      `${steps} (${time(micros)})`,
      wait(mean),
      wait(worst),
      outcome,
    ]),
  );
  return [head, ...rows];
}

/** A timeline for each task, from the first step to the last, with a mark where the task had a step. */
function strips({ policy, tasks, timeline, steps }: PolicyOutcome): string[] {
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
  return [`\`${plain(policy)}\``, ["```", ...lines, "```"].join("\n")];
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

function wait({ steps, micros }: { steps: number; micros: number }): string {
  return `${Number(steps.toFixed(1))} (${time(micros)})`;
}

function time(micros: number): string {
  if (micros < 1_000) return `${Number(micros.toPrecision(3))} µs`;
  return micros < 1_000_000
    ? `${Number((micros / 1_000).toPrecision(3))} ms`
    : `${Number((micros / 1_000_000).toPrecision(3))} s`;
}
