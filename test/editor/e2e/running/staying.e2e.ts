// Staying with one task in the real editor: keys on its row, the palette, the menu, and what is said where the run rests before.
import assert from "node:assert/strict";
import path from "node:path";
import { root } from "../../../vscode/run";
import { type Opened, openExtension } from "../opened";
import type { PanelPage } from "../panelPage";

const file = "hikers.ts";
const program = `export function* walker(places: number) {
  for (let place = 1; place <= places; place += 1) yield place;
  return "home";
}

export function* clock() {
  for (let tick = 1; ; tick += 1) yield tick;
}

// @tasks walker(3) clock() walker(2)
`;

describe("staying with one task", function () {
  this.timeout(120_000);
  let opened: Opened;

  before(async () => {
    opened = await openExtension({ files: { [file]: program }, size: { width: 1400, height: 1000 } });
  });

  after(() => opened?.close());

  for (const kind of ["light", "dark"] as const) {
    describe(kind, () => {
      let panel: PanelPage;

      before(async () => {
        await opened.workbench.setTheme(kind);
        panel = await opened.begin(file, "Run these tasks");
      });

      after(() => opened.workbench.closeTab("Cooperative Tasks"));

      const press = (key: string) => opened.workbench.page.keyboard.press(key);
      const row = (name: string) => panel.frame.getByRole("grid", { name: "Tasks" }).getByRole("row").filter({ hasText: name });
      const picture = (name: string) =>
        opened.workbench.screenshot(path.join(root, "out", "pictures", `staying-${name}-${kind}.png`));

      it("steps the task of the selected row with F11, while the others take their turns", async () => {
        // The host received the focus message before this step, so the panel's keybindings apply from here on.
        await press("Control+2");
        await panel.button("Step").focus();
        await press("Enter");
        await panel.showsStep(1, "paused");
        await row("clock").focus();
        await press("F11");
        assert.match(await panel.showsStep(2, "paused"), /clock yielded 1/);
        await press("F11");
        assert.match(await panel.showsStep(5, "paused"), /clock yielded 2/);
        await picture("stepped");
      });

      it("is in the menu of a task, which says why it is refused", async () => {
        await row("walker(3)")
          .getByRole("button", { name: /^More for walker$/ })
          .click();
        await panel.frame.getByRole("menuitem", { name: /^Run this task to its end/ }).waitFor();
        await picture("menu");
        await press("Escape");
      });

      it("says which other reason came first, and goes on to the end with Shift+F11", async () => {
        await row("walker(3)").focus();
        await press("Shift+F11");
        assert.match(
          await panel.notice(/walker has not ended yet/),
          /another task has returned first\..*Do it again to go on\./s,
        );
        await picture("rests");
        await press("Shift+F11");
        assert.match(await panel.showsStep(10, "paused"), /walker returned "home"/);
      });

      it("says for which task it runs, and is paused", async () => {
        await row("clock").focus();
        await press("Shift+F11");
        await panel.shows(/running until clock has ended/);
        await picture("running");
        await panel.button("Pause").click();
        await panel.shows(/· paused/);
      });

      it("is about the selected row from the palette, too", async () => {
        await panel.button("Restart").click();
        await panel.showsStep(0, "paused");
        await row("walker(2)").focus();
        await opened.workbench.runCommand("Cooperative Tasks: Step This Task");
        assert.match(await panel.showsStep(3, "paused"), /walker #2 yielded 1/);
      });
    });
  }
});
