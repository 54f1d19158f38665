import assert from "node:assert/strict";
import path from "node:path";
import * as vscode from "vscode";
import { loadedAtStart } from "../../build/packaged";
import { cleared, example, extension, settingOf, shown } from "./host";

/** Read before any test runs, because the `activate` of another test would hide whether the extension was inactive. */
const wasActive = extension().isActive;

describe("activation", () => {
  after(cleared);

  it("waits for a file of a language that has tasks", async () => {
    assert.equal(wasActive, false);
    await shown("notes.md", "# Nothing to run\n");
    assert.equal(extension().isActive, false);
    // Lenses load more, and a runner is started for the file that shows them.
    const shownAgain = await settingOf("codeLens.enabled", false);
    await shown(example);
    await active();
    assert.deepEqual(bundlesLoaded(), loadedAtStart);
    await shownAgain();
  });

  it("is triggered only by languages that have tasks, by setups in the folder, and by a panel to restore", () => {
    const languages = ["javascript", "javascriptreact", "typescript", "typescriptreact", "python"];
    assert.deepEqual(extension().packageJSON.activationEvents, [
      ...languages.map((language) => `onLanguage:${language}`),
      "workspaceContains:.vscode/yieldpoint.json",
      "onWebviewPanel:yieldpoint.panel",
    ]);
  });
});

/** The extension's bundles that are loaded in this process. */
function bundlesLoaded(): string[] {
  const dist = path.join(extension().extensionPath, "dist");
  const files = Object.keys(require.cache).filter((file) => path.dirname(file) === dist);
  return files.map((file) => path.basename(file)).sort();
}

/** Resolves when the extension is active. There is no event for that, so each request for lenses, which activates it, checks again. */
async function active(): Promise<void> {
  const uri = vscode.window.activeTextEditor?.document.uri;
  while (!extension().isActive) await vscode.commands.executeCommand("vscode.executeCodeLensProvider", uri);
}
