// Starts that fail, and runs while the panel is closed: in the panel and in the status bar, with screenshots of both.
import assert from "node:assert/strict";
import path from "node:path";
import type { Locator } from "playwright-core";
import type { ThemeKind } from "../../../vscode/drive";
import { root } from "../../../vscode/run";
import { type Opened, openExtension } from "../opened";

const numbers = `export function* upTo(limit: number) {
  for (let n = 1; n <= limit; n += 1) yield n;
}

export function* forever() {
  while (true) yield;
}
`;

/** Beside an editor of the same width, the panel is about 380 pixels wide in the second size. */
const sizes = { "": { width: 1280, height: 800 }, "narrow-": { width: 808, height: 800 } };

describe("a start", function () {
  this.timeout(180_000);
  let opened: Opened;

  before(async () => {
    opened = await openExtension({ files: { "numbers.ts": numbers } });
    const { workbench } = opened;
    await workbench.openFile("numbers.ts");
    await workbench.runCommand("View: Toggle Primary Side Bar Visibility");
  });

  after(() => opened?.close());

  it("with a wrong call is reported in the panel if there is no session yet, and the call can be edited", async () => {
    const { workbench } = opened;
    await workbench.clickLens("Run as cooperative task", 0);
    await workbench.answerInputBox("upTo(nobody)");
    const panel = await opened.panel();
    await panel.notice(/Could not start upTo\(nobody\): ReferenceError: nobody is not defined/);
    await take("start-failed");
    await panel.wayOut("Edit the call").click();
    assert.equal(await workbench.selectedInput(), "nobody");
    await workbench.answerInputBox("upTo(3)");
    await panel.showsStep(0, "paused");
    assert.equal(await panel.frame.locator(".notice").count(), 0);
  });

  it("with a wrong call leaves the current session unchanged", async () => {
    const { workbench } = opened;
    const panel = await opened.panel();
    await panel.button("Step").click();
    await panel.showsStep(1, "paused");
    await workbench.lens("Add to session").nth(1).waitFor(); // the lenses that stood before the session are being replaced
    await workbench.clickLens("Run as cooperative task", 0);
    await workbench.answerInputBox("upTo"); // before the list for this text is drawn
    await panel.notice(/Could not start upTo: .*The current session is unchanged/);
    await take("start-failed-beside");
    await panel.button("Step").click();
    await panel.showsStep(2, "paused");
    await panel.wayOut("Dismiss").click();
    await panel.frame.locator(".notice").waitFor({ state: "detached" });
  });

  it("with a double click is a single start without an error; the previous trace can be shown", async () => {
    const { workbench } = opened;
    await workbench.lens("Run as cooperative task").nth(1).dblclick();
    const panel = await opened.panel();
    await panel.shows(/Before step 1.*forever/);
    assert.equal(await workbench.page.locator(".notification-list-item").count(), 0);
    await take("replaced");
    await panel.frame.getByRole("button", { name: "Show last session" }).click();
    await workbench.tab(".yieldtrace").waitFor();
    await workbench.closeTab(".yieldtrace");
  });

  it("is paused when its panel is closed, and can be continued and stopped in the status bar", async () => {
    const { workbench } = opened;
    const panel = await opened.panel();
    await panel.button("Run").click();
    await panel.button("Pause").waitFor();
    await workbench.closeTab("Cooperative Tasks");
    await workbench.statusItem("Tasks: paused, step").waitFor();
    await take("closed");
    await item("Continue the cooperative tasks").click();
    await workbench.statusItem("Tasks: running, step").waitFor();
    await take("running-unseen");
    await item("Pause the cooperative tasks").click();
    await workbench.statusItem("Tasks: paused, step").click();
    await (await opened.panel()).button("Run").waitFor();
    await item("Stop the cooperative tasks").waitFor({ state: "hidden" });
  });

  function item(name: string): Locator {
    return opened.workbench.page.locator(".statusbar").getByRole("button", { name, exact: true });
  }

  async function take(moment: string): Promise<void> {
    const { workbench } = opened;
    for (const kind of ["light", "dark"] as const satisfies readonly ThemeKind[]) {
      await workbench.setTheme(kind);
      for (const [prefix, size] of Object.entries(sizes)) {
        await workbench.page.setViewportSize(size);
        await workbench.screenshot(path.join(root, "out", "pictures", `${prefix}${kind}-${moment}.png`));
      }
    }
    await workbench.page.setViewportSize(sizes[""]);
  }
});
