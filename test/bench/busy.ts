// How quick the panel answers while a run goes at full speed, in a real VS Code with the packaged extension.

import type { Locator } from "playwright-core";
import { type Opened, openExtension } from "../editor/e2e/opened";
import type { PanelPage } from "../editor/e2e/panelPage";
import { percentile } from "./benchSession";

export const figures = ["panel.busy.click.", "pause."];

const rounds = 5;
const clicksInRound = 8;

/** Two tasks that never end, in both languages, by the figures' suffix. */
const programs = {
  "": { file: "busy.ts", text: "export function* busy() {\n  for (let n = 0; ; n += 1) yield n & 7;\n}\n" },
  ".py": { file: "busy.py", text: "def busy():\n    n = 0\n    while True:\n        yield n & 7\n        n += 1\n" },
} as const;

/**
 * Reports panel.busy.click.ms.p50 and .p95: from a click, as the page gets it, to the frame that shows what came of it, while the
 * run goes on. Half of the clicks open or close a section, which the page does by itself; half switch a breakpoint on or
 * off, which the session answers and the runner's plan is cut for. And pause.ms.p50 and .p95: from the click on Pause to
 * the frame that says so. Each again with .py for Python.
 */
export async function bench(report: (name: string, value: number, unit: string) => void): Promise<void> {
  const files = Object.fromEntries(Object.values(programs).map(({ file, text }) => [file, text]));
  const opened = await openExtension({ files });
  try {
    for (const [suffix, { file }] of Object.entries(programs)) {
      const { clicks, pauses } = await measure(opened, file);
      for (const [name, millis] of [
        ["panel.busy.click.ms", clicks],
        ["pause.ms", pauses],
      ] as const) {
        report(`${name}${suffix}.p50`, percentile(millis, 0.5), "ms");
        report(`${name}${suffix}.p95`, percentile(millis, 0.95), "ms");
      }
    }
  } finally {
    await opened.close();
  }
}

async function measure(opened: Opened, file: string): Promise<{ clicks: number[]; pauses: number[] }> {
  await opened.workbench.openFile(file);
  await opened.workbench.clickLens("Run as cooperative task", 0);
  const panel = await opened.panel();
  await panel.showsStep(0, "paused");
  await panel.frame.evaluate(stopwatch);
  await addBreakpoint(panel);
  const clicks: number[] = [];
  const pauses: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    await panel.button("Run").click();
    await panel.shows(/steps\/s/);
    clicks.push(...(await clicksWhileRunning(panel)));
    pauses.push(await millisOf(panel, panel.button("Pause"), `document.querySelector("main").className`));
  }
  return { clicks, pauses };
}

/** One that is never met, and takes nothing of the speed. */
async function addBreakpoint(panel: PanelPage): Promise<void> {
  const breakpoints = panel.frame.getByRole("button", { name: "Breakpoints", exact: true });
  if ((await breakpoints.getAttribute("aria-expanded")) !== "true") await breakpoints.click();
  await panel.frame.getByLabel("Does what").selectOption("threw");
  await panel.region("Breakpoints").getByRole("button", { name: "Add", exact: true }).click();
  await panel.region("Breakpoints").getByRole("row").first().waitFor();
}

async function clicksWhileRunning(panel: PanelPage): Promise<number[]> {
  const watches = panel.frame.getByRole("button", { name: "Watches", exact: true });
  const breakpoint = panel.region("Breakpoints").getByRole("checkbox").first();
  const millis: number[] = [];
  for (let click = 0; click < clicksInRound; click += 2) {
    millis.push(await millisOf(panel, watches, `document.querySelector(".section.watches .fold").ariaExpanded`));
    millis.push(await millisOf(panel, breakpoint, `document.querySelector(".section.breakpoints .control").className`));
  }
  return millis;
}

/** @param shown an expression of the page whose value changes with what the click does */
async function millisOf(panel: PanelPage, target: Locator, shown: string): Promise<number> {
  await panel.frame.evaluate(`stopwatch(() => ${shown})`);
  await target.click();
  return panel.frame.evaluate<number>("stopped");
}

/**
 * Run in the panel: `stopwatch` waits for a click; `stopped` resolves with what passed until the change was painted: a message
 * that is posted before a frame is painted comes when it is.
 */
const stopwatch = `globalThis.stopwatch = (shown) => {
  globalThis.stopped = new Promise((resolve) => {
    const clicked = (event) => {
      const before = shown();
      const painted = () => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now() - event.timeStamp);
        port2.postMessage(undefined);
      };
      const look = () => requestAnimationFrame(() => (shown() === before ? look() : painted()));
      look();
    };
    addEventListener("click", clicked, { capture: true, once: true });
  });
}`;
