import assert from "node:assert/strict";
import * as vscode from "vscode";
import {
  begun,
  cleared,
  closePanel,
  command,
  example,
  extension,
  panelTab,
  runLens,
  tabOnceThere,
  viewAt,
  viewOfNew,
} from "./host";

describe("the panel's tab", () => {
  before(() => extension().activate());
  afterEach(cleared);

  it("opens beside the editor and leaves the focus there", async () => {
    const document = await opened();
    assert.equal(vscode.window.activeTextEditor?.document, document);
    assert.equal(panelTab()?.group.viewColumn, vscode.ViewColumn.Two);
    assert.equal(vscode.window.tabGroups.activeTabGroup.viewColumn, vscode.ViewColumn.One);
  });

  it("can be closed and opened again without ending the session", async () => {
    await opened();
    command("step");
    await viewAt(1);
    await closePanel();
    assert.equal(panelTab(), undefined);
    command("step");
    await viewAt(2);
    await vscode.commands.executeCommand("yieldpoint.showPanel");
    await tabOnceThere(panelTab);
    assert.equal((await viewAt(2)).tasks[0]?.steps, 2);
  });

  it("is a single one: another session is shown in the same tab", async () => {
    const document = await opened();
    command("step");
    await viewAt(1);
    await runLens(document, "counter");
    await viewOfNew(example);
    const tabs = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).filter(({ label }) => label === panelTab()?.label);
    assert.equal(tabs.length, 1);
  });
});

/** A session of the example, with its panel open. */
async function opened(): Promise<vscode.TextDocument> {
  const document = await begun(example, "counter");
  await tabOnceThere(panelTab);
  return document;
}
