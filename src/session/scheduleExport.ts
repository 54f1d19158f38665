/**
 * The whole schedule of a run as text. Made a moment at a time, since a run may have millions of steps.
 */
import { recordedItems } from "../core/scheduleItems";
import { ScheduleWriter } from "../core/scheduleText";
import { maxScheduleText } from "../protocol/schedule";
import { SteeringError } from "./errors";
import { inMoments } from "./moments";
import type { Run } from "./run";

/**
 * What `parseSchedule` reads, and what replays the run.
 *
 * @param steps how many steps of it
 * @param longest characters
 * @throws SteeringError when it is longer
 */
export async function scheduleTextOf(run: Run, steps = run.trace.length, longest = maxScheduleText): Promise<string> {
  const items = recordedItems([...run.scheduler.changes], (step) => run.trace.chunkAt(step), steps);
  const writer = new ScheduleWriter();
  await inMoments(() => {
    const { done, value } = items.next();
    if (!done) writer.take(value);
    return !done;
  });
  const text = writer.end();
  if (text.length <= longest) return text;
  throw new SteeringError(
    `The schedule has ${text.length.toLocaleString("en")} characters, more than can be shown.`,
    "Save the trace: it has every step.",
  );
}
