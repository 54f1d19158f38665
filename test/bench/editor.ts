// The speed of the extension in a real VS Code, installed from its package: from a click to the new picture, and its activation.

import type { Frame } from "playwright-core";
import { type Opened, openExtension } from "../editor/e2e/opened";
import { type PanelPage, shownText } from "../editor/e2e/panelPage";
import { percentile } from "./benchSession";

export const figures = ["step.latency", "activate."];

const steps = 200;

/** The same example in both languages, by the prefix of the figures. */
const files = { "step.latency": "counter-and-bogosort.ts", "step.latency.py": "counter_and_bogosort.py" };

/**
 * Reports step.latency.p50 and .p95, and the same for step.latency.py: from a click on Step, as the page receives it, to the frame with the
 * new step. And activate.ms: the time of `activate` as measured by VS Code itself, in whole milliseconds.
 */
export async function bench(report: (name: string, value: number, unit: string) => void): Promise<void> {
  const opened = await openExtension();
  try {
    for (const [prefix, file] of Object.entries(files)) {
      const latencies = await stepLatencies(opened, file);
      report(`${prefix}.p50`, percentile(latencies, 0.5), "ms");
      report(`${prefix}.p95`, percentile(latencies, 0.95), "ms");
    }
    report("activate.ms", await activationMillis(opened), "ms");
  } finally {
    await opened.close();
  }
}

async function stepLatencies(opened: Opened, file: string): Promise<number[]> {
  const { workbench } = opened;
  await workbench.openFile(file);
  await workbench.clickLens("Run as cooperative task", 0);
  const panel = await opened.panel();
  await panel.showsStep(0, "paused");
  await panel.frame.evaluate(watch);
  await click(panel);
  const { clicks, painted } = await watched(panel.frame);
  return clicks.map((clicked, index) => (painted[index + 1] ?? Number.NaN) - clicked);
}

/** Waits for each step before the next click, as a user does. */
async function click(panel: PanelPage): Promise<void> {
  for (let step = 1; step <= steps; step += 1) {
    await panel.button("Step").click();
    await panel.showsStep(step, "paused");
  }
}

/** Runs in the panel: records the times of clicks, and of the first frame that shows each step. */
const watch = `(() => {
  const watched = { clicks: [], painted: [] };
  addEventListener("click", () => watched.clicks.push(performance.now()), true);
  new PerformanceObserver((list) => {
    for (const { name, detail, startTime } of list.getEntries()) {
      if (name === "yieldpoint:painted") watched.painted[detail.head] ??= startTime;
    }
  }).observe({ type: "mark" });
  globalThis.watched = watched;
})()`;

async function watched(frame: Frame): Promise<{ clicks: number[]; painted: (number | undefined)[] }> {
  const { clicks, painted } = await frame.evaluate<{ clicks: number[]; painted: (number | undefined)[] }>("watched");
  if (clicks.length !== steps || painted.length !== steps + 1) {
    throw new Error(`${clicks.length} clicks and ${painted.length} painted steps were seen of ${steps}`);
  }
  return { clicks, painted };
}

async function activationMillis({ workbench }: Opened): Promise<number> {
  await workbench.runCommand("Developer: Show Running Extensions");
  const row = workbench.page.locator(".runtime-extensions-editor .monaco-list-row").filter({ hasText: "Yieldpoint" });
  const text = await shownText(row.locator(".activation-time"));
  const millis = /(\d+) ?ms/.exec(text)?.[1];
  if (millis === undefined) throw new Error(`VS Code says of the activation: ${text}`);
  return Number(millis);
}
