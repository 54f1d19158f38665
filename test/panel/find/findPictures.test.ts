/**
 * Screenshots of the find bar, filtering and the statistics in the four kinds of theme and in a narrow panel, to be looked at in
 * `out/pictures`.
 */
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { Panel } from "../browser";
import { looks } from "../looks";
import { view } from "../recorded";
import { Host } from "./found";

describe("screenshots of finding", () => {
  before(async () => {
    await mkdir("out/pictures", { recursive: true });
  });

  for (const [name, theme, width] of looks(820)) {
    it(`shows matches, selection and counts in ${name}`, async () => {
      const panel = await Panel.open({ width, height: 1_240 });
      panel.answer = new Host(1_000).answer;
      await panel.theme(theme);
      await panel.say({ type: "view", view: view(1_000, { cursor: 500 }) });
      await panel.page.getByRole("button", { name: "Statistics", exact: true }).click();
      await panel.page.getByRole("button", { name: "Run time", exact: true }).click();
      await panel.press("/");
      await panel.page.keyboard.type("elapsed");
      await panel.press("Enter");
      await panel.page.locator("#switch-501.current").waitFor();
      await panel.page.getByText("26 of 50", { exact: true }).waitFor();
      await panel.page.screenshot({ path: `out/pictures/find-${name}.png` });
      await panel.page.getByRole("button", { name: "List only what matches" }).click();
      await panel.page.getByRole("button", { name: /^Tasks:/ }).click();
      await panel.page.getByRole("checkbox", { name: "counter" }).check();
      await panel.page.locator("#switch-481 mark").waitFor();
      await panel.page.screenshot({ path: `out/pictures/filter-${name}.png` });
      assert.equal(await panel.page.evaluate("document.querySelector('.app').scrollWidth"), width);
      assert.deepEqual(panel.complaints, []);
      await panel.close();
    });
  }
});
