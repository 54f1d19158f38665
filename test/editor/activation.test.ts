import assert from "node:assert/strict";
import path from "node:path";
import * as vscode from "vscode";
import { loadedAtStart } from "../../build/packaged";
import { cleared, example, extension, shown } from "./host";

/** Read before any test runs: another one's `activate` must not hide that the extension was asleep. */
const wasActive = extension().isActive;

describe("activation", () => {
  after(cleared);

  it("waits for a file of a language that has tasks", async () => {
    assert.equal(wasActive, false);
    await shown("notes.md", "# Nothing to run\n");
    assert.equal(extension().isActive, false);
    await shown(example);
    await active();
    const others = bundlesLoaded().filter((bundle) => bundle !== "finder.js"); // which comes with the first lens, now or soon
    assert.deepEqual(others, loadedAtStart);
  });

  it("is asked for by languages alone, and by a panel to restore", () => {
    const events: string[] = extension().packageJSON.activationEvents;
    const others = events.filter((event) => !event.startsWith("onLanguage:"));
    assert.deepEqual(
      others.filter((event) => event !== "onWebviewPanel:yieldpoint.panel"),
      [],
    );
  });
});

/** The extension's bundles in this process. */
function bundlesLoaded(): string[] {
  const dist = path.join(extension().extensionPath, "dist");
  const files = Object.keys(require.cache).filter((file) => path.dirname(file) === dist);
  return files.map((file) => path.basename(file)).sort();
}

/** There is no event for it, so each look at the lenses, which makes VS Code ask the extension, is a look at this. */
async function active(): Promise<void> {
  const uri = vscode.window.activeTextEditor?.document.uri;
  while (!extension().isActive) await vscode.commands.executeCommand("vscode.executeCodeLensProvider", uri);
}
