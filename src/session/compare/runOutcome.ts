/**
 * The result of one run of a comparison, as a row of its table.
 */
import { jainIndex, waitsOf } from "../../core/analysis/fairness";
import { Statistics, type TaskFigures } from "../../core/analysis/statistics";
import { SwitchCounter } from "../../core/analysis/switches";
import { wayOf } from "../../core/conditions";
import type { TaskState } from "../../core/task";
import type { TaskTotals } from "../../core/trace/totals";
import type { SwitchPoints, Way } from "../../core/ways";
import { type ComparedTask, comparedBuckets, maxComparedTasks } from "../../protocol/schedule";
import type { TimelineLevel } from "../../protocol/timeline";
import { outcomeOfTask } from "../analysis/outcomes";
import { timelineOf, wholeOf } from "../analysis/timeline";
import { OrderError } from "../common/errors";
import { inTimeSlices } from "../common/timeSlices";
import type { Running } from "../loop/running";
import { scheduleTextOf } from "../order/scheduleExport";
import type { Run } from "../run/run";
import type { Watched } from "../seen/watchEntry";
import type { MeasuredAtEnd } from "./measures";

/** The number of steps counted between two checks of the clock. */
const pieceSteps = 65_536;

/** The maximum length of the output that is kept, in characters. */
const mostOutput = 500;

/** The longest schedule of a run that can be opened, in characters. */
const longestSchedule = 200_000;

/** A watched expression at the end of a run. */
export type WatchedAtEnd = { readonly expression: string } & Watched;

/** The figures that may differ from one run to the next. */
export interface RunFigures {
  /** Why the run ended or paused: `all-finished`, `step-limit`, `time-limit`… */
  readonly stopped: string;
  readonly steps: number;
  /** From the request of the first step until the last one had come, in milliseconds of the real clock; absent if others ran meanwhile. */
  readonly millis?: number | undefined;
  /** Which part of that time processors have worked for it; 2 if two have all the time. */
  readonly processor?: number | undefined;
  /** How often a step was another task's than the step before. */
  readonly switches: number;
  /** Of threads: how often that was so although the thread before could have gone on. */
  readonly preemptions?: number | undefined;
  readonly returned: number;
  /** How many tasks ended with an error. */
  readonly threw: number;
  /** How many tasks waited at the end. */
  readonly blocked: number;
  readonly watches: readonly WatchedAtEnd[];
  readonly measures: readonly MeasuredAtEnd[];
}

/** When a task returned, in steps and in microseconds of run time. */
export interface Moment {
  readonly step: number;
  readonly micros: number;
}

export interface RunOutcome extends RunFigures {
  readonly policy: string;
  readonly micros: number;
  readonly firstReturn?: Moment | undefined;
  readonly lastReturn?: Moment | undefined;
  /** Jain's fairness index of the tasks' step counts when the first task ended: 1 if all are equal. */
  readonly fairness: number;
  /** The first of the tasks. */
  readonly tasks: readonly ComparedTask[];
  /** The beginning of the output, and its total number of characters. */
  readonly output: string;
  readonly printed: number;
  /** Why it could not be run. */
  readonly problem?: string | undefined;
  /** One lane for each entry of `tasks`. */
  readonly timeline?: TimelineLevel | undefined;
  /** What replays the run; absent if it is too long. */
  readonly schedule?: string | undefined;
  /** Absent if it could not begin. */
  readonly way?: Way | undefined;
  /** If the calls ran as threads: where they could give way. */
  readonly threads?: SwitchPoints | undefined;
}

/** What is known of a run apart from its trace. */
export interface Ended extends Pick<RunOutcome, "policy" | "stopped" | "millis" | "processor" | "measures"> {}

/**
 * The figures of a run that has come to rest.
 *
 * @throws Error if its trace can no longer be read
 */
export async function measured({ run, rules }: Running, ended: Ended): Promise<RunOutcome> {
  const statistics = new Statistics(run);
  const switches = new SwitchCounter(run.trace, run.waits.from(0));
  await inTimeSlices(() => {
    statistics.advance(pieceSteps);
    switches.advance(pieceSteps);
    return !statistics.isComplete || !switches.isComplete;
  });
  const { tasks, total } = statistics.figures;
  const steps = run.trace.length;
  const shown = run.tasks.slice(0, maxComparedTasks);
  const lanes = shown.map(({ id }) => [id]);
  const level = await timelineOf(run, { ...(await wholeOf(run)), buckets: comparedBuckets, lanes });
  return {
    ...ended,
    way: wayOf(run),
    ...(run.threads ? { threads: run.threads, preemptions: switches.preemptions } : {}),
    steps,
    micros: total.micros,
    switches: switches.switches,
    ...returnsOf(run),
    fairness: fairnessOf(run),
    ...endsOf(run),
    tasks: shown.map(({ id }) => taskOf(run, id, tasks[id])),
    watches: rules.watches.list.map((expression) => watchedAtEnd(run, expression)),
    output: outputOf(run),
    printed: total.characters + run.output.lost,
    timeline: { ...level, lives: [...level.lives], waits: [...level.waits] },
    schedule: await scheduleOf(run),
  };
}

