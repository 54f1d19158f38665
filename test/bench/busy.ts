// The panel's response time during a run at full speed, in a real VS Code with the packaged extension.

import type { Locator } from "playwright-core";
import { type Opened, openExtension } from "../editor/e2e/opened";
import type { PanelPage } from "../editor/e2e/panelPage";
import { percentile } from "./benchSession";

export const figures = ["panel.busy.", "panel.idle.", "pause.ms"];

const rounds = 10;
const clicksInRound = 6;

/** How long a mouse button is held down, in milliseconds. The measurement begins when it is released. */
const pressMillis = 60;

/** An expression in the panel whose value depends on the host's state of the breakpoints. */
const answer = `document.querySelector(".section.breakpoints .note").textContent`;

/** Two tasks that never end, in both languages, by the suffix of the figures. */
const programs = {
  "": { file: "busy.ts", text: "export function* busy() {\n  for (let n = 0; ; n += 1) yield n & 7;\n}\n" },
  ".py": { file: "busy.py", text: "def busy():\n    n = 0\n    while True:\n        yield n & 7\n        n += 1\n" },
} as const;

/**
 * Reports panel.busy.click.ms.p50 and .p95: from a click, as the page receives it, to the first frame that shows its effect, during a
 * run. Half of the clicks open or close a section, which the page does by itself; half toggle a breakpoint. The session answers the
 * latter, and the runner's plan is cut for them: panel.busy.answer.ms is the time from the click to the frame that shows
 * the answer, and panel.idle.answer.ms is the same without a run. pause.ms is the time from a click on Pause to the frame that
 * shows it. All of them are repeated with .py for Python.
 */
export async function bench(report: (name: string, value: number, unit: string) => void): Promise<void> {
  const files = Object.fromEntries(Object.values(programs).map(({ file, text }) => [file, text]));
  const opened = await openExtension({ files });
  try {
    for (const [suffix, { file }] of Object.entries(programs)) {
      for (const [name, millis] of Object.entries(await measure(opened, file))) {
        report(`${name}${suffix}.p50`, percentile(millis, 0.5), "ms");
        report(`${name}${suffix}.p95`, percentile(millis, 0.95), "ms");
      }
    }
  } finally {
    await opened.close();
  }
}

async function measure(opened: Opened, file: string): Promise<Record<string, number[]>> {
  await opened.workbench.openFile(file);
  await opened.workbench.clickLens("Run as cooperative task", 0);
  const panel = await opened.panel();
  await panel.showsStep(0, "paused");
  await panel.button("Step").click(); // from here on nothing new appears in the panel, which could move the click targets
  await panel.showsStep(1, "paused");
  await panel.frame.evaluate(stopwatch);
  await addBreakpoint(panel);
  const watches = panel.frame.getByRole("button", { name: "Watches", exact: true });
  const breakpoint = panel.region("Breakpoints").getByRole("checkbox").first();
  const clicks: number[] = [];
  const answers: number[] = [];
  const idle: number[] = [];
  const pauses: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    idle.push(...(await millisOf(panel, breakpoint, [answer])));
    await panel.button("Run").click();
    await panel.shows(/steps\/s/);
    for (let click = 0; click < clicksInRound; click += 2) {
      clicks.push(...(await millisOf(panel, watches, [`document.querySelector(".section.watches .fold").ariaExpanded`])));
      const [seen = Number.NaN, answered = Number.NaN] = await millisOf(panel, breakpoint, [
        `document.querySelector(".section.breakpoints .control").className`,
        answer,
      ]);
      clicks.push(seen);
      answers.push(answered);
    }
    pauses.push(...(await millisOf(panel, panel.button("Pause"), [`document.querySelector("main").className`])));
  }
  return { "panel.busy.click.ms": clicks, "panel.busy.answer.ms": answers, "panel.idle.answer.ms": idle, "pause.ms": pauses };
}

/** A breakpoint that is never hit, and does not slow the run down. */
async function addBreakpoint(panel: PanelPage): Promise<void> {
  const breakpoints = panel.frame.getByRole("button", { name: "Breakpoints", exact: true });
  if ((await breakpoints.getAttribute("aria-expanded")) !== "true") await breakpoints.click();
  await panel.frame.getByLabel("Event").selectOption("threw");
  await panel.region("Breakpoints").getByRole("button", { name: "Add", exact: true }).click();
  await panel.region("Breakpoints").getByRole("row").first().waitFor();
}

/** @param shown expressions in the page whose values change with the effects of the click */
async function millisOf(panel: PanelPage, target: Locator, shown: readonly string[]): Promise<number[]> {
  await panel.frame.evaluate(`stopwatch([${shown.map((each) => `() => ${each}`).join()}])`);
  await target.click({ delay: pressMillis });
  return panel.frame.evaluate<number[]>("stopped");
}

/**
 * Runs in the panel: `stopwatch` waits for a click, and `stopped` resolves with the times until each change was painted. A message
 * that is posted before a frame is painted is delivered when it has been.
 */
const stopwatch = `globalThis.stopwatch = (shown) => {
  globalThis.stopped = new Promise((resolve) => {
    const clicked = (event) => {
      const painted = (look) =>
        new Promise((resolve) => {
          const before = look();
          const posted = () => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => resolve(performance.now() - event.timeStamp);
            port2.postMessage(undefined);
          };
          const frame = () => requestAnimationFrame(() => (look() === before ? frame() : posted()));
          frame();
        });
      resolve(Promise.all(shown.map(painted)));
    };
    addEventListener("click", clicked, { capture: true, once: true });
  });
}`;
