/**
 * What the tooltips of the toolbar say: the key is found where the hand is.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { answerRows, Panel } from "./browser";
import { view } from "./recorded";

interface Binding {
  readonly command: string;
  readonly key: string;
}

const { contributes } = JSON.parse(readFileSync("package.json", "utf8"));
const bound = new Map((contributes.keybindings as Binding[]).map(({ command, key }) => [command, key]));

/** The commands of the buttons, by their names. */
const buttons = {
  Restart: "restart",
  "Step back": "stepBack",
  Step: "step",
  Run: "run",
  Pause: "pause",
  Stop: "stop",
  "Add task": "addTask",
  "Save trace": "saveTrace",
  "Export trace": "exportTrace",
};

describe("the tooltips of the toolbar", () => {
  for (const status of ["paused", "running"] as const) {
    it(`name the key of every button that has one, and say what is not plain, while ${status}`, async () => {
      const panel = await Panel.open();
      panel.answer = answerRows(128);
      await panel.say({ type: "view", view: view(128, { status }) });
      const found = await panel.page.getByRole("toolbar", { name: "Run" }).getByRole("button").all();
      for (const button of found) {
        const title = (await button.getAttribute("title")) ?? "";
        const name = (await button.getAttribute("aria-label")) ?? (await button.textContent()) ?? "";
        if (name.startsWith("More ways")) continue;
        const key = bound.get(`yieldpoint.${buttons[name as keyof typeof buttons]}`);
        const inTitle = /^[^(:]+ \((?<key>[^)]+)\): /.exec(title)?.groups?.key;
        assert.equal(inTitle?.toLowerCase(), key, title);
        assert.ok(title.startsWith(name) && title.length > name.length + 10, title);
      }
      const names = found.length;
      assert.ok(names >= 10, `${names} buttons`);
      await panel.close();
    });
  }
});
