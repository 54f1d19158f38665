/**
 * Work on a long trace, done in short pieces so that it does not block the process.
 */
import { setImmediate, setTimeout } from "node:timers/promises";

/** After so many milliseconds other work gets its turn. */
const momentMillis = 5;

/**
 * Works until it is done, or for about so long.
 *
 * @param piece a small piece of the work; false when there is nothing left
 * @param millis how long in all, pauses included; left out, until it is done
 * @param restMillis how long each pause is: what nobody waits for leaves the processor to what somebody waits for
 */
export async function inTimeSlices(piece: () => boolean, millis = Number.POSITIVE_INFINITY, restMillis = 0): Promise<void> {
  const began = performance.now();
  let paused = began;
  while (piece()) {
    const now = performance.now();
    if (now - began >= millis) return;
    if (now - paused < momentMillis) continue;
    await (restMillis > 0 ? setTimeout(restMillis) : setImmediate());
    paused = performance.now();
  }
}
