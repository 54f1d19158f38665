// The smoothness of the timeline over ten million switches, in a real VS Code, installed from its package.

import { readFile } from "node:fs/promises";
import type { Frame } from "playwright-core";
import { openExtension } from "../editor/e2e/opened";
import type { PanelPage } from "../editor/e2e/panelPage";

export const figures = ["timeline."];

const steps = 10_000_000;
const file = "tasks.js";

/** The time limit of the run in milliseconds. It takes seconds, and longer on a busy machine. */
const runMillis = 180_000;

/** The duration of a frame at 60 frames per second, in milliseconds. */
const frameMillis = 1_000 / 60;

/**
 * Reports timeline.frame.p50.ms and .p95.ms: from the beginning of a frame until it is handed over for display, while the wheel
 * pans and zooms between single slices and the whole run; and timeline.frame.late, the share of frames that began more
 * than half a frame late.
 */
export async function bench(report: (name: string, value: number, unit: string) => void): Promise<void> {
  const opened = await openExtension({ files: { [file]: await readFile("test/bench/javascript/tasks.js", "utf8") } });
  try {
    const { workbench } = opened;
    await workbench.openFile(file);
    await workbench.clickLens("Run as cooperative task", 0);
    const panel = await opened.panel();
    await panel.showsStep(0, "paused");
    await workbench.clickLens("Add to session", 1);
    await panel.showsTasks(2);
    await run(panel);
    const { costs, intervals } = await measured(panel.frame);
    report("timeline.frame.p50.ms", percentile(costs, 0.5), "ms");
    report("timeline.frame.p95.ms", percentile(costs, 0.95), "ms");
    report(
      "timeline.frame.late",
      intervals.filter((millis) => millis > 1.5 * frameMillis).length / intervals.length,
      "of frames",
    );
  } finally {
    await opened.close();
  }
}

async function run({ frame }: PanelPage): Promise<void> {
  await frame.getByRole("button", { name: "More ways to run" }).click();
  await frame.getByRole("menuitem", { name: "Run N steps…" }).click();
  await frame.getByLabel("Run this many steps").fill(String(steps));
  await frame.locator(".ask").getByRole("button", { name: "Run" }).click();
  const done = frame.getByRole("region", { name: "Now", exact: true }).filter({ hasText: /Step 10,?000,?000(?!\d).*paused/s });
  await done.waitFor({ timeout: runMillis });
}

interface Measured {
  readonly costs: number[];
  readonly intervals: number[];
}

async function measured(frame: Frame): Promise<Measured> {
  await frame.locator("canvas.overview").click({ position: { x: 120, y: 10 } });
  const found = await frame.evaluate<Measured & { readonly drawn: number }>(wheelEveryFrame);
  if (found.drawn < found.costs.length * 0.9)
    throw new Error(`Only ${found.drawn} of ${found.costs.length} frames drew the timeline.`);
  return found;
}

/** Runs in the panel: turns the wheel before every frame, and measures each frame up to the task that follows it. */
const wheelEveryFrame = `new Promise((done) => {
  const canvas = document.querySelector("canvas.lanes");
  const { left, top, width } = canvas.getBoundingClientRect();
  const found = { costs: [], intervals: [], drawn: 0 };
  new PerformanceObserver((list) => (found.drawn += list.getEntriesByName("yieldpoint:timeline").length)).observe({ type: "mark" });
  const turn = (keys, deltaY) => canvas.dispatchEvent(
    new WheelEvent("wheel", { ...keys, deltaY, clientX: left + width / 2, clientY: top + 5, bubbles: true, cancelable: true }));
  const pan = Array.from({ length: 60 }, (_, at) => () => turn({ shiftKey: true }, at < 30 ? 37 : -41));
  const zoom = (deltaY) => Array.from({ length: 50 }, () => () => turn({ ctrlKey: true }, deltaY));
  const acts = [...pan, ...zoom(20), ...pan, ...zoom(20), ...pan, ...zoom(20), ...pan, ...zoom(-20), ...zoom(-20), ...zoom(-20)];
  let last;
  const frame = (began) => {
    if (last !== undefined) found.intervals.push(began - last);
    last = began;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => found.costs.push(performance.now() - began);
    port2.postMessage(undefined);
    const act = acts.shift();
    if (!act) return setTimeout(() => done(found));
    act();
    requestAnimationFrame(frame);
  };
  acts.shift()();
  requestAnimationFrame(frame);
})`;

function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}
