// Runs in a page of a webview: the times of clicks, and of the first frame that shows each step.
import type { Frame } from "playwright-core";

export interface Painted {
  /** The times of the clicks. */
  readonly clicks: readonly number[];
  /** For each step, the time of the first frame with it. */
  readonly painted: readonly (number | undefined)[];
}

/**
 * Begins to record, anew if it did before. Times are those of the wall clock, since each frame has a clock of its own. How far the two are
 * apart is read anew each time: what the frame noted when it began is wrong once the wall clock was set.
 */
const watching = `(() => {
  globalThis.watched = { clicks: [], painted: [], origin: Date.now() - performance.now() };
  if (globalThis.isWatching) return;
  globalThis.isWatching = true;
  addEventListener("click", () => globalThis.watched.clicks.push(globalThis.watched.origin + performance.now()), true);
  new PerformanceObserver((list) => {
    const { painted, origin } = globalThis.watched;
    for (const { name, detail, startTime } of list.getEntries()) {
      if (name.endsWith(":painted")) painted[detail.head] ??= origin + startTime;
    }
  }).observe({ type: "mark" });
})()`;

export async function watch(frame: Frame): Promise<void> {
  await frame.evaluate(watching);
}

export function watched(frame: Frame): Promise<Painted> {
  return frame.evaluate<Painted>("watched");
}

/**
 * The time from each click to the frame with the step that it makes.
 *
 * @throws Error if a click or a frame was not seen
 */
export async function latenciesIn(frame: Frame, steps: number): Promise<number[]> {
  const { clicks, painted } = await watched(frame);
  const latencies = clicks.map((clicked, index) => (painted[index + 1] ?? Number.NaN) - clicked);
  if (latencies.length !== steps || latencies.some(Number.isNaN))
    throw new Error(`${clicks.length} clicks and ${painted.length} painted steps were seen of ${steps}`);
  return latencies;
}
