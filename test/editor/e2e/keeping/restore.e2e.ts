// What the panel shows after it was hidden, closed, or reloaded with the window.
import assert from "node:assert/strict";
import { type Opened, openExtension } from "../opened";
import { example, seededExample } from "../seeded";

describe("restoring the panel", function () {
  this.timeout(180_000);
  let opened: Opened;

  before(async () => {
    opened = await openExtension({ files: { ...seededExample(), "notes.md": "# Notes\n" } });
    const { workbench } = opened;
    await workbench.openFile(example);
    await workbench.clickLens("Run as cooperative task", 0);
    const panel = await opened.panel();
    await panel.showsStep(0, "paused");
    await workbench.clickLens("Add to session", 1);
    await workbench.answerInputBox("bogosort([3, 1, 2, 5, 4])");
    await panel.showsTasks(2);
    for (let step = 1; step <= 3; step += 1) {
      await panel.button("Step").click();
      await panel.showsStep(step, "paused");
    }
  });

  after(() => opened?.close());

  it("shows what happened while another tab covered it", async () => {
    const { workbench } = opened;
    await workbench.openFile("notes.md");
    await workbench.runCommand("Cooperative Tasks: Step");
    await workbench.statusItem("step 4").waitFor();
    await workbench.tab("Cooperative Tasks").click();
    const panel = await opened.panel();
    assert.match(await panel.showsStep(4, "paused"), /bogosort yielded undefined → next counter/);
    for (const step of [1, 2, 3, 4]) await panel.switchOf(step).waitFor();
  });

  it("is reopened with the status bar item after it was closed", async () => {
    const { workbench } = opened;
    await workbench.closeTab("Cooperative Tasks");
    await workbench.statusItem("step 4").click();
    const panel = await opened.panel();
    await panel.showsStep(4, "paused");
    assert.equal((await panel.tasks()).length, 2);
    await panel.button("Step").click();
    await panel.showsStep(5, "paused");
  });

  it("shows the last steps after the window was reloaded, and runs the same tasks again", async () => {
    const { workbench } = opened;
    await workbench.openFile(example);
    await workbench.reload();
    const panel = await opened.panel();
    assert.match(await panel.showsStep(5, "stopped"), /counter yielded undefined/);
    await panel.notice(/The window was reloaded, and the process of this session ended with it/);
    for (const step of [1, 2, 3, 4, 5]) await panel.switchOf(step).getByText("yielded").waitFor();
    await workbench.showsMarks(["yield; | ● counter: undefined", "yield; | ● bogosort: undefined"]);
    await panel.switchOf(1).click();
    await panel.showsStep(1, "stopped");
    await workbench.showsMarks([
      "yield; | ● counter: undefined",
      "export function* bogosort(unsorted: number[]): Generator<undefined, number[]> { | ▶ bogosort: not started",
    ]);
    await panel.wayOut("Restart").click();
    await panel.showsStep(0, "paused");
    await panel.showsTasks(2);
    await panel.button("Step").click();
    assert.match(await panel.showsStep(1, "paused"), /counter yielded undefined → next bogosort/);
  });

  it("is restored with no other file open", async () => {
    const { workbench } = opened;
    await workbench.closeTab(example);
    await workbench.closeTab("notes.md");
    await workbench.reload();
    const panel = await opened.panel();
    await panel.notice(/The window was reloaded/);
    assert.equal(await workbench.groups().locator(".tab").count(), 1);
  });
});
