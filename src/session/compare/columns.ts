/**
 * The columns of a comparison, one list for the panel, Markdown and CSV.
 */
import type { ComparedKind } from "../../protocol/schedule";
import {
  type LineOutcome,
  meanWait,
  measureNames,
  numberOf,
  spreadOf,
  stepsPerSecond,
  throughputOf,
  watchesOf,
  watchText,
  worstWait,
} from "./lineOutcome";
import type { Moment, RunFigures } from "./runOutcome";
import { grouped, ratio, time } from "./units";

export type Cell = string | number | undefined;

/** A column of CSV. */
export type CsvColumn = readonly [title: string, of: (outcome: LineOutcome) => Cell];

export interface Column {
  readonly id: string;
  readonly title: string;
  /** What it means. */
  readonly about: string;
  readonly text: (outcome: LineOutcome) => string;
  /** What is said in brackets, or below; empty for nothing. */
  readonly detail?: (outcome: LineOutcome) => string;
  /** What rows are sorted by; absent if the text is. */
  readonly by?: (outcome: LineOutcome) => Cell;
  /** The same as data. */
  readonly csv: readonly CsvColumn[];
  /** Which comparisons have it; absent for all. */
  readonly isFor?: (outcomes: readonly LineOutcome[], kind: ComparedKind) => boolean;
  /** Lines that could not be run have it, too. */
  readonly ofFailed?: true;
}

/** The columns that a comparison has, without the names of its lines. */
export function columnsOf(outcomes: readonly LineOutcome[], kind: ComparedKind): Column[] {
  const measures = measureNames(outcomes).map(measureColumn);
  const watches = watchesOf(outcomes).map(watchColumn);
  return [...first, ...measures, ...watches, ...figures].filter(({ isFor = () => true }) => isFor(outcomes, kind));
}

/** The text of a cell, and its detail. What a line that could not be run has none of is empty. */
export function cellOf(
  { text, detail, ofFailed }: Column,
  outcome: LineOutcome,
): { readonly text: string; readonly detail: string } {
  if (outcome.problem !== undefined && !ofFailed) return { text: "", detail: "" };
  const shown = text(outcome);
  return { text: shown, detail: shown === "" ? "" : (detail?.(outcome) ?? "") };
}

const areTimed: Column["isFor"] = (outcomes) => outcomes.some(spreadOf);
const areNamed: Column["isFor"] = (_, kind) => kind !== "policies";
const arePolicies: Column["isFor"] = (_, kind) => kind === "policies";

const first: readonly Column[] = [
  {
    id: "way",
    title: "way",
    about: "How the tasks work at the same time",
    text: ({ way = "", threads }) => (threads === "lines" ? `${way}, lines` : way),
    csv: [
      ["way", ({ way }) => way],
      ["switch points", ({ threads }) => threads],
    ],
    isFor: (_, kind) => kind === "setups",
  },
  {
    id: "time",
    title: "time",
    about: "Real time from the first step to the last: the median of the runs, with the fastest and the slowest",
    text: (outcome) => timeText(spreadOf(outcome)?.median),
    detail: (outcome) => {
      const { min, max } = spreadOf(outcome) ?? {};
      return outcome.runs.length > 1 ? `${timeText(min)}–${timeText(max)}` : "";
    },
    by: (outcome) => spreadOf(outcome)?.median,
    csv: [
      ["runs", ({ runs }) => runs.length],
      ["milliseconds", (outcome) => spreadOf(outcome)?.median],
      ["fewest milliseconds", (outcome) => spreadOf(outcome)?.min],
      ["most milliseconds", (outcome) => spreadOf(outcome)?.max],
    ],
    isFor: areTimed,
  },
  {
    id: "throughput",
    title: "throughput",
    about: "What the first measure counts or, if it is no number, the tasks that ended, in a second of the median time",
    text: (outcome) => {
      const { what, perSecond } = throughputOf(outcome) ?? {};
      return perSecond === undefined ? "" : `${grouped(perSecond)} ${what}/s`;
    },
    by: (outcome) => throughputOf(outcome)?.perSecond,
    csv: [
      ["throughput per second", (outcome) => throughputOf(outcome)?.perSecond],
      ["throughput of", (outcome) => throughputOf(outcome)?.what],
    ],
    isFor: areTimed,
  },
  {
    id: "processor",
    title: "processor",
    about: "Which part of the real time a processor has worked for the process: more than 100 % if several have",
    text: ({ runs }) =>
      rangeOf(
        runs.map(({ processor }) => processor),
        ratio,
      ),
    by: ({ processor }) => processor,
    csv: [["processor", ({ processor }) => processor]],
    isFor: areTimed,
  },
];

