// The lanes of what a task delegates to: in a session, kept with the file, in an observed program and in a trace file. Pictures go to
// out/pictures.
import assert from "node:assert/strict";
import path from "node:path";
import { root } from "../../../vscode/run";
import { type Opened, openExtension } from "../opened";
import type { PanelPage } from "../panelPage";

const text = `def read(name):
    for page in range(3):
        yield f"page {page} of {name}"


def note(name):
    yield f"a note on {name}"


def study():
    for name in ["rivers", "seas"]:
        yield from read(name)
        yield from note(name)
        yield "a pause"


def clock():
    for hour in range(10):
        yield hour


if __name__ == "__main__":
    tasks = [study(), clock()]
    for turn in range(18):
        next(tasks[turn % 2])
`;

describe("the lanes of what a task delegates to", function () {
  this.timeout(180_000);
  let opened: Opened;
  let panel: PanelPage;

  before(async () => {
    opened = await openExtension({ files: { "study.py": text }, size: { width: 1440, height: 1000 } });
    const { workbench } = opened;
    await workbench.openFile("study.py");
    await workbench.runCommand("View: Toggle Primary Side Bar Visibility");
  });

  after(() => opened?.close());

  const lanes = () => panel.frame.getByRole("listbox", { name: "Lanes" }).getByRole("option");
  const shows = (name: string) => panel.frame.getByRole("option", { name, exact: true }).waitFor();

  it("are shown from the menu of the task", async () => {
    const { workbench } = opened;
    await workbench.clickLens("Run as cooperative task", 2);
    panel = await opened.panel();
    await panel.showsStep(0, "paused");
    await workbench.clickLens("Add to session", 3);
    await panel.showsTasks(2);
    for (let step = 1; step <= 18; step += 1) {
      await panel.button("Step").click();
      await panel.showsStep(step, "paused");
    }
    await panel.region("Tasks").getByRole("button", { name: "More for study", exact: true }).click();
    await panel.frame.getByRole("menuitem", { name: "Show lanes of what study delegates to" }).click();
    await shows("study in note");
    assert.deepEqual(await lanes().allInnerTexts(), ["study", "read", "note", "clock"]);
    for (const kind of ["light", "dark"] as const) {
      await workbench.setTheme(kind);
      panel = await opened.panel();
      await panel.wears(kind);
      await shows("study in note");
      await workbench.screenshot(path.join(root, "out", "pictures", `lanes-below-${kind}.png`));
    }
  });

  it("are kept with the file, for other sessions of it and for what a reload of the window leaves", async () => {
    const { workbench } = opened;
    await workbench.runCommand("View: Toggle Primary Side Bar Visibility");
    await workbench.reload();
    panel = await opened.panel();
    await panel.showsStep(18, "stopped");
    await shows("study in read");
    await workbench.focusFirstGroup();
    await workbench.openFile("study.py");
    await workbench.lens("Step this program's context switches").first().waitFor();
    await workbench.clickLens("Step this program's context switches", 0);
    panel = await opened.panel();
    await panel.shows(/^Before step 1/);
    await panel.button("Run").click();
    await panel.shows(/· finished/);
    await shows("study in note");
    await workbench.screenshot(path.join(root, "out", "pictures", "lanes-below-observed.png"));
  });

  it("are hidden by keyboard", async () => {
    await panel.frame.getByRole("listbox", { name: "Lanes" }).focus();
    await panel.frame.page().keyboard.press("d");
    await panel.frame.getByRole("option", { name: "study in note", exact: true }).waitFor({ state: "detached" });
    assert.deepEqual(await lanes().allInnerTexts(), ["study", "clock"]);
  });
});
