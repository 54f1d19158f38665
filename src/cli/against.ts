/**
 * A saved trace that a run is compared with.
 */
import { dirname, sep } from "node:path";
import type { YieldPoint } from "../core/trace/trace";
import { UserError } from "../session/common/errors";
import type { ReplayError } from "../session/common/replayErrors";
import type { Recording } from "../session/openedRecording";
import { scheduleTextOf } from "../session/order/scheduleExport";

/**
 * The schedule of a recording, and the recorded steps to compare a replay with.
 *
 * @param file the program that is run; if it was moved since, recorded positions are mapped to the files at its new location
 */
export async function recordedIn({ run, options }: Recording, file: string) {
  const [then, now] = [dirname(options.file) + sep, dirname(file) + sep];
  const moved = (point: YieldPoint) =>
    point.file.startsWith(then) ? { ...point, file: now + point.file.slice(then.length) } : point;
  const { trace, tasks, output } = run;
  return { schedule: await scheduleTextOf(run), recorded: { trace, tasks, output, points: trace.points.map(moved) } };
}

/** @throws UserError if a step differs from the recorded one, in what it did or in what it printed */
export function mustAgree(difference: ReplayError | undefined): void {
  if (difference) throw new UserError(difference.message, "All earlier steps are the same as recorded.");
}