/** The outcome of a run that failed, with the steps that it made before. */
export function notRun(run: Run, policy: string, problem: string): RunOutcome {
  const { length } = run.trace;
  return {
    ...notBegun(policy, problem),
    steps: length,
    micros: clockAt(run, length),
    fairness: fairnessOf(run),
    ...endsOf(run),
    output: outputOf(run),
  };
}

/** The outcome of a run that could not begin. */
export function notBegun(policy: string, problem: string): RunOutcome {
  return {
    policy,
    stopped: "failed",
    steps: 0,
    micros: 0,
    switches: 0,
    fairness: 1,
    returned: 0,
    threw: 0,
    blocked: 0,
    tasks: [],
    watches: [],
    measures: [],
    output: "",
    printed: 0,
    problem,
  };
}

async function scheduleOf(run: Run): Promise<string | undefined> {
  try {
    return await scheduleTextOf(run, run.trace.length, longestSchedule);
  } catch (error) {
    if (error instanceof OrderError) return undefined;
    throw error;
  }
}

function endsOf({ tasks }: Run): Pick<RunFigures, "returned" | "threw" | "blocked"> {
  const count = (wanted: TaskState) => tasks.filter(({ state }) => state === wanted).length;
  return { returned: count("returned"), threw: count("threw"), blocked: count("blocked") };
}

/** A watch whose evaluation had to be interrupted has no entry. */
function watchedAtEnd({ watched, trace }: Run, expression: string): WatchedAtEnd {
  const seen = watched.entryAt(trace.length, expression)?.seen;
  return { expression, ...(seen ?? { error: "Its evaluation did not end." }) };
}

/** The total run time of all tasks up to a step, in microseconds. */
function clockAt(run: Run, step: number): number {
  return totalsAt(run, step).reduce((sum, { micros }) => sum + micros, 0);
}

function totalsAt({ trace, tasks }: Run, step: number): readonly TaskTotals[] {
  return trace.totals(step, tasks.length);
}

function returnsOf(run: Run): Pick<RunOutcome, "firstReturn" | "lastReturn"> {
  const steps = lastSteps(run).filter((step) => run.trace.at(step).event === "returned");
  if (steps.length === 0) return {};
  const [first, last] = [Math.min(...steps), Math.max(...steps)];
  return {
    firstReturn: { step: first, micros: clockAt(run, first) },
    lastReturn: { step: last, micros: clockAt(run, last) },
  };
}

/** The last step of each task that has ended. */
function lastSteps(run: Run): number[] {
  const lasts = totalsAt(run, run.trace.length).map(({ lastStep }) => lastStep);
  return lasts.filter((step) => step > 0 && run.trace.at(step).event !== "yielded");
}

/** Fairness of the steps made while all tasks existed: a task that has ended gets no more steps, whatever the policy. */
function fairnessOf(run: Run): number {
  const step = lastSteps(run).reduce((first, each) => Math.min(first, each), run.trace.length);
  return jainIndex(totalsAt(run, step).map(({ steps }) => steps));
}

function taskOf(run: Run, id: number, figures: TaskFigures | undefined): ComparedTask {
  const { steps = 0, micros = 0, lastStep = 0, longestWait } = figures ?? {};
  const isOver = lastStep > 0 && run.trace.at(lastStep).event !== "yielded";
  const added = run.added[id]?.step ?? 0;
  const until = isOver ? lastStep : run.trace.length;
  const waited = Math.max(0, clockAt(run, until) - clockAt(run, added) - micros);
  return {
    name: run.tasks[id]?.name ?? "",
    outcome: outcomeOfTask(run, id),
    steps,
    micros,
    mean: { steps: waitsOf({ added, until, steps }).mean, micros: steps === 0 ? waited : waited / steps },
    worst: { steps: longestWait?.bySteps?.steps ?? 0, micros: longestWait?.byTime?.micros ?? 0 },
  };
}

function outputOf({ output }: Run): string {
  let text = "";
  for (const entry of output.entries) {
    text += entry.text;
    if (text.length > mostOutput) return `${text.slice(0, mostOutput)}…`;
  }
  return text;
}
