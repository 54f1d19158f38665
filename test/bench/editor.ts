// The speed of the extension in a real VS Code, installed from its package: from a click to the new picture, and its activation.

import { setTimeout as pause } from "node:timers/promises";
import { type Opened, openExtension } from "../editor/e2e/opened";
import { type PanelPage, shownText } from "../editor/e2e/panelPage";
import { median, percentile } from "./benchSession";
import { latenciesIn, watch, watched } from "./painted";

export const figures = ["step.latency", "first.step", "activate."];

const steps = 200;
const starts = 7;

/** Between two starts, in milliseconds: as long as one looks at a program before one runs it. */
const lookMillis = 4_000;

const lens = "Run as cooperative task";

/** The same example in both languages, by the ending of the figures. */
const files = { "": "counter-and-bogosort.ts", ".py": "counter_and_bogosort.py" };

/**
 * Reports step.latency.p50 and .p95, and the same for step.latency.py: from a click on Step, as the page receives it, to the frame with the
 * new step. first.step.ms and first.step.py.ms: from a click on a lens to the frame with the new session, and from the first click on
 * Step to the frame with step 1. And activate.ms: the time of `activate` as measured by VS Code itself, in whole milliseconds.
 */
export async function bench(report: (name: string, value: number, unit: string) => void): Promise<void> {
  const opened = await openExtension();
  try {
    for (const [ending, file] of Object.entries(files)) {
      const panel = await opened.begin(file, lens);
      const latencies = await stepLatencies(panel);
      report(`step.latency${ending}.p50`, percentile(latencies, 0.5), "ms");
      report(`step.latency${ending}.p95`, percentile(latencies, 0.95), "ms");
      report(`first.step${ending}.ms`, median(await firstSteps(opened, panel)), "ms");
    }
    report("activate.ms", await activationMillis(opened), "ms");
  } finally {
    await opened.close();
  }
}

/** Waits for each step before the next click, as a user does. */
async function stepLatencies(panel: PanelPage): Promise<number[]> {
  await watch(panel.frame);
  for (let step = 1; step <= steps; step += 1) {
    await panel.button("Step").click();
    await panel.showsStep(step, "paused");
  }
  return latenciesIn(panel.frame, steps);
}

async function firstSteps({ workbench }: Opened, panel: PanelPage): Promise<number[]> {
  await workbench.page.evaluate("addEventListener('click', () => (globalThis.clicked = Date.now()), true)");
  const times: number[] = [];
  while (times.length < starts) {
    await pause(lookMillis);
    await watch(panel.frame);
    await workbench.clickLens(lens, 0);
    await panel.showsStep(0, "paused");
    const [begun = Number.NaN] = (await watched(panel.frame)).painted;
    const clicked = await workbench.page.evaluate<number>("clicked");
    await watch(panel.frame); // the session before was drawn after its step 1, also while this one started
    await panel.button("Step").click();
    await panel.showsStep(1, "paused");
    const [stepped = Number.NaN] = await latenciesIn(panel.frame, 1);
    times.push(begun - clicked + stepped);
  }
  return times;
}

async function activationMillis({ workbench }: Opened): Promise<number> {
  // Rows that are out of sight are not in the page.
  await workbench.page.setViewportSize({ width: 1280, height: 3000 });
  await workbench.runCommand("Developer: Show Running Extensions");
  const row = workbench.page.locator(".runtime-extensions-editor .monaco-list-row").filter({ hasText: "Yieldpoint" });
  const text = await shownText(row.locator(".activation-time"));
  const millis = /(\d+) ?ms/.exec(text)?.[1];
  if (millis === undefined) throw new Error(`VS Code says of the activation: ${text}`);
  return Number(millis);
}
