/**
 * The result of one run, as a row of the table that compares policies.
 */
import { jainIndex, waitsOf } from "../../core/analysis/fairness";
import { Statistics, type TaskFigures } from "../../core/analysis/statistics";
import type { TaskTotals } from "../../core/trace/totals";
import { comparedBuckets, maxComparedTasks, type PolicyOutcome } from "../../protocol/schedule";
import { outcomeOfTask } from "../analysis/outcomes";
import { timelineOf } from "../analysis/timeline";
import { inTimeSlices } from "../common/timeSlices";
import type { Running } from "../loop/running";
import type { Run } from "../run/run";

/** The number of steps counted between two checks of the clock. */
const pieceSteps = 65_536;

/** The maximum length of the output that is kept, in characters. */
const mostOutput = 500;

/**
 * The figures of a run that has come to rest.
 *
 * @throws Error if its trace can no longer be read
 */
export async function measured({ run }: Running, policy: string, stopped: string): Promise<PolicyOutcome> {
  const statistics = new Statistics(run);
  await inTimeSlices(() => {
    statistics.advance(pieceSteps);
    return !statistics.isComplete;
  });
  const { tasks, total } = statistics.figures;
  const steps = run.trace.length;
  const shown = run.tasks.slice(0, maxComparedTasks);
  const lanes = shown.map(({ id }) => [id]);
  const level = await timelineOf(run, { axis: "step", from: 0, to: Math.max(1, steps), buckets: comparedBuckets, lanes });
  return {
    policy,
    stopped,
    steps,
    micros: total.micros,
    ...returnsOf(run),
    fairness: fairnessOf(run),
    threw: run.tasks.filter(({ state }) => state === "threw").length,
    tasks: shown.map(({ id }) => taskOf(run, id, tasks[id])),
    output: outputOf(run),
    printed: total.characters + run.output.lost,
    timeline: { ...level, lives: [...level.lives], waits: [...level.waits] },
  };
}

/** The outcome of a run that failed, with the steps that it made before. */
export function notRun(run: Run, policy: string, problem: string): PolicyOutcome {
  const { length } = run.trace;
  return {
    policy,
    stopped: "failed",
    steps: length,
    micros: clockAt(run, length),
    fairness: fairnessOf(run),
    threw: run.tasks.filter(({ state }) => state === "threw").length,
    tasks: [],
    output: outputOf(run),
    printed: 0,
    problem,
  };
}

/** The total run time of all tasks up to a step, in microseconds. */
function clockAt(run: Run, step: number): number {
  return totalsAt(run, step).reduce((sum, { micros }) => sum + micros, 0);
}

function totalsAt({ trace, tasks }: Run, step: number): readonly TaskTotals[] {
  return trace.totals(step, tasks.length);
}

function returnsOf(run: Run): Pick<PolicyOutcome, "firstReturn" | "lastReturn"> {
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

function taskOf(run: Run, id: number, figures: TaskFigures | undefined): PolicyOutcome["tasks"][number] {
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
