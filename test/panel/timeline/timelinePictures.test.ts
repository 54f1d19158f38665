/**
 * Screenshots of the timeline with 2, 12 and 500 tasks at three zoom levels in the four kinds of theme, to be looked at in `out/pictures`,
 * with automatic checks where possible.
 */
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { Panel } from "../browser";
import { themes } from "../looks";
import { contributedColours, type MadeRun, makeRun } from "../runs";
import { isElsewhere, seenSteps, shownSteps } from "./timelinePage";

/** The keys that lead from the initial window to each zoom level. */
const zooms = { slices: [], some: ["-", "-", "-", "-", "-", "-"], whole: ["0"] };

describe("screenshots of the timeline", () => {
  const runs = new Map<number, MadeRun>();
  before(async () => {
    await mkdir("out/pictures", { recursive: true });
    for (const [tasks, steps] of [
      [2, 4_000],
      [12, 40_000],
      [500, 400_000],
    ] as const)
      runs.set(tasks, makeRun(tasks, steps));
  });

  for (const [name, theme] of Object.entries(themes)) {
    for (const tasks of [2, 12, 500]) {
      it(`shows ${tasks} tasks in ${name}`, async () => {
        const run = runs.get(tasks);
        assert.ok(run);
        const panel = await Panel.open({ width: 760, height: tasks === 2 ? 560 : 800 });
        panel.answer = run.answer;
        await panel.theme(`${theme} vscode-reduce-motion`);
        await panel.page.evaluate((colours) => {
          const { style } = (globalThis as unknown as { document: { documentElement: HTMLElementStyled } }).document
            .documentElement;
          for (const [name, value] of Object.entries(colours)) style.setProperty(name, value);
        }, contributedColours(theme));
        await panel.say({ type: "view", view: run.view });
        const timeline = panel.page.locator(".timeline");
        for (const [zoom, keys] of Object.entries(zooms)) {
          await panel.page.locator(".plot").focus();
          const { from } = await shownSteps(panel);
          await panel.press(...keys);
          if (keys.length > 0) await panel.page.waitForFunction(isElsewhere, from);
          await seenSteps(panel, zoom === "whole" ? { from: 1, to: run.trace.length } : { to: run.trace.length });
          await timeline.screenshot({ path: `out/pictures/timeline-${tasks}-${zoom}-${name}.png` });
        }
        assert.deepEqual(panel.complaints, []);
        await panel.close();
      });
    }
  }
});

interface HTMLElementStyled {
  readonly style: { setProperty(name: string, value: string): void };
}
