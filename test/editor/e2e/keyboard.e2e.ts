// The panel's keys, which hold while the panel has the focus and at no other time.
import assert from "node:assert/strict";
import { type Opened, openExtension } from "./opened";
import type { PanelPage } from "./panelPage";

const walk = "export function* walk() {\n  for (let place = 1; place <= 4; place += 1) yield place;\n  return 'home';\n}\n";

describe("the keyboard", function () {
  this.timeout(120_000);
  let opened: Opened;
  let panel: PanelPage;

  before(async () => {
    opened = await openExtension({ files: { "walk.ts": walk } });
    await opened.workbench.openFile("walk.ts");
    await opened.workbench.clickLens("Run as cooperative task");
    panel = await opened.panel();
    await panel.showsStep(0, "paused");
  });

  after(() => opened?.close());

  it("steps by Enter on the button, then by F10 anywhere in the panel", async () => {
    await press("Control+2");
    await panel.button("Step").focus();
    await press("Enter");
    // The host heard of the focus before it heard of this step, so that the panel's keys hold from here on.
    await panel.showsStep(1, "paused");
    await press("F10");
    assert.match(await panel.showsStep(2, "paused"), /walk yielded 2/);
  });

  it("goes back by Shift+F10, and to live by Escape", async () => {
    await press("Shift+F10");
    assert.match(await panel.showsStep(1, "paused"), /step 1 of 2/);
    assert.equal(await opened.workbench.page.locator(".monaco-menu").count(), 0, "no menu opens with it");
    await press("Escape");
    assert.match(await panel.showsStep(2, "paused"), /live$/);
  });

  it("goes back to live by Escape from a field, a heading and a value, once the find bar is closed", async () => {
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
    assert.match(await panel.showsStep(1, "paused"), /step 1 of 2/);
    await press("Escape");
    assert.match(await panel.showsStep(2, "paused"), /live$/);
  });

  it("leaves the keys alone in the editor", async () => {
    await opened.workbench.focusFirstGroup();
    // Commands and the news of the focus arrive in order: at this step the host knows that the panel lost it.
    await opened.workbench.runCommand("Cooperative Tasks: Step");
    await panel.showsStep(3, "paused");
    await press("F10");
    // Had F10 been taken as a step, this one would be the fifth.
    await opened.workbench.runCommand("Cooperative Tasks: Step");
    assert.match(await panel.showsStep(4, "paused"), /walk yielded 4/);
  });

  it("runs by F5 in the panel", async () => {
    await press("Control+2");
    await panel.list().focus();
    await press("Home");
    await panel.showsStep(1, "paused");
    await press("End");
    await panel.showsStep(4, "paused");
    await press("F5");
    assert.match(await panel.showsStep(5, "finished"), /walk returned "home"/);
  });

  it("reaches every button of the toolbar by arrows, and steps by them in the list", async () => {
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
