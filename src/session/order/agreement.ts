/**
 * Whether the steps of a run agree with those of the run whose schedule it follows.
 */
import { Comparison } from "../../core/trace/comparison";
import { recordOf } from "../../core/trace/segment";
import { sliceOf } from "../../core/trace/slice";
import type { StepChunk, StepRecord, YieldPoint } from "../../core/trace/trace";
import { type ReplayError, replayDiffers } from "../common/replayErrors";
import type { RunRecord } from "../seen/runRecord";

/** What is needed of a run to compare another one with it. */
export interface Recorded extends Pick<RunRecord, "trace" | "tasks"> {
  /** Its yield points, if their files have moved. */
  readonly points?: readonly YieldPoint[];
}

/** The first step that differs, as recorded and as it is now. */
export interface Difference {
  /** The task's name when it was recorded. */
  readonly task: string;
  readonly recorded: StepRecord;
  readonly replayed: StepRecord;
}

/** Compares the new steps of a run with the recording. */
export class Agreement {
  difference: Difference | undefined;
  #checked = 0;
  #points = 0;
  readonly #comparison: Comparison;

  constructor(
    readonly source: Recorded,
    readonly fresh: Pick<RunRecord, "trace">,
  ) {
    this.#comparison = new Comparison(source.points ?? source.trace.points);
  }

  /** Compares the steps that arrived since the last time, as far as they were recorded, up to the first difference. */
  check(): void {
    const { points, length } = this.fresh.trace;
    this.#comparison.addPoints(points.slice(this.#points));
    this.#points = points.length;
    const end = Math.min(length, this.source.trace.length);
    while (this.#checked < end && !this.difference) {
      const [recorded, replayed] = stretch(this.source, this.fresh, this.#checked + 1, end);
      const step = this.#comparison.firstDifference(recorded, replayed);
      if (step !== undefined) this.difference = this.#differenceAt(step, replayed);
      this.#checked += replayed.task.length;
    }
  }

  #differenceAt(step: number, chunk: StepChunk): Difference {
    const { trace, tasks } = this.source;
    const recorded = trace.at(step);
    const replayed = recordOf(chunk, step - chunk.first, this.#comparison.points);
    return { task: tasks[recorded.task]?.name ?? "", recorded, replayed };
  }
}

/** A difference in words. */
export function differenceError({ task, recorded, replayed }: Difference): ReplayError {
  return replayDiffers(task, recorded, replayed);
}

/** The same steps of two runs, as many as are in one chunk of each. */
export function stretch(
  one: Pick<RunRecord, "trace">,
  other: Pick<RunRecord, "trace">,
  from: number,
  to: number,
): [StepChunk, StepChunk] {
  const [a, b] = [one.trace.chunkAt(from), other.trace.chunkAt(from)];
  const end = Math.min(to + 1, a.first + a.task.length, b.first + b.task.length);
  return [sliceOf(a, from - a.first, end - a.first), sliceOf(b, from - b.first, end - b.first)];
}
