import assert from "node:assert/strict";
import { type Opened, openExtension } from "./opened";

describe("the served workbench", function () {
  this.timeout(120_000);
  let opened: Opened;

  before(async () => {
    opened = await openExtension({ files: { "numbers.ts": "export function* numbers() {\n  yield 1;\n}\n" } });
  });

  after(() => opened?.close());

  it("shows the text of a file of the workspace", async () => {
    const { workbench } = opened;
    await workbench.openFile("numbers.ts");
    const firstLine = await workbench.editor().locator(".view-line").first().textContent();
    assert.equal(firstLine?.replaceAll("\u00a0", " "), "export function* numbers() {");
  });

  it("switches to each kind of theme", async () => {
    const { workbench } = opened;
    await workbench.setTheme("light");
    await workbench.setTheme("highContrast");
    await workbench.setTheme("dark");
  });
});
