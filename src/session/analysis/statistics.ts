/**
 * The statistics of a run, computed only while somebody asks for them. What was computed is kept as long as the trace is.
 */
import { Statistics } from "../../core/analysis/statistics";
import type { TraceStore } from "../../core/trace/traceStore";
import type { RunFigures } from "../../protocol/find";
import { inTimeSlices } from "../common/timeSlices";
import type { RunRecord } from "../seen/runRecord";

/** Steps counted between two looks at the clock. */
const pieceSteps = 65_536;

/** An answer comes after so many milliseconds, complete or not. */
const answerMillis = 80;

const counted = new WeakMap<TraceStore, Statistics>();

/**
 * What each task did, over all steps up to one; when that takes long, up to the step which is named. What was counted already
 * is not taken back, so that whoever goes on asking asks for later steps.
 *
 * @param upTo the last step to be counted, where there is one of that number by now
 * @param millis how long to count at most
 * @throws Error when the trace cannot be read any more
 */
export async function figuresOf(run: RunRecord, upTo: number, millis = answerMillis): Promise<RunFigures> {
  const statistics = counted.get(run.trace) ?? new Statistics(run);
  counted.set(run.trace, statistics);
  const head = Math.min(upTo, run.trace.length);
  await inTimeSlices(() => {
    statistics.advance(Math.min(pieceSteps, head - statistics.done));
    return statistics.done < head;
  }, millis);
  const { upTo: done, tasks, total } = statistics.figures;
  const named = tasks.map((task) => ({ ...task, name: run.tasks[task.task]?.name ?? `task ${task.task}` }));
  const { lostFrom } = run.output;
  const lost = lostFrom === undefined ? {} : { outputLostFrom: lostFrom };
  return { upTo: done, head, tasks: named, total, ...lost };
}
