import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { openWorkbench, type Workbench } from "../../vscode/drive";
import { obtainServedVSCode } from "../../vscode/obtain";
import { type Served, serve } from "../../vscode/serve";
import { removeFolder, temporaryFolder } from "../../vscode/workspace";

describe("the served workbench", function () {
  this.timeout(120_000);
  let served: Served;
  let workbench: Workbench;
  let folder: string;
  let userDataDir: string;

  before(async function () {
    // Installing VS Code for the first time takes minutes.
    this.timeout(900_000);
    folder = await temporaryFolder();
    userDataDir = await temporaryFolder();
    await writeFile(path.join(folder, "numbers.ts"), "export function* numbers() {\n  yield 1;\n}\n");
    served = await serve({ vscode: await obtainServedVSCode(), userDataDir });
    workbench = await openWorkbench({ served, folder });
  });

  after(async () => {
    await workbench?.close();
    await served?.stop();
    await Promise.all([folder, userDataDir].map(removeFolder));
  });

  it("shows the text of a file of the workspace", async () => {
    await workbench.openFile("numbers.ts");
    const firstLine = await workbench.editor().locator(".view-line").first().textContent();
    assert.equal(firstLine?.replaceAll("\u00a0", " "), "export function* numbers() {");
  });

  it("switches to each kind of theme", async () => {
    await workbench.setTheme("light");
    await workbench.setTheme("highContrast");
    await workbench.setTheme("dark");
  });
});
