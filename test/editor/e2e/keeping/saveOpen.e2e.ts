// A trace that is kept: across a reload of the window, and in a file that is opened again.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Opened, openExtension } from "../opened";
import type { PanelPage } from "../panelPage";
import { example, returnStep, seededExample } from "../seeded";

const trace = "counter-and-bogosort.yieldtrace";

describe("a trace that is kept", function () {
  this.timeout(240_000);
  let opened: Opened;

  before(async () => {
    opened = await openExtension({ files: seededExample(), size: { width: 1900, height: 1000 } });
    const { workbench } = opened;
    await workbench.openFile(example);
    await workbench.clickLens("Run as cooperative task", 0);
    const panel = await opened.panel();
    await panel.showsStep(0, "paused");
    await workbench.clickLens("Add to session", 1);
    await workbench.answerInputBox("bogosort([3, 1, 2, 5, 4])");
    await panel.showsTasks(2);
    await panel.button("Run").click();
    await panel.showsStep(returnStep, "paused");
  });

  after(() => opened?.close());

  it("is saved to a file, and opens unchanged and read-only", async () => {
    const { workbench } = opened;
    const session = await opened.panel();
    const tasks = await session.tasks();
    await session.button("Save trace").click();
    await workbench.inputBox().waitFor();
    await workbench.page.waitForFunction(`document.activeElement?.value?.endsWith("/${trace}")`);
    await workbench.answerInputBox();
    await openTrace(trace);
    await workbench.closeTab("Cooperative Tasks");
    const panel = await opened.panel();
    assert.match(await panel.showsStep(returnStep, "stopped"), /bogosort returned \[1, 2, 3, 4, 5\]/);
    assert.deepEqual(seen(await panel.tasks()), seen(tasks));
    await panel.frame.getByText("Recorded, read only").waitFor();
    await panel.frame.getByText("Policy: round-robin").waitFor();
    await panel.frame.getByText("next in the ring").first().waitFor();
    await panel.frame.getByRole("button", { name: "Schedule", exact: true }).click();
    await panel
      .region("Schedule of the run")
      .filter({ hasText: /^round-robin; "counter\(\)" "bogosort\(/ })
      .waitFor();
    await panel.frame.getByTitle("Copy the schedule", { exact: true }).click();
    await panel.frame.getByText(/^Copied: \d+ characters\.$/).waitFor();
    for (const name of ["Run", "Restart", "Stop"]) assert.equal(await panel.button(name).count(), 0, name);
    assert.equal(await panel.region("Breakpoints").count(), 0);
  });

  it("is exported: the user is asked for the format and the file, and can open the result", async () => {
    const { workbench } = opened;
    const panel = await opened.panel();
    await panel.button("Export trace").click();
    await workbench.inputBox().waitFor();
    await workbench.page.keyboard.press("Escape");
    await panel.button("Export trace").click();
    await workbench.choose("Text Table");
    await workbench.page.waitForFunction(`document.activeElement?.value?.endsWith("/counter-and-bogosort.txt")`);
    await workbench.answerInputBox();
    await workbench.answerNotification("The trace was exported to counter-and-bogosort.txt.", "Open");
    await workbench.page.locator(".view-line").filter({ hasText: "step" }).filter({ hasText: "bogosort" }).waitFor();
    assert.match(readFileSync(path.join(opened.folder, "counter-and-bogosort.txt"), "utf8"), /returned \[1, 2, 3, 4, 5\]/);
    await workbench.closeTab("counter-and-bogosort.txt");
  });

  it("is navigated with mouse and keys, while the session stays where it is", async () => {
    const { workbench } = opened;
    const panel = await opened.panel();
    await panel.switchOf(30).click();
    assert.match(await panel.showsStep(30, "stopped"), /bogosort yielded undefined/);
    await workbench.page.keyboard.press("Shift+F10");
    assert.match(await panel.showsStep(29, "stopped"), /counter yielded undefined/);
    await workbench.page.keyboard.press("Escape");
    await panel.showsStep(returnStep, "stopped");
    await workbench.statusItem(`paused, step ${returnStep}`).waitFor();
  });

  it("shows the source as it ran, after the file was changed", async () => {
    const { workbench } = opened;
    const file = path.join(opened.folder, example);
    const text = readFileSync(file, "utf8");
    writeFileSync(file, `// another first line\n${text}`);
    const panel = await opened.panel();
    await panel.frame.getByRole("grid", { name: "Tasks" }).getByRole("button", { name: "14:5" }).first().click();
    await workbench.page.locator(".editor-group-container.active .monaco-editor.focused").waitFor();
    await workbench.page.locator(".editor-group-container.active .view-line").filter({ hasText: "yield" }).first().waitFor();
    assert.equal(await workbench.page.getByText("another first line").count(), 0);
    writeFileSync(file, text);
    await workbench.closeActiveTab();
  });

  it("shows the undamaged part of a damaged file, and says what is missing", async () => {
    const bytes = readFileSync(path.join(opened.folder, trace));
    writeFileSync(path.join(opened.folder, "cut.yieldtrace"), bytes.subarray(0, bytes.length - 500));
    writeFileSync(path.join(opened.folder, "no.yieldtrace"), "no trace");
    await opened.workbench.closeTab(trace); // a panel is found by its content, so another one must not be open
    await openTrace("cut.yieldtrace");
    await (await opened.panel()).notice(
      /cut\.yieldtrace is damaged: steps 1 to 34 could not be read\. Everything else is shown\./,
    );
    await opened.workbench.closeTab("cut.yieldtrace");
    await openTrace("no.yieldtrace");
    await (await opened.panel()).notice(/no\.yieldtrace is not a Yieldpoint trace/);
    await opened.workbench.closeTab("no.yieldtrace");
  });

  it("is complete after the window was reloaded, however long it is", async () => {
    const { workbench } = opened;
    await workbench.statusItem("paused").click();
    const before = await opened.panel();
    await workbench.runCommand("Cooperative Tasks: Run N Steps…");
    await workbench.answerInputBox("200000");
    await before.shows(/Step 200,034.*· paused/s);
    await workbench.reload();
    const panel = await opened.panel();
    await panel.shows(/Step 200,034.*· stopped/s);
    await panel.notice(/The window was reloaded, .* Its trace can still be read\./);
    await panel.switchOf(returnStep + 200_000).click();
    await panel.takesKeys();
    await workbench.page.keyboard.press("Home");
    assert.match(await panel.showsStep(1, "stopped"), /counter yielded undefined → next bogosort/);
    await reload(panel);
  });

  /** Checks that the session can be reloaded again, and restarted. */
  async function reload(before: PanelPage): Promise<void> {
    await before.button("Step").click();
    await opened.workbench.reload();
    const panel = await opened.panel();
    await panel.shows(/Step 200,034.*· stopped/s);
    await panel.wayOut("Restart").click();
    await panel.showsStep(0, "paused");
    await panel.showsTasks(2);
  }

  async function openTrace(name: string): Promise<void> {
    const { workbench } = opened;
    await workbench.page.locator(".explorer-folders-view").getByText(name, { exact: true }).dblclick();
    await workbench.page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
  }
});

/** The text that a recording and its session have in common: only the session knows which task is next. */
function seen(tasks: Awaited<ReturnType<PanelPage["tasks"]>>): string[] {
  return tasks.map(({ task, state, at, value, steps }) => [task, state.replace(" · next", ""), at, value, steps].join(" | "));
}
