/**
 * Checks whether the steps of a run agree with the run whose schedule it follows.
 */
import { Comparison } from "../../core/trace/comparison";
import { recordOf } from "../../core/trace/segment";
import { sliceOf } from "../../core/trace/slice";
import type { StepChunk, StepRecord, YieldPoint } from "../../core/trace/trace";
import { printedDiffers, type ReplayError, replayDiffers } from "../common/replayErrors";
import type { RunRecord } from "../seen/runRecord";
import type { UnrepeatableCalls } from "../seen/unrepeatable";
import { PrintedAgreement } from "./printedAgreement";

/** The parts of a recorded run that another run is compared with. */
export interface Recorded extends Pick<RunRecord, "trace" | "tasks"> {
  /** Its yield points with their new paths, if the files have moved. */
  readonly points?: readonly YieldPoint[];
  /** What it printed; undefined if the output need not be the same. */
  readonly output?: RunRecord["output"];
  readonly typed?: { readonly isAhead: boolean };
}

/** The run that is compared. `ending` is set if no more output will be added, because its process has ended. */
export interface Replayed extends Pick<RunRecord, "trace" | "output"> {
  readonly ending: boolean;
  readonly unrepeatable: UnrepeatableCalls;
}

/** Compares the new steps of a run with the recording. */
export class Agreement {
  #differs: ReplayError | undefined;
  #differsAt = Number.POSITIVE_INFINITY;
  #checked = 0;
  #points = 0;
  readonly #comparison: Comparison;
  readonly #printed: PrintedAgreement | undefined;

  constructor(
    readonly source: Recorded,
    readonly fresh: Replayed,
  ) {
    this.#comparison = new Comparison(source.points ?? source.trace.points);
    this.#printed = source.output && new PrintedAgreement(source.output, fresh.output);
  }

  /** Compares the steps that arrived since the last call with the recorded ones, up to the first difference. */
  check(): void {
    const { points, length } = this.fresh.trace;
    this.#comparison.addPoints(points.slice(this.#points));
    this.#points = points.length;
    const end = Math.min(length, this.source.trace.length);
    while (this.#checked < end && !this.#differs) {
      const [recorded, replayed] = stretch(this.source, this.fresh, this.#checked + 1, end);
      const step = this.#comparison.firstDifference(recorded, replayed);
      if (step !== undefined) this.#differ(step, replayed);
      this.#checked += replayed.task.length;
    }
  }

  /** The first difference in the steps that were checked: what a step did counts before what it printed. */
  get difference(): ReplayError | undefined {
    const { source, fresh } = this;
    const [recordedHead, head] = [source.trace.length, fresh.trace.length];
    const end = Math.min(recordedHead, this.#checked, this.#differsAt - 1);
    const replayedHead = fresh.ending ? Number.POSITIVE_INFINITY : head;
    const printed = this.#printed?.firstDifference({ end, recordedHead, replayedHead });
    if (!printed) return this.#differs;
    if (printed.step === 0) return printedDiffers("The file", printed);
    const recorded = source.trace.at(printed.step);
    return printedDiffers(this.#taskOf(recorded), printed, fresh.unrepeatable.by(recorded.task, printed.step));
  }

  #differ(step: number, chunk: StepChunk): void {
    const recorded = this.source.trace.at(step);
    const replayed = recordOf(chunk, step - chunk.first, this.#comparison.points);
    const cause = this.fresh.unrepeatable.by(recorded.task, step);
    this.#differs = replayDiffers(this.#taskOf(recorded), recorded, replayed, cause);
    this.#differsAt = step;
  }

  #taskOf({ task }: StepRecord): string {
    return this.source.tasks[task]?.name ?? "";
  }
}

/** The same range of steps of two runs, as long as it lies within one chunk of each. */
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
