/**
 * The complete schedule of a run as text. It is made in short pieces, since a run may have millions of steps.
 */

import { ScheduleWriter } from "../../core/schedule/format";
import { type PickColumn, recordedItems } from "../../core/schedule/items";
import { maxScheduleText } from "../../protocol/schedule";
import { OrderError } from "../common/errors";
import { inTimeSlices } from "../common/timeSlices";
import type { RunRecord } from "../seen/runRecord";

/**
 * The schedule that replays the run, as text that `parseSchedule` reads.
 *
 * @param steps the number of steps to include
 * @param longest the maximum length, in characters
 * @throws OrderError if the text is longer, or if steps are lost
 */
export async function scheduleTextOf(run: RunRecord, steps = run.trace.length, longest = maxScheduleText): Promise<string> {
  const items = recordedItems([...run.scheduler.changes], picksOf(run), steps);
  const writer = new ScheduleWriter(run);
  await inTimeSlices(() => {
    const { done, value } = items.next();
    if (!done) writer.take(value);
    return !done;
  });
  const text = writer.end();
  if (text.length <= longest) return text;
  throw new OrderError(
    `The schedule has ${text.length.toLocaleString("en")} characters, more than can be shown.`,
    "The session can be restarted with the same schedule without this text. A saved trace contains every step.",
  );
}

/** The picks of a run, by the chunk that contains a step. The returned function throws an OrderError if a recording lost the step. */
export function picksOf({ trace, scheduler }: RunRecord): (step: number) => PickColumn {
  return (step) => {
    const chunk = trace.chunkAt(step);
    if ((chunk.task[step - chunk.first] ?? 0) < scheduler.tasks.length) return chunk;
    throw new OrderError("Steps of the trace are lost, so its schedule is incomplete.", "Use another copy of the file.");
  };
}
