/**
 * Screenshots of the four kinds of theme and of the narrow panel, to be looked at in `out/pictures`, with automatic checks where possible.
 */
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import type { View } from "../../src/protocol/panel";
import { answerRows, Panel } from "./browser";
import { looks, themes } from "./looks";
import { breakpoints, empty, view, watches } from "./recorded";

const notice: View["notice"] = {
  severity: "warning",
  message: "bogosort has been running for 4 s without returning control, now in shuffle at counter-and-bogosort.ts:12.",
  remedy: "Wait, interrupt this slice (the other tasks are not affected), or stop the session.",
  actions: ["interrupt", "stop"],
};
const result = { task: 2, step: 3, value: "42" };

describe("screenshots of the panel", () => {
  before(async () => {
    await mkdir("out/pictures", { recursive: true });
  });

  async function picture(name: string, theme: string, shown: View, size = { width: 720, height: 720 }): Promise<Panel> {
    const panel = await Panel.open(size);
    panel.answer = answerRows(shown.head);
    await panel.theme(theme);
    await panel.say({ type: "view", view: shown });
    if (shown.head > 1) await panel.page.locator(`#switch-${shown.cursor - 1} .what`).waitFor();
    await panel.say({ type: "view", view: shown });
    await panel.page.screenshot({ path: `out/pictures/panel-${name}.png` });
    assert.deepEqual(panel.complaints, []);
    return panel;
  }

  for (const [name, theme] of Object.entries(themes)) {
    it(`shows a session in ${name}`, async () => {
      const panel = await picture(name, theme, view(128));
      const text = await panel.page.evaluate<string>("getComputedStyle(document.querySelector('.sentence')).color");
      assert.notEqual(text, await panel.page.evaluate<string>("getComputedStyle(document.body).backgroundColor"));
      await panel.close();
    });

    it(`shows a past step, a notice and a result in ${name}`, async () => {
      const panel = await picture(`${name}-past`, theme, view(128, { cursor: 121, notice, result }), { width: 720, height: 860 });
      await panel.close();
    });
  }

  const found = {
    attempt: { searched: { done: 1_204_224, of: 7_000_000 } },
    started: { note: "No change before this step is known. It was not evaluated at every step from 2 to 5,000." },
  };
  const searchedWatches = watches.map((watch) => ({ ...watch, ...found[watch.expression as keyof typeof found] }));
  const controls: Partial<View> = { breakpoints, hit: 1, watches: searchedWatches };
  for (const [name, theme, width] of [
    ...Object.entries(themes).map(([name, theme]) => [name, theme, 720] as const),
    ["narrow", "vscode-dark", 380] as const,
  ]) {
    it(`shows breakpoints, watches and the menu in ${name}`, async () => {
      const panel = await picture(`${name}-controls`, theme, view(128, controls), { width, height: 1_240 });
      await panel.page.getByRole("button", { name: "Breakpoints", exact: true }).click();
      await panel.page.getByRole("button", { name: "More ways to run" }).click();
      await panel.page.screenshot({ path: `out/pictures/panel-${name}-controls.png` });
      assert.equal(await panel.page.evaluate("document.querySelector('.app').scrollWidth"), width);
      await panel.press("End");
      await panel.press("Enter");
      await panel.page.getByLabel("Event").selectOption("condition");
      await panel.say({
        type: "view",
        view: view(128, { ...controls, cursor: 57, rebuild: { state: "possible", missing: "step" } }),
      });
      await panel.page.screenshot({ path: `out/pictures/panel-${name}-asked.png` });
      await panel.say({
        type: "view",
        view: view(128, { ...controls, status: "running", speed: 12, rebuild: { state: "running", missing: "step", done: 80 } }),
      });
      await panel.page.screenshot({ path: `out/pictures/panel-${name}-slowly.png` });
      assert.equal(await panel.page.evaluate("document.querySelector('.app').scrollWidth"), width);
      await panel.close();
    });
  }

  for (const [name, theme, width] of looks()) {
    it(`offers the examples and the walkthrough in the empty panel, in ${name}`, async () => {
      const panel = await picture(`empty-${name}`, theme, empty(), { width, height: 360 });
      for (const label of ["Open examples", "Open walkthrough"]) {
        await panel.page.getByRole("button", { name: label, exact: true }).click();
      }
      assert.deepEqual(
        (await panel.posted("command")).map(({ command }) => command),
        ["openExamples", "openWalkthrough"],
      );
      await panel.close();
    });
  }

  it("is usable at 380 pixels: one section below the other, nothing beyond the edge", async () => {
    const panel = await picture("narrow", "vscode-dark", view(128, { cursor: 121, notice, result }), {
      width: 380,
      height: 1_100,
    });
    assert.equal(await panel.page.evaluate("document.querySelector('.app').scrollWidth"), 380);
    for (const column of ["time", "steps", "last"])
      assert.equal(await panel.page.locator(`.grid .${column} >> visible=true`).count(), 0);
    const [list, detail] = [
      await panel.page.locator(".switches").boundingBox(),
      await panel.page.locator(".detail").boundingBox(),
    ];
    assert.ok(list && detail && detail.y >= list.y + list.height);
    await panel.close();
  });

  it("shows sections side by side from 560 pixels on", async () => {
    const panel = await picture("medium", "vscode-dark", view(128), { width: 560, height: 720 });
    const [list, detail] = [
      await panel.page.locator(".switches").boundingBox(),
      await panel.page.locator(".detail").boundingBox(),
    ];
    assert.ok(list && detail && detail.x >= list.x + list.width && detail.y === list.y);
    await panel.close();
  });

  it("has no animations if the user prefers reduced motion", async () => {
    const loading = { ...empty(), status: "loading" as const, file: "counter.ts" };
    const panel = await picture("loading", "vscode-dark vscode-reduce-motion", loading, { width: 720, height: 200 });
    assert.equal(await panel.page.evaluate("getComputedStyle(document.querySelector('.progress')).animationName"), "none");
    await panel.close();
  });
});
