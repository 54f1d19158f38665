/**
 * Makes the steps of a recorded run again in a fresh process, to go on from there. Every step is compared with the trace.
 */
import { Comparison } from "../core/comparison";
import { recordedItems } from "../core/scheduleItems";
import { recordOf } from "../core/segment";
import { sliceOf } from "../core/slice";
import type { StepChunk } from "../core/trace";
import { inMoments } from "./moments";
import { replayDiffers } from "./replayErrors";
import type { Run } from "./run";
import { batchSteps, type Running } from "./running";

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
export async function retrace(fresh: Running, { source, steps, file }: Retraced, progressed: () => void): Promise<void> {
  const items = recordedItems([...source.scheduler.changes], (step) => source.trace.chunkAt(step), steps);
  const agreement = new Agreement(source, fresh.run);
  await fresh.run.load(file);
  fresh.steering.follow({ items, steps });
  await follow(fresh, steps, () => {
    agreement.check();
    progressed();
  });
  fresh.rest.catchUp();
  fresh.steering.leave();
  await inMoments(takingOver(source, fresh.run, steps));
}

/** What was seen of steps that are made again is what there would be to see of them. */
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
async function follow({ run, steering }: Running, steps: number, made: () => void): Promise<void> {
  while (run.trace.length < steps) {
    await steering.prepare();
    const byHand = steering.refusal ? undefined : await steering.byHand();
    if (steering.refusal) throw steering.refusal;
    const plan = byHand ? undefined : run.scheduler.plan(Math.min(batchSteps, steps - run.trace.length));
    if (plan) await run.resuming.execute(plan);
    made();
  }
  await steering.prepare();
}

/** Compares what is new of a run with what was recorded. */
class Agreement {
  #checked = 0;
  #points = 0;
  readonly #comparison: Comparison;

  constructor(
    readonly source: Run,
    readonly fresh: Run,
  ) {
    this.#comparison = new Comparison(source.trace.points);
  }

  /** @throws ReplayError at the first step that differs */
  check(): void {
    const { points, length } = this.fresh.trace;
    this.#comparison.addPoints(points.slice(this.#points));
    this.#points = points.length;
    while (this.#checked < length) {
      const [recorded, replayed] = stretch(this.source, this.fresh, this.#checked + 1, length);
      const step = this.#comparison.firstDifference(recorded, replayed);
      if (step !== undefined) this.#refuse(step, replayed);
      this.#checked += replayed.task.length;
    }
  }

  #refuse(step: number, replayed: StepChunk): never {
    const recorded = this.source.trace.at(step);
    const again = recordOf(replayed, step - replayed.first, this.#comparison.points);
    throw replayDiffers(this.source.tasks[recorded.task]?.name ?? "", recorded, again);
  }
}

/** The same steps of two runs, as many as lie in one chunk of each. */
function stretch(one: Run, other: Run, from: number, to: number): [StepChunk, StepChunk] {
  const [a, b] = [one.trace.chunkAt(from), other.trace.chunkAt(from)];
  const end = Math.min(to + 1, a.first + a.task.length, b.first + b.task.length);
  return [sliceOf(a, from - a.first, end - a.first), sliceOf(b, from - b.first, end - b.first)];
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
