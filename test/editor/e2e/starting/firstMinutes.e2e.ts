// The first five minutes: the examples as files of the user, the walkthrough, and the next key.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { root } from "../../../vscode/run";
import { type Opened, openExtension } from "../opened";

const pictures = path.join(root, "out", "pictures");

describe("opening the examples", function () {
  this.timeout(180_000);
  let opened: Opened;
  let there: string;

  before(async () => {
    opened = await openExtension({ files: { "notes.md": "# Mine\n" }, empty: true });
    there = path.join(opened.folder, "yieldpoint-examples");
  });

  after(() => opened?.close());

  it("copies them below the chosen folder, and opens the first one in a window of its own", async () => {
    const { page } = opened.workbench;
    const [other] = await Promise.all([page.context().waitForEvent("page"), choose(opened.folder)]);
    await other.locator('.tab.active[data-resource-name="lost-update.ts"]').waitFor();
    await other.locator(".codelens-decoration a").filter({ hasText: "Run these tasks" }).waitFor();
    await other.goto("about:blank");
    await other.close();
    assert.ok(existsSync(path.join(there, ".vscode", "yieldpoint.json")));
  });

  it("asks before it replaces what was changed, and can be cancelled", async () => {
    const file = path.join(there, "lost-update.ts");
    await writeFile(file, "// mine\n");
    await rm(path.join(there, "hog.ts"));
    await choose(opened.folder);
    await opened.workbench.page.locator(".quick-input-list").filter({ hasText: "Keep My Files" }).waitFor();
    await opened.workbench.screenshot(path.join(pictures, "open-examples-asks.png"));
    await opened.workbench.page.keyboard.press("Escape");
    await opened.workbench.inputBox().waitFor({ state: "hidden" });
    assert.equal(existsSync(path.join(there, "hog.ts")), false, "nothing is copied");
    assert.equal(await readFile(file, "utf8"), "// mine\n");
  });

  const choose = async (folder: string) => {
    await opened.workbench.runCommand("Yieldpoint: Open Examples…");
    await opened.workbench.page.getByText("Where to copy the examples of Yieldpoint").waitFor();
    // VS Code's dialog begins with a folder of its own, also if another one was typed before that is listed.
    await opened.workbench.page.locator(".quick-input-list .monaco-list-row").first().waitFor();
    await opened.workbench.inputBox().fill(`${folder}/`);
    await opened.workbench.screenshot(path.join(pictures, "open-examples-dialog.png"));
    await opened.workbench.page.getByRole("button", { name: "Copy the Examples Here" }).click();
  };
});

describe("the first session", function () {
  this.timeout(180_000);
  let opened: Opened;

  before(async () => {
    opened = await openExtension();
  });

  after(() => opened?.close());

  it("takes F10 in the editor right after the lens, and later", async () => {
    const { workbench } = opened;
    await workbench.openFile("lost-update.ts");
    await workbench.clickLens("Run these tasks");
    const panel = await opened.panel();
    await panel.showsStep(0, "paused");
    await workbench.page.keyboard.press("F10");
    assert.match(await panel.showsStep(1, "paused"), /yielded "read 0"/);
    await workbench.page.keyboard.press("F10");
    await panel.showsStep(2, "paused");
  });

  it("keeps the panel where it is: a file opens in the other group, although the panel has the focus", async () => {
    const { workbench } = opened;
    const panel = await opened.panel();
    assert.equal(
      await workbench
        .groups()
        .nth(1)
        .evaluate((group) => group.classList.contains("locked")),
      true,
    );
    await panel.list().click();
    await panel.takesKeys();
    await workbench.openFile("hog.ts");
    assert.equal(await workbench.groups().first().locator(".tab.active").getAttribute("data-resource-name"), "hog.ts");
    assert.match(await panel.showsStep(2, "paused"), /live$/);
  });

  it("says beside an edit why the marks are gone, until it is undone", async () => {
    const { workbench } = opened;
    // Saving the edit would show a notice besides.
    await workbench.changeSettings({ "files.autoSave": "off" });
    await workbench.openFile("lost-update.ts");
    // biome-ignore lint/suspicious/noTemplateCurlyInString: text of the example
    const place = "yield `read ${read}`;";
    const before = [`${place} | ▶ deposit: "read 0"`, `${place} | ● deposit #2: "read 0"`];
    await workbench.showsMarks(before);
    await workbench.editor().locator(".view-line").filter({ hasText: "const read = account;" }).first().click();
    await workbench.page.keyboard.press("End");
    await workbench.page.keyboard.type("!");
    assert.match(await workbench.mark(/Edited/), /^const read = account;! \| Edited: the marks of the tasks are hidden until/);
    await workbench.screenshot(path.join(pictures, "edited.png"));
    await workbench.page.keyboard.press("Control+Z");
    await workbench.showsMarks(before);
  });
});

describe("the walkthrough", function () {
  this.timeout(180_000);
  let opened: Opened;

  before(async () => {
    opened = await openExtension();
  });

  after(() => opened?.close());

  it("has a page with a picture and a button for each first thing to do, which are ticked as they are done", async () => {
    const { workbench } = opened;
    await workbench.runCommand("Yieldpoint: Open Walkthrough");
    const page = workbench.page.locator(".gettingStartedContainer");
    const steps = page.locator("button.getting-started-step");
    await steps.nth(6).waitFor();
    const titles = await steps.locator(".step-title").allInnerTexts();
    assert.deepEqual(titles, [
      "Open the examples",
      "Click the lens",
      "Step",
      "Go back",
      "Change who runs next",
      "See the lost update",
      "Watch your own program",
    ]);
    await steps.nth(1).click();
    await workbench.screenshot(path.join(pictures, "walkthrough.png"));
    await page.getByRole("button", { name: "Run These Tasks" }).click();
    const panel = await opened.panel();
    await panel.showsStep(0, "paused");
    await panel.button("Step").click();
    await panel.showsStep(1, "paused");
    await workbench.tab("Welcome").click();
    for (const done of [1, 2]) await steps.nth(done).locator(".codicon-getting-started-step-checked").waitFor();
    await workbench.screenshot(path.join(pictures, "walkthrough-ticked.png"));
  });
});
