/**
 * Work on a long trace, a moment at a time, so that nothing else that the process does waits for it.
 */
import { setImmediate } from "node:timers/promises";

/** After so many milliseconds everything else has its turn. */
const momentMillis = 5;

/**
 * Works until it is done, or for about so long.
 *
 * @param piece a small piece of the work; false when there is nothing left
 * @param millis how long in all, pauses included; left out, until it is done
 */
export async function inMoments(piece: () => boolean, millis = Number.POSITIVE_INFINITY): Promise<void> {
  const began = performance.now();
  let paused = began;
  while (piece()) {
    const now = performance.now();
    if (now - began >= millis) return;
    if (now - paused < momentMillis) continue;
    await setImmediate();
    paused = performance.now();
  }
}
