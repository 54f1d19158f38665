/**
 * Errors that say why a step cannot be rebuilt.
 */
import { basename } from "node:path";
import type { StepRecord } from "../../core/trace/trace";
import { UserError } from "./errors";

const likelyCauses = "the time, random numbers, input from outside, or a file that was changed";

/** A replay that differs from the recording, or cannot be made. */
export class ReplayError extends UserError {
  override readonly name = "ReplayError";
}

/** A step of the replay is another one than was recorded. */
export function replayDiffers(task: string, recorded: StepRecord, replayed: StepRecord): ReplayError {
  return new ReplayError(
    `The replay differs from the trace at step ${recorded.step}: ${task} ${saying(recorded)} when it was recorded, and ${saying(replayed)} now. Likely causes: ${likelyCauses}.`,
    "Restart and step there by hand.",
  );
}

/** A step does not end in the replay. */
export function replayHangs(task: string, recorded: StepRecord, millis: number): ReplayError {
  const [now, then] = [millis, recorded.micros / 1_000].map((each) => (each / 1_000).toFixed(1));
  return new ReplayError(
    `The replay stays in step ${recorded.step}: ${task} has not given back control for ${now} s, and took ${then} s when it was recorded. Likely causes: it was interrupted then, or depends on ${likelyCauses}.`,
    "Restart and step there by hand.",
  );
}

/** A watch does not end in the replay. */
export function watchHangs(expression: string, millis: number): ReplayError {
  return new ReplayError(
    `In the replay the watched expression "${expression}" has not given back control for ${(millis / 1_000).toFixed(0)} s.`,
    "Remove it from the watches, or watch something that is quicker.",
  );
}

function saying({ event, value, point }: StepRecord): string {
  return point ? `${event} ${value} at ${basename(point.file)}:${point.line}:${point.column}` : `${event} ${value}`;
}
