/**
 * The whole schedule of a run as text. It is made in short pieces, since a run may have millions of steps.
 */

import { ScheduleWriter } from "../../core/schedule/format";
import { type PickColumn, recordedItems } from "../../core/schedule/items";
import { maxScheduleText } from "../../protocol/schedule";
import { OrderError } from "../common/errors";
import { inTimeSlices } from "../common/timeSlices";
import type { RunRecord } from "../seen/runRecord";

/**
 * What `parseSchedule` reads, and what replays the run.
 *
 * @param steps how many steps of it
 * @param longest characters
 * @throws OrderError when it is longer, or steps of it are lost
 */
export async function scheduleTextOf(run: RunRecord, steps = run.trace.length, longest = maxScheduleText): Promise<string> {
  const items = recordedItems([...run.scheduler.changes], picksOf(run), steps);
  const writer = new ScheduleWriter();
  await inTimeSlices(() => {
    const { done, value } = items.next();
    if (!done) writer.take(value);
    return !done;
  });
  const text = writer.end();
  if (text.length <= longest) return text;
  throw new OrderError(
    `The schedule has ${text.length.toLocaleString("en")} characters, more than can be shown.`,
    "A session can be restarted with the same schedule without its text; a saved trace has every step.",
  );
}

/** The picks of a run, by the chunk that holds a step. Where a recording has lost them, asking throws a OrderError. */
export function picksOf({ trace, scheduler }: RunRecord): (step: number) => PickColumn {
  return (step) => {
    const chunk = trace.chunkAt(step);
    if ((chunk.task[step - chunk.first] ?? 0) < scheduler.tasks.length) return chunk;
    throw new OrderError("Steps of the trace are lost, and its schedule with them.", "Use another copy of the file.");
  };
}
