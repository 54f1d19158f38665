/**
 * The outcome of a line of a comparison, which may have run several times.
 */
import type { ComparedTask } from "../../protocol/schedule";
import type { TriedOrders } from "./lines";
import type { MeasuredAtEnd } from "./measures";
import type { RunFigures, RunOutcome } from "./runOutcome";

/** Apart from `runs`, everything is that of one run: the one whose time is the median, or the one that failed. */
export interface LineOutcome extends RunOutcome {
  /** The name of the setup or the way of working; absent if policies are compared. */
  readonly name?: string | undefined;
  /** All runs, in the order in which they ran. */
  readonly runs: readonly RunFigures[];
  /** Absent if none were tried. */
  readonly orders?: TriedOrders;
}

type Wait = ComparedTask["mean"];

/** The median of times and their range, in milliseconds. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/**
 * The outcome of a line.
 *
 * @param runs those so far
 * @returns undefined if there are none
 */
export function lineOutcome(name: string | undefined, runs: readonly RunOutcome[]): LineOutcome | undefined {
  const inOrder = [...runs].sort((one, other) => (one.millis ?? 0) - (other.millis ?? 0));
  const shown = runs.find(({ problem }) => problem !== undefined) ?? inOrder[middleOf(runs.length)];
  return shown && { ...(name === undefined ? {} : { name }), ...shown, runs: runs.map(figuresOf) };
}

/** How long the runs of a line took; undefined if that was not measured, or if one failed. */
export function spreadOf({ runs, problem }: LineOutcome): Spread | undefined {
  const times = runs.flatMap(({ millis }) => millis ?? []).sort((one, other) => one - other);
  const [min, max, median] = [times[0], times.at(-1), times[middleOf(times.length)]];
  if (problem !== undefined || min === undefined || max === undefined || median === undefined) return undefined;
  return { median, min, max };
}

/** What is counted for the throughput, and how much of it there was in a second of the median time. */
export interface Throughput {
  readonly what: string;
  readonly perSecond: number;
}

/** The first measure, if it is a number, or else the tasks that ended, in a second of the median time. */
export function throughputOf(outcome: LineOutcome): Throughput | undefined {
  const spread = spreadOf(outcome);
  if (!spread || spread.median === 0) return undefined;
  const [first] = outcome.measures;
  const counted = first && numberOf(first);
  const what = counted === undefined ? "tasks" : (first?.name ?? "");
  return { what, perSecond: (counted ?? outcome.returned + outcome.threw) / (spread.median / 1_000) };
}

/** The names of the measures that any of the lines has. */
export function measureNames(outcomes: readonly LineOutcome[]): string[] {
  return [...new Set(outcomes.flatMap(({ measures }) => measures.map(({ name }) => name)))];
}

/** The value of a measure that is a number. */
export function numberOf(measure: MeasuredAtEnd): number | undefined {
  const value = "text" in measure && measure.text !== "" ? Number(measure.text.replace(/n$/, "")) : Number.NaN;
  return Number.isFinite(value) ? value : undefined;
}

/** How many steps there were in a second of the median time. */
export function stepsPerSecond(outcome: LineOutcome): number | undefined {
  const spread = spreadOf(outcome);
  return spread && spread.median > 0 ? Math.round(outcome.steps / (spread.median / 1_000)) : undefined;
}

/** How long a task waited for its turn, averaged over all tasks. */
export function meanWait({ tasks }: LineOutcome): Wait {
  const mean = (of: (wait: Wait) => number) => tasks.reduce((sum, task) => sum + of(task.mean), 0) / Math.max(1, tasks.length);
  return { steps: mean(({ steps }) => steps), micros: mean(({ micros }) => micros) };
}

/** The longest wait of any task for its turn. */
export function worstWait({ tasks }: LineOutcome): Wait {
  const worst = (of: (wait: Wait) => number) => Math.max(0, ...tasks.map((task) => of(task.worst)));
  return { steps: worst(({ steps }) => steps), micros: worst(({ micros }) => micros) };
}

/** The expressions that any of the lines watches. */
export function watchesOf(outcomes: readonly LineOutcome[]): string[] {
  return [...new Set(outcomes.flatMap(({ watches }) => watches.map(({ expression }) => expression)))];
}

/** The value of a watch at the end of a run, or its error; empty if it is not watched there. */
export function watchText({ watches }: Pick<RunFigures, "watches">, expression: string): string {
  const watch = watches.find((each) => each.expression === expression);
  if (!watch) return "";
  return "text" in watch ? watch.text : watch.error;
}

/** The index of the median: of an even number, the lower of the two in the middle, so that it is the figure of a run. */
function middleOf(count: number): number {
  return (count - 1) >> 1;
}

function figuresOf(outcome: RunOutcome): RunFigures {
  const { stopped, millis, processor, steps, switches, preemptions, returned, threw, blocked, watches, measures } = outcome;
  return {
    stopped,
    ...(millis === undefined ? {} : { millis }),
    ...(processor === undefined ? {} : { processor }),
    steps,
    switches,
    ...(preemptions === undefined ? {} : { preemptions }),
    returned,
    threw,
    blocked,
    watches,
    measures,
  };
}
