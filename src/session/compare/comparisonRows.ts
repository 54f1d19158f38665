/**
 * The rows of the tables in a comparison's text, each with its head first.
 */
import type { PolicyOutcome } from "../../protocol/schedule";
import { type LineOutcome, meanWait, spreadOf, stepsPerSecond, watchesOf, watchText, worstWait } from "./lineOutcome";
import type { RunFigures } from "./runOutcome";

/** What policies make of the same tasks. Times are there if they were measured. */
export function policyRows(outcomes: readonly LineOutcome[]): string[][] {
  const isTimed = outcomes.some(spreadOf);
  const head = ["steps", "first return", "last return", "mean wait", "worst wait", "fairness", "output", "ended"];
  return [
    ["policy", ...(isTimed ? ["time"] : []), ...head],
    ...outcomes.map((outcome) => [outcome.policy, ...(isTimed ? [timeOf(outcome)] : []), ...policyRow(outcome)]),
  ];
}

function policyRow(outcome: LineOutcome): string[] {
  const { steps, micros, firstReturn, lastReturn, fairness, output, printed, stopped, problem } = outcome;
  return [
    `${steps} (${time(micros)})`,
    firstReturn ? `${firstReturn.step} (${time(firstReturn.micros)})` : "",
    lastReturn ? `${lastReturn.step} (${time(lastReturn.micros)})` : "",
    wait(meanWait(outcome)),
    wait(worstWait(outcome)),
    fairness.toFixed(3),
    printed > output.length ? `${output} (${printed} characters)` : output.trimEnd(),
    problem ?? stopped,
  ];
}

type Column = readonly [title: string, text: (outcome: LineOutcome) => string];

/** The figures of a setup; of one that could not be run they are empty. */
const setupFigures: readonly Column[] = [
  ["way", ({ threads }) => (threads === undefined ? "cooperative" : threads === "lines" ? "threads, lines" : "threads")],
  ["time", timeOf],
  ["steps", ({ runs }) => rangeOf(runs, "steps")],
  ["steps/s", (outcome) => String(stepsPerSecond(outcome) ?? "")],
  ["switches", ({ runs }) => rangeOf(runs, "switches")],
  ["preemptions", ({ runs }) => rangeOf(runs, "preemptions")],
  ["longest wait", (outcome) => wait(worstWait(outcome))],
  ["returned", ({ runs }) => rangeOf(runs, "returned")],
  ["threw", ({ runs }) => rangeOf(runs, "threw")],
  ["blocked", ({ runs }) => rangeOf(runs, "blocked")],
];

/** What comes of setups, which may differ in everything. */
export function setupRows(outcomes: readonly LineOutcome[]): string[][] {
  const watched = watchesOf(outcomes).map((expression): Column => {
    return [expression, ({ runs }) => allOf(runs, (run) => watchText(run, expression))];
  });
  const columns = [...setupFigures, ...watched];
  const rows = outcomes.map((outcome) => {
    const { setup = "", policy, problem, runs } = outcome;
    const figures = columns.map(([, text]) => (problem === undefined ? text(outcome) : ""));
    return [setup, policy, ...figures, problem ?? allOf(runs, ({ stopped }) => stopped)];
  });
  return [["setup", "policy", ...columns.map(([title]) => title), "ended"], ...rows];
}

/** The tasks of each line. */
export function taskRows(outcomes: readonly LineOutcome[]): string[][] {
  const head = [outcomes.some(({ setup }) => setup !== undefined) ? "setup" : "policy"];
  const rows = outcomes.flatMap(({ setup, policy, tasks }) =>
    tasks.map(({ name, steps, micros, mean, worst, outcome }) => [
      setup ?? policy,
      name,
      `${steps} (${time(micros)})`,
      wait(mean),
      wait(worst),
      outcome,
    ]),
  );
  return [[...head, "task", "steps", "mean wait", "worst wait", "outcome"], ...rows];
}

function timeOf(outcome: LineOutcome): string {
  const spread = spreadOf(outcome);
  if (!spread) return "";
  const { median, min, max } = spread;
  return outcome.runs.length > 1 ? `${time(1_000 * median)} (${time(1_000 * min)}–${time(1_000 * max)})` : time(1_000 * median);
}

/** A figure of all runs: its range, unless it was the same in all of them. */
function rangeOf(
  runs: readonly RunFigures[],
  figure: "steps" | "switches" | "preemptions" | "returned" | "threw" | "blocked",
): string {
  const figures = runs.flatMap((run) => run[figure] ?? []);
  if (figures.length === 0) return "";
  const [least, most] = [Math.min(...figures), Math.max(...figures)];
  return least === most ? String(least) : `${least}–${most}`;
}

/** The different texts of all runs. */
function allOf(runs: readonly RunFigures[], text: (run: RunFigures) => string): string {
  return [...new Set(runs.map(text))].join(" / ");
}

function wait({ steps, micros }: PolicyOutcome["tasks"][number]["mean"]): string {
  return `${Number(steps.toFixed(1))} (${time(micros)})`;
}

function time(micros: number): string {
  if (micros < 1_000) return `${Number(micros.toPrecision(3))} µs`;
  return micros < 1_000_000
    ? `${Number((micros / 1_000).toPrecision(3))} ms`
    : `${Number((micros / 1_000_000).toPrecision(3))} s`;
}