const figures: readonly Column[] = [
  {
    id: "steps",
    title: "steps",
    about: "Steps that ran, with their run time",
    text: ({ runs }) => rangeOf(runs.map(({ steps }) => steps)),
    detail: ({ micros }) => time(micros),
    by: ({ steps }) => steps,
    csv: [
      ["steps", ({ steps }) => steps],
      ["run time of slices in microseconds", ({ micros }) => Math.round(micros)],
    ],
    ofFailed: true,
  },
  {
    id: "pace",
    title: "steps/s",
    about: "Steps in a second of the median time",
    text: (outcome) => textOf(stepsPerSecond(outcome)),
    by: stepsPerSecond,
    csv: [["steps per second", stepsPerSecond]],
    isFor: areTimed,
  },
  { ...count("switches", "How often a step was another task's than the step before"), isFor: areNamed },
  {
    id: "orders",
    title: "orders that fail",
    about: "How many of the orders with at most one preemption break the check; as many were tried as a few seconds allow",
    text: ({ orders }) => (orders ? (orders.problem ?? `${orders.failing} of ${orders.tried}`) : ""),
    by: ({ orders }) => orders && orders.failing / Math.max(1, orders.tried),
    csv: [
      ["orders tried", ({ orders }) => orders?.tried],
      ["orders that break the check", ({ orders }) => orders?.failing],
    ],
    isFor: (outcomes) => outcomes.some(({ orders }) => orders !== undefined),
  },
  {
    ...count("preemptions", "How often that was so although the thread before could have gone on"),
    isFor: (outcomes) => outcomes.some(({ preemptions }) => preemptions !== undefined),
  },
  {
    id: "first",
    title: "first return",
    about: "The step with which the first task returned, with the run time until then",
    ...moment(({ firstReturn }) => firstReturn),
    csv: [["step of first return", ({ firstReturn }) => firstReturn?.step]],
    isFor: arePolicies,
  },
  {
    id: "last",
    title: "last return",
    about: "The step with which the last task returned, with the run time until then",
    ...moment(({ lastReturn }) => lastReturn),
    csv: [["step of last return", ({ lastReturn }) => lastReturn?.step]],
    isFor: arePolicies,
  },
  {
    id: "mean",
    title: "mean wait",
    about: "How many steps of others a task waited for its turn, and their run time, averaged over all tasks",
    ...wait(meanWait),
    csv: [["mean wait in steps", (outcome) => meanWait(outcome).steps]],
    isFor: arePolicies,
  },
  {
    id: "worst",
    title: "longest wait",
    about: "The longest that any task waited for its turn: steps of others, and their run time",
    ...wait(worstWait),
    csv: [
      ["longest wait in steps", (outcome) => worstWait(outcome).steps],
      ["longest wait in microseconds", (outcome) => Math.round(worstWait(outcome).micros)],
    ],
  },
  {
    id: "fairness",
    title: "fairness",
    about: "Jain's fairness index of the tasks' step counts when the first task ended: 1 if all are equal",
    text: ({ fairness }) => fairness.toFixed(3),
    by: ({ fairness }) => fairness,
    csv: [["fairness", ({ fairness }) => fairness]],
    isFor: arePolicies,
  },
  { ...count("returned", "How many tasks returned"), isFor: areNamed },
  { ...count("threw", "How many tasks ended with an error"), isFor: areNamed },
  { ...count("blocked", "How many tasks waited at the end"), isFor: areNamed },
  {
    id: "output",
    title: "output",
    about: "What was printed",
    text: ({ output }) => output.trimEnd(),
    detail: ({ output, printed }) => (printed > output.length ? `${grouped(printed)} characters` : ""),
    by: ({ printed }) => printed,
    csv: [["characters printed", ({ printed }) => printed]],
    isFor: (outcomes) => outcomes.some(({ printed }) => printed > 0),
  },
  {
    id: "outcome",
    title: "ended",
    about: "Why the run ended or paused",
    text: ({ runs, problem }) =>
      problem !== undefined ? "failed" : allOf(runs.map(({ stopped }) => stopped.replaceAll("-", " "))),
    csv: [],
    ofFailed: true,
  },
];

function count(id: "switches" | "preemptions" | "returned" | "threw" | "blocked", about: string): Column {
  const of = (run: RunFigures) => run[id];
  return { id, title: id, about, text: ({ runs }) => rangeOf(runs.map(of)), by: of, csv: [[id, of]] };
}

function moment(of: (outcome: LineOutcome) => Moment | undefined): Pick<Column, "text" | "detail" | "by"> {
  return {
    text: (outcome) => textOf(of(outcome)?.step),
    detail: (outcome) => time(of(outcome)?.micros ?? 0),
    by: (outcome) => of(outcome)?.step,
  };
}

function wait(of: typeof meanWait): Pick<Column, "text" | "detail" | "by"> {
  return {
    text: (outcome) => grouped(of(outcome).steps),
    detail: (outcome) => time(of(outcome).micros),
    by: (outcome) => of(outcome).steps,
  };
}

function measureColumn(name: string): Column {
  const of = ({ measures }: Pick<RunFigures, "measures">) => measures.find((each) => each.name === name);
  const number = (run: RunFigures) => {
    const measure = of(run);
    return measure && numberOf(measure);
  };
  const textIn = (run: RunFigures) => {
    const measure = of(run) ?? { text: "" };
    return "text" in measure ? measure.text : measure.error;
  };
  const areNumbers = (runs: readonly RunFigures[]) => runs.every((run) => number(run) !== undefined);
  return {
    id: `measure-${name}`,
    title: name,
    about: `The measure ${name} at the end`,
    text: ({ runs }) => (areNumbers(runs) ? rangeOf(runs.map(number)) : allOf(runs.map(textIn))),
    by: (outcome) => number(outcome) ?? textIn(outcome),
    csv: [[name, textIn]],
  };
}

function watchColumn(expression: string): Column {
  const text = (run: RunFigures) => watchText(run, expression);
  return {
    id: `watch-${expression}`,
    title: expression,
    about: `The value of ${expression} at the end`,
    text: ({ runs }) => allOf(runs.map(text)),
    csv: [[expression, text]],
  };
}

function timeText(millis: number | undefined): string {
  return millis === undefined ? "" : time(1_000 * millis);
}

/** A figure of all runs: its range, unless it was the same in all of them. */
function rangeOf(given: readonly (number | undefined)[], text = grouped): string {
  const known = given.flatMap((each) => each ?? []);
  if (known.length === 0) return "";
  const [least, most] = [text(Math.min(...known)), text(Math.max(...known))];
  return least === most ? least : `${least}–${most}`;
}

/** The different texts of all runs. */
function allOf(texts: readonly string[]): string {
  return [...new Set(texts)].join(" / ");
}

function textOf(figure: number | undefined): string {
  return figure === undefined ? "" : grouped(figure);
}
