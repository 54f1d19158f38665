// When a test fails: keeps what the window looked like, in out/pictures/failed, and skips the rest of its suite, whose
// tests go on where the one before them stopped.
import path from "node:path";
import { root } from "../../vscode/run";
import { lastOpened } from "./opened";

beforeEach("skip what builds on a failure", function () {
  const tests = this.currentTest?.parent?.tests ?? [];
  if (tests.some(({ state }) => state === "failed")) this.skip();
});

afterEach("a picture of what failed", async function () {
  const { currentTest } = this;
  if (currentTest?.state !== "failed") return;
  await lastOpened()?.workbench.screenshot(path.join(root, "out", "pictures", "failed", `${currentTest.fullTitle()}.png`));
});
