// Keeps what the window looked like when a test failed: out/pictures/failed.
import path from "node:path";
import { root } from "../../vscode/run";
import { lastOpened } from "./opened";

afterEach("a picture of what failed", async function () {
  const { currentTest } = this;
  if (currentTest?.state !== "failed") return;
  await lastOpened()?.workbench.screenshot(path.join(root, "out", "pictures", "failed", `${currentTest.fullTitle()}.png`));
});
