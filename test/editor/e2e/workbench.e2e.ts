import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { examples } from "../../vscode/workspace";
import { type Opened, openCommon } from "./opened";

const file = "hog.ts";

describe("the served workbench", function () {
  this.timeout(120_000);
  let opened: Opened;

  before(async () => {
    opened = await openCommon();
  });

  after(() => opened?.leave());

  it("shows the text of a file of the workspace", async () => {
    const { workbench } = opened;
    await workbench.openFile(file);
    const firstLine = await workbench.editor().locator(".view-line").first().textContent();
    assert.equal(firstLine?.replaceAll("\u00a0", " "), readFileSync(path.join(examples, file), "utf8").split("\n")[0]);
  });

  it("switches to each kind of theme", async () => {
    const { workbench } = opened;
    await workbench.setTheme("light");
    await workbench.setTheme("highContrast");
    await workbench.setTheme("dark");
  });
});
