/**
 * Screenshots of the section Orders, to be looked at in `out/pictures`: four kinds of theme and the narrow panel.
 */
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { answerRows, Panel } from "../browser";
import { looks } from "../looks";
import { searching } from "./searches";

describe("screenshots of exploring", () => {
  before(async () => {
    await mkdir("out/pictures", { recursive: true });
  });

  for (const [name, theme, width] of looks()) {
    it(`shows outcomes in ${name}`, async () => {
      const panel = await Panel.open({ width, height: 1_200 });
      panel.answer = answerRows(128);
      await panel.theme(theme);
      await panel.say({ type: "view", view: searching() });
      for (const status of ["searching", "over"] as const) {
        await panel.say({ type: "view", view: searching({ status }) });
        const section = panel.page.getByRole("region", { name: "Orders", exact: true });
        await section.screenshot({ path: `out/pictures/orders-${name}-${status}.png` });
      }
      for (const recorded of ["file", "reload"] as const) {
        const found = { strategy: "exhaustive", more: 3, ...(recorded === "reload" ? { restored: true as const } : {}) };
        await panel.say({ type: "view", view: searching(found, { status: "stopped", recorded }) });
        const section = panel.page.getByRole("region", { name: "Orders", exact: true });
        await section.screenshot({ path: `out/pictures/orders-${name}-${recorded}.png` });
      }
      assert.equal(await panel.page.evaluate("document.querySelector('.app').scrollWidth"), width);
      assert.deepEqual(panel.complaints, []);
      await panel.close();
    });
  }
});
