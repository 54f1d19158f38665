/**
 * Screenshots of the graph of states, to be looked at in `out/pictures`: four kinds of theme and the narrow panel.
 */
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import type { ShownStates } from "../../../src/protocol/exploration";
import { answerRows, Panel } from "../browser";
import { looks } from "../looks";
import { searching } from "./searches";
import { deposits, looping, threeTasks } from "./stateGraphs";

const graphs = { deposits, threeTasks, looping };

describe("screenshots of the graph of states", () => {
  before(async () => {
    await mkdir("out/pictures", { recursive: true });
  });

  for (const [name, theme, width] of looks()) {
    it(`shows states in ${name}`, async () => {
      const panel = await Panel.open({ width, height: 1_600 });
      let graph: ShownStates = deposits;
      const rows = answerRows(128);
      panel.answer = (message) => (message.type === "states" ? { type: "states", id: message.id, graph } : rows(message));
      await panel.theme(theme);
      const show = (status: "offered" | "made") =>
        panel.say({ type: "view", view: searching({ graph: { status, done: 20, of: 20 } }) });
      const part = panel.page.getByRole("region", { name: "States", exact: true });
      await show("offered");
      await part.getByRole("button", { name: "States", exact: true }).click();
      for (const [program, drawn] of Object.entries(graphs)) {
        graph = drawn;
        await show("offered");
        await show("made");
        await part.getByRole("button", { name: /^Before the first step/ }).focus();
        await panel.press("ArrowDown");
        await part.screenshot({ path: `out/pictures/states-${name}-${program}.png` });
      }
      await part.getByRole("button", { name: "as a table" }).click();
      await part.screenshot({ path: `out/pictures/states-${name}-table.png` });
      assert.equal(await panel.page.evaluate("document.querySelector('.app').scrollWidth"), width);
      assert.deepEqual(panel.complaints, []);
      await panel.close();
    });
  }
});
