import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import * as vscode from "vscode";
import { Recording } from "../../src/session/openedRecording";
import { rowsOf } from "../../src/session/view/view";
import { begun, cleared, command, extension, folder, viewAt } from "./host";

const text = "export function* counts() {\n  yield 1;\n  yield 2;\n  return 'over';\n}\n";

describe("a trace file", () => {
  before(() => extension().activate());
  afterEach(cleared);

  it("is saved from a session, with its steps and the source text that ran", async () => {
    const file = await saved("whole.yieldtrace");
    const recording = new Recording(file.fsPath, "file");
    assert.deepEqual(
      rowsOf(recording, 1, 10).map(({ value }) => value),
      ["1", "2", '"over"'],
    );
    assert.deepEqual([...recording.run.sources.all.values()], [text]);
    recording.close();
  });

  it("opens in its own editor, whose commands do not affect the session", async () => {
    const file = await saved("open.yieldtrace");
    await opened(file);
    await vscode.commands.executeCommand("yieldpoint.stepBack");
    const { view } = await extension().activate();
    assert.deepEqual([view?.cursor, view?.head], [3, 3]);
    await vscode.env.clipboard.writeText("");
    await vscode.commands.executeCommand("yieldpoint.copySchedule");
    assert.equal(await vscode.env.clipboard.readText(), 'round-robin; "counts()"; 0*3');
    await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
    await vscode.commands.executeCommand("yieldpoint.stepBack");
    assert.equal((await extension().activate()).view?.cursor, 2);
  });

  it("opens even if there is nothing to show", async () => {
    const file = vscode.Uri.file(path.join(folder(), "broken.yieldtrace"));
    await writeFile(file.fsPath, "no trace");
    await opened(file);
  });

  it("provides source texts that are no longer on disk", async () => {
    const file = await saved("source.yieldtrace");
    const source = path.join(folder(), "counts.ts");
    const query = new URLSearchParams({ trace: file.fsPath, file: source }).toString();
    const uri = vscode.Uri.from({ scheme: "yieldpoint-source", path: "/counts.ts", query });
    const document = await vscode.workspace.openTextDocument(uri);
    assert.equal(document.getText(), text);
    assert.equal(document.languageId, "typescript");
  });
});

/** Runs three steps, and saves their trace. */
async function saved(name: string): Promise<vscode.Uri> {
  await begun("counts.ts", "counts", text);
  command("run");
  await viewAt(3, "finished");
  const file = vscode.Uri.file(path.join(folder(), name));
  await vscode.commands.executeCommand("yieldpoint.saveTrace", file);
  return file;
}

/** Opens a file as a user does, and waits for its tab. */
async function opened(file: vscode.Uri): Promise<void> {
  await vscode.commands.executeCommand("vscode.open", file);
  const { activeTab } = vscode.window.tabGroups.activeTabGroup;
  assert.ok(activeTab?.input instanceof vscode.TabInputCustom);
  assert.equal(activeTab.input.viewType, "yieldpoint.trace");
  assert.equal(activeTab.input.uri.fsPath, file.fsPath);
}
