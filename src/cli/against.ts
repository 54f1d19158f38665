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
 * The schedule of a recording, and what the steps of its replay are compared with.
 *
 * @param file what is run: where the program lies somewhere else by now, its places are those of the same files there
 */
export async function recordedIn({ run, options }: Recording, file: string) {
  const [then, now] = [dirname(options.file) + sep, dirname(file) + sep];
  const moved = (point: YieldPoint) =>
    point.file.startsWith(then) ? { ...point, file: now + point.file.slice(then.length) } : point;
  const { trace, tasks, output } = run;
  return { schedule: await scheduleTextOf(run), recorded: { trace, tasks, output, points: trace.points.map(moved) } };
}

/** @throws UserError where a step did, or printed, something else than was recorded */
export function mustAgree(difference: ReplayError | undefined): void {
  if (difference) throw new UserError(difference.message, "The steps before it are as they were recorded.");
}
