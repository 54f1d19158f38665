/**
 * Repeats the steps of a recorded run in a fresh process, to continue from there. Every step is compared with the trace.
 */

import { recordedItems } from "../../core/schedule/items";
import { Comparison } from "../../core/trace/comparison";
import { inTimeSlices } from "../common/timeSlices";
import { batchSteps, type Running } from "../loop/running";
import { Agreement, stretch } from "../order/agreement";
import type { Run } from "../run/run";

/** What is replayed, and how far. */
interface Retraced {
  /** The run that was recorded. */
  readonly source: Run;
  /** How many steps of it. */
  readonly steps: number;
  /** Absolute. */
  readonly file: string;
}

/**
 * Brings a fresh run to where the recorded one was after so many steps.
 *
 * @param progressed called whenever it has come further
 * @throws ReplayError where a step is another one than was recorded
 * @throws UserCodeError when the file cannot be loaded any more
 */
export async function reexecute(fresh: Running, { source, steps, file }: Retraced, progressed: () => void): Promise<void> {
  const items = recordedItems([...source.scheduler.changes], (step) => source.trace.chunkAt(step), steps);
  // What was printed may tell of the time without anything else depending on it.
  const agreement = new Agreement({ trace: source.trace, tasks: source.tasks }, fresh.run);
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

/** What was captured at repeated steps equals what would be captured now. */
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
 * Makes the steps of the schedule that is followed, whatever there would be to rest for.
 *
 * @param made called after each plan; what it throws ends it
 * @throws ScheduleMismatchError, UserCodeError where a step cannot be made
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

/**
 * The first step in which two runs are not the same, or undefined where one is the beginning of the other.
 */
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
