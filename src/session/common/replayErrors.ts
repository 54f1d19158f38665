/**
 * Errors that say why a step cannot be rebuilt.
 */
import { basename } from "node:path";
import { cut, printable } from "../../core/printable";
import type { StepRecord } from "../../core/trace/trace";
import type { UnrepeatableCall } from "../../protocol/runner";
import { UserError } from "./errors";

const likelyCauses = "the time, random numbers, input from outside, or a file that was changed";

/** The maximum length of a printed line when it is quoted in an error, in characters. */
const mostPrinted = 120;

/** A replay differs from the recording, or is not possible. */
export class ReplayError extends UserError {
  override readonly name = "ReplayError";
}

/** A step of the replay differs from the recorded one. @param cause what was called before that gives something else each time */
export function replayDiffers(task: string, recorded: StepRecord, replayed: StepRecord, cause?: UnrepeatableCall): ReplayError {
  return new ReplayError(
    `The replay differs from the trace at step ${recorded.step}: ${task} ${saying(recorded)} when it was recorded, and ${saying(replayed)} now. ${why(task, cause)}`,
    cause ? underVirtualTime : "Restart and step there by hand.",
  );
}

const underVirtualTime = "Restart under virtual time: clocks and random numbers then give the same each time.";

function why(task: string, cause: UnrepeatableCall | undefined): string {
  if (!cause) return `Likely causes: ${likelyCauses}.`;
  return `Before, ${task} called ${cause.call} in step ${cause.step}, which gives something else each time.`;
}

/** What a step printed on one stream. */
interface PrintedTwice {
  /** 0 while the file was loaded. */
  readonly step: number;
  readonly stream: "stdout" | "stderr";
  readonly recorded: string;
  readonly replayed: string;
}

/** A step of the replay did what was recorded, and printed something else. */
export function printedDiffers(
  who: string,
  { step, stream, recorded, replayed }: PrintedTwice,
  cause?: UnrepeatableCall,
): ReplayError {
  const [then, now] = [recorded, replayed].map((text) => text.split("\n"));
  const at = (then ?? []).findIndex((line, index) => line !== now?.[index]);
  const line = at < 0 ? (then?.length ?? 0) : at;
  const where = step === 0 ? "before step 1" : `at step ${step}`;
  const on = stream === "stderr" ? " to stderr" : "";
  const which = line > 0 ? ` as line ${line + 1} of its output` : "";
  return new ReplayError(
    `The replay differs from the trace ${where} in what is printed: ${who} printed ${quoted(then, line)}${on}${which} when it was recorded, and ${quoted(now, line)} now. ${why(who, cause)}`,
    cause ? underVirtualTime : "Compare the output of that step in both runs.",
  );
}

/** A step does not end in the replay. */
export function replayHangs(task: string, recorded: StepRecord, millis: number): ReplayError {
  const [now, then] = [millis, recorded.micros / 1_000].map((each) => (each / 1_000).toFixed(1));
  return new ReplayError(
    `The replay is stuck in step ${recorded.step}: ${task} has been running for ${now} s without returning control, but took ${then} s when it was recorded. Likely causes: it was interrupted then, or it depends on ${likelyCauses}.`,
    "Restart and step there by hand.",
  );
}

/** The process of the replay gives no sign of life. It can be replaced, so it is not waited for. */
export function replaySilent(message: string): ReplayError {
  return new ReplayError(message, "It may be suspended, blocked in native code, or short of memory. Try again.");
}

/** A task ran when the trace was recorded; in the replay it waits, and nothing can wake it. */
export function replayWaits(task: string, step: number): ReplayError {
  return new ReplayError(
    `The replay differs from the trace before step ${step}: ${task} ran in the trace. In the replay it waits, and no task is left that could wake it. Likely causes: the file was changed, or it depends on ${likelyCauses}.`,
    "Restart and step there by hand.",
  );
}

/** The evaluation of a watch does not end in the replay. */
export function watchHangs(expression: string, millis: number): ReplayError {
  return new ReplayError(
    `In the replay, the watched expression "${expression}" has been running for ${(millis / 1_000).toFixed(0)} s without returning control.`,
    "Remove it from the watches, or watch an expression that is faster to evaluate.",
  );
}

function saying({ event, value, point }: StepRecord): string {
  return point ? `${event} ${value} at ${basename(point.file)}:${point.line}:${point.column}` : `${event} ${value}`;
}

/** A line that was printed, without what follows its end: a text that ends with a line feed has nothing in its last line. */
function quoted(lines: readonly string[] = [], at: number): string {
  const line = lines[at];
  if (line === undefined || (line === "" && at === lines.length - 1)) return at === 0 ? "nothing" : "nothing more";
  return `"${cut(printable(line), mostPrinted)}"`;
}
