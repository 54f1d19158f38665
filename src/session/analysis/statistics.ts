/**
 * The statistics of a run, computed only on request. The result is kept as long as the trace exists.
 */
import { Statistics } from "../../core/analysis/statistics";
import type { TraceStore } from "../../core/trace/traceStore";
import type { RunFigures } from "../../protocol/find";
import { inTimeSlices } from "../common/timeSlices";
import type { RunRecord } from "../seen/runRecord";

/** The number of steps counted between two checks of the clock. */
const pieceSteps = 65_536;

/** The time limit for an answer in milliseconds; an answer may be incomplete. */
const answerMillis = 80;

const counted = new WeakMap<TraceStore, Statistics>();

/**
 * What each task did in all steps up to `upTo`. If counting takes too long, the figures cover fewer steps: `upTo` of the result is
 * the last one counted. Steps that were counted stay counted, so a later call for fewer steps gets the figures of more.
 *
 * @param upTo the last step to count, if it was recorded already
 * @param millis the time limit in milliseconds
 * @throws Error if the trace can no longer be read
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
