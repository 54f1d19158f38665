// The panel's keybindings, which apply only while the panel has the focus.
import assert from "node:assert/strict";
import { type Opened, openExtension } from "../opened";
import type { PanelPage } from "../panelPage";

const walk = "export function* walk() {\n  for (let place = 1; place <= 4; place += 1) yield place;\n  return 'home';\n}\n";

describe("the keyboard", function () {
  this.timeout(120_000);
  let opened: Opened;
  let panel: PanelPage;

  before(async () => {
    opened = await openExtension({ files: { "walk.ts": walk, "notes.ts": "export const notes = 1;\n" } });
    await opened.workbench.openFile("walk.ts");
    await opened.workbench.clickLens("Run as cooperative task");
    panel = await opened.panel();
    await panel.showsStep(0, "paused");
  });

  after(() => opened?.close());

  it("steps with Enter on the button, then with F10 anywhere in the panel", async () => {
    await press("Control+2");
    await panel.button("Step").focus();
    await press("Enter");
    // The host received the focus message before this step, so the panel's keybindings apply from here on.
    await panel.showsStep(1, "paused");
    await press("F10");
    assert.match(await panel.showsStep(2, "paused"), /walk yielded 2/);
  });

  it("goes back with Shift+F10, and to live with Escape", async () => {
    await press("Shift+F10");
    assert.match(await panel.showsStep(1, "paused"), /Step 1 of 2/);
    assert.equal(await opened.workbench.page.locator(".monaco-menu").count(), 0, "no menu opens with it");
    await press("Escape");
    assert.match(await panel.showsStep(2, "paused"), /live$/);
  });

  it("goes back to live with Escape from a field, a heading and a value, once the find bar is closed", async () => {
    const places = [
      panel.frame.getByLabel("Expression to watch"),
      panel.frame.getByRole("button", { name: "Breakpoints", exact: true }),
      panel.frame.getByRole("treeitem").first(),
    ];
    for (const place of places) {
      await press("Shift+F10");
      await panel.showsStep(1, "paused");
      await place.focus();
      await press("Escape");
      assert.match(await panel.showsStep(2, "paused"), /live$/);
    }
    await press("Shift+F10");
    await panel.showsStep(1, "paused");
    await press("Control+f");
    await panel.frame.getByRole("searchbox", { name: "Text in value or output" }).waitFor();
    await press("Escape");
    await panel.frame.getByRole("search").waitFor({ state: "detached" });
    assert.match(await panel.showsStep(1, "paused"), /Step 1 of 2/);
    await press("Escape");
    assert.match(await panel.showsStep(2, "paused"), /live$/);
  });

  it("steps with F10 in the source of a task, too", async () => {
    await opened.workbench.focusFirstGroup();
    await press("F10");
    await panel.showsStep(3, "paused");
    await press("F10");
    assert.match(await panel.showsStep(4, "paused"), /walk yielded 4/);
  });

  it("leaves F10 alone in other files", async () => {
    await opened.workbench.openFile("notes.ts");
    await press("F10");
    // If F10 had made a step, this would be the sixth.
    await opened.workbench.runCommand("Cooperative Tasks: Step Back");
    assert.match(await panel.showsStep(3, "paused"), /Step 3 of 4/);
    await opened.workbench.runCommand("Cooperative Tasks: Back to the Last Step");
    await panel.showsStep(4, "paused");
  });

  it("runs with F5 in the panel", async () => {
    await press("Control+2");
    await panel.list().focus();
    await press("Home");
    await panel.showsStep(1, "paused");
    await press("End");
    await panel.showsStep(4, "paused");
    await press("F5");
    assert.match(await panel.showsStep(5, "finished"), /walk returned "home"/);
  });

  it("reaches every toolbar button with the arrow keys, and moves through the list with them", async () => {
    await panel.button("Restart").focus();
    await press("Enter");
    await panel.showsStep(0, "paused");
    await panel.button("Step").focus();
    await press("Enter");
    await panel.showsStep(1, "paused");
    await press("ArrowRight");
    assert.equal(await panel.focused(), "Run");
    await panel.list().focus();
    await press("ArrowUp");
    assert.match(await panel.showsStep(1, "paused"), /live$/);
  });

  const press = (key: string) => opened.workbench.page.keyboard.press(key);
});
