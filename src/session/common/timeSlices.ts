/**
 * Work on a long trace, done in short pieces so that it does not block the process.
 */
import { setImmediate, setTimeout } from "node:timers/promises";

/** The maximum time in milliseconds before other work gets a turn. */
const momentMillis = 5;

/**
 * Does a long piece of work until it is complete, or until a time limit.
 *
 * @param piece does a small part of the work; returns false when nothing is left
 * @param millis the time limit in milliseconds, including pauses; left out, there is none
 * @param restMillis returns the length of each pause in milliseconds. Background work uses longer pauses, to leave the processor to work that
 *   somebody waits for
 */
export async function inTimeSlices(
  piece: () => boolean,
  millis = Number.POSITIVE_INFINITY,
  restMillis: () => number = () => 0,
): Promise<void> {
  const began = performance.now();
  let paused = began;
  while (piece()) {
    const now = performance.now();
    if (now - began >= millis) return;
    if (now - paused < momentMillis) continue;
    const rest = restMillis();
    await (rest > 0 ? setTimeout(rest) : setImmediate());
    paused = performance.now();
  }
}
