/**
 * Replays the steps of a recorded run in a fresh process, in order to continue from there. Every step is compared with the trace.
 */

import { recordedItems, type ScheduleItem, scheduleLength } from "../../core/schedule/items";
import { Comparison } from "../../core/trace/comparison";
import { inTimeSlices } from "../common/timeSlices";
import { batchSteps, type Running } from "../loop/running";
import { Agreement, stretch } from "../order/agreement";
import type { Run } from "../run/run";
import { typedUpTo } from "../run/typedInput";

/** What is replayed. */
interface Retraced {
  /** The recorded run. */
  readonly source: Run;
  /** The number of steps to replay. */
  readonly steps: number;
  /** The absolute path of the user's file. */
  readonly file: string;
}

/**
 * Replays a recorded run up to a step.
 *
 * @param progressed called after every part of the replay
 * @throws ReplayError if a step differs from the recorded one
 * @throws UserCodeError if the file can no longer be loaded
 */
export async function reexecute(fresh: Running, { source, steps, file }: Retraced, progressed: () => void): Promise<void> {
  const items = recordedItems([...source.scheduler.changes], (step) => source.trace.chunkAt(step), steps);
  // Output is not compared: it may contain the time even if nothing else depends on it.
  const agreement = new Agreement({ trace: source.trace, tasks: source.tasks }, fresh.run);
  fresh.run.isCompared = true;
  fresh.run.typed.repeat(typedUpTo(steps, source.output), source.typed);
  await fresh.run.load(file);
  fresh.control.follow({ items, steps });
  await follow(fresh, steps, () => {
    agreement.check();
    if (agreement.difference) throw agreement.difference;
    progressed();
  });
  fresh.rest.catchUp();
  fresh.control.leave();
  await inTimeSlices(takingOver(source, fresh.run, steps));
}

/** A schedule that is executed in a fresh process. */
export interface Executed {
  /** The absolute path of the user's file. */
  readonly file: string;
  readonly items: readonly ScheduleItem[];
  /** The number of steps to make. What is left of the schedule after them is followed as the user goes on. */
  readonly steps: number;
}

/**
 * Executes a schedule up to a step, and captures what can be seen there.
 *
 * @param progressed called after every part of it
 * @throws ScheduleMismatchError, UserCodeError if a step cannot be made
 */
export async function executeUpTo(fresh: Running, { file, items, steps }: Executed, progressed: () => void): Promise<void> {
  const all = scheduleLength(items);
  fresh.run.typed.close(); // as in a search
  await fresh.run.load(file);
  fresh.control.follow({ items, steps: all });
  await follow(fresh, steps, progressed);
  fresh.rest.catchUp();
  if (steps === all) fresh.control.leave();
  fresh.lastEnd = fresh.rest.idle ?? (await fresh.nobodyLeft());
  await fresh.sampling.look();
}

/** Copies captured data from the recorded run: since the steps are equal, so is the data. */
function takingOver(source: Run, fresh: Run, steps: number): () => boolean {
  const seen = source.inspections.all()[Symbol.iterator]();
  const watched = source.watched.all()[Symbol.iterator]();
  return () => {
    const [record, entries] = [seen.next(), watched.next()];
    if (!record.done && record.value.step <= steps) fresh.inspections.restore(record.value);
    if (!entries.done) for (const entry of entries.value) if (entry.step <= steps) fresh.watched.record(entry);
    return !record.done || !entries.done;
  };
}

/**
 * Makes the steps of the followed schedule, regardless of reasons to rest.
 *
 * @param made called after each plan; an error that it throws ends the replay
 * @throws ScheduleMismatchError, UserCodeError if a step cannot be made
 */
async function follow({ run, control }: Running, steps: number, made: () => void): Promise<void> {
  while (run.trace.length < steps) {
    await control.prepare();
    if (run.scheduler.isNextWaiting && (await run.resuming.wait()).stopped !== "idle") continue;
    const byHand = control.refusal ? undefined : await control.byHand();
    if (control.refusal) throw control.refusal;
    const plan = byHand ? undefined : run.scheduler.plan(Math.min(batchSteps, steps - run.trace.length));
    if (plan) await run.resuming.execute(plan);
    made();
  }
  await control.prepare();
}

/** The first step in which two runs differ, or undefined if one is the beginning of the other. */
export function firstDifference(one: Run, other: Run): number | undefined {
  const comparison = new Comparison(one.trace.points);
  comparison.addPoints(other.trace.points);
  const common = Math.min(one.trace.length, other.trace.length);
  for (let from = 1; from <= common; ) {
    const [a, b] = stretch(one, other, from, common);
    const step = comparison.firstDifference(a, b);
    if (step !== undefined) return step;
    from += a.task.length;
  }
  return undefined;
}
