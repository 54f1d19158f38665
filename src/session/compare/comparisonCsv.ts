/**
 * A comparison as CSV (RFC 4180): a row for each line, with the figures as numbers.
 */
import { type LineOutcome, meanWait, spreadOf, stepsPerSecond, watchesOf, watchText, worstWait } from "./lineOutcome";

type Cell = string | number | undefined;

type Column = readonly [title: string, of: (outcome: LineOutcome) => Cell];

const about: readonly Column[] = [
  ["setup", ({ setup }) => setup],
  ["policy", ({ policy }) => policy],
  ["ended", ({ stopped }) => stopped],
  ["problem", ({ problem }) => problem],
];

/** Of a line that could not be run they are empty. */
const figures: readonly Column[] = [
  ["way", ({ threads }) => (threads ? "threads" : "cooperative")],
  ["switch points", ({ threads }) => threads],
  ["runs", ({ runs }) => runs.length],
  ["milliseconds", (outcome) => spreadOf(outcome)?.median],
  ["fewest milliseconds", (outcome) => spreadOf(outcome)?.min],
  ["most milliseconds", (outcome) => spreadOf(outcome)?.max],
  ["steps", ({ steps }) => steps],
  ["steps per second", stepsPerSecond],
  ["run time of slices in microseconds", ({ micros }) => Math.round(micros)],
  ["switches", ({ switches }) => switches],
  ["preemptions", ({ preemptions }) => preemptions],
  ["returned", ({ returned }) => returned],
  ["threw", ({ threw }) => threw],
  ["blocked", ({ blocked }) => blocked],
  ["step of first return", ({ firstReturn }) => firstReturn?.step],
  ["step of last return", ({ lastReturn }) => lastReturn?.step],
  ["mean wait in steps", (outcome) => meanWait(outcome).steps],
  ["longest wait in steps", (outcome) => worstWait(outcome).steps],
  ["longest wait in microseconds", (outcome) => Math.round(worstWait(outcome).micros)],
  ["fairness", ({ fairness }) => fairness],
  ["characters printed", ({ printed }) => printed],
];

/** The lines of the text, without their ends, which are CR LF. The last columns are the watches, each under its expression. */
export function csvOf(outcomes: readonly LineOutcome[]): string[] {
  const watched = watchesOf(outcomes).map((expression): Column => [expression, (outcome) => watchText(outcome, expression)]);
  const columns = [...about, ...figures, ...watched];
  const rows = outcomes.map((outcome) => (outcome.problem === undefined ? columns : about).map(([, of]) => of(outcome)));
  const head = columns.map(([title]) => title);
  return [head, ...rows].map((row) => head.map((_, index) => quoted(row[index])).join(","));
}

function quoted(cell: Cell = ""): string {
  const text = String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
