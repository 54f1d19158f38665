import assert from "node:assert/strict";
import * as vscode from "vscode";
import { begun, cleared, command, example, extension, folder, lensesIn, retype, shown, viewAt } from "./host";

const run = "$(play) Run as cooperative task";
const these = "$(play) Run these tasks";
const add = "$(add) Add to session";

describe("lenses", () => {
  before(() => extension().activate());
  afterEach(cleared);

  it("are shown above each generator function", async () => {
    const { document } = await shown(example);
    assert.deepEqual(await titles(document), [`2 ${these}`, `5 ${run}`, `19 ${run}`]);
  });

  it("offer to add a task while a session of this language is open, and only then", async () => {
    const document = await begun(example, "counter");
    await become(document, [`2 ${these}`, `5 ${run}`, `5 ${add}`, `19 ${run}`, `19 ${add}`]);
    const other = await shown("other.ts", "export function* other() {\n  yield;\n}\n");
    await become(other.document, [`1 ${run}`, `1 ${add}`]);
    const foreign = await shown("foreign.py", "def foreign():\n    yield\n");
    assert.deepEqual(await titles(foreign.document), [`1 ${run}`]);
    command("stop");
    await viewAt(0, "stopped");
    await become(document, [`2 ${these}`, `5 ${run}`, `19 ${run}`]);
  });

  it("offer to add a task of a second file in Python, too", async () => {
    await begun("first.py", "first", "def first():\n    yield\n");
    const { document } = await shown("second.py", "def second():\n    yield\n");
    await become(document, [`1 ${run}`, `1 ${add}`]);
  });

  it("can be disabled and enabled again", async () => {
    const { document } = await shown(example);
    const settings = vscode.workspace.getConfiguration("yieldpoint", vscode.Uri.file(folder()));
    await settings.update("codeLens.enabled", false, vscode.ConfigurationTarget.Workspace);
    assert.deepEqual(await titles(document), []);
    await settings.update("codeLens.enabled", undefined, vscode.ConfigurationTarget.Workspace);
    assert.equal((await titles(document)).length, 3);
  });

  it("name a function as its language decodes it, even if VS Code shows the file in another encoding", async () => {
    const source = Buffer.from("# coding: latin-1\ndef café():\n    yield 'é'\n", "latin1");
    const document = await begun("coding.py", "café", source);
    assert.match(document.getText(), /def caf\ufffd/);
    command("step");
    const { tasks } = await viewAt(1);
    assert.deepEqual(
      tasks.map(({ call, value }) => [call, value]),
      [["café()", "'é'"]],
    );
  });

  it("stay while a line is incomplete", async () => {
    const { document } = await shown("typing.ts", "function* one() {\n  yield 1;\n}\n\nfunction* two() {\n  yield 2;\n}\n");
    assert.deepEqual(await titles(document), [`1 ${run}`, `5 ${run}`]);
    await retype(document, "function* one() {\n  const x = [1, {\n  yield 1;\n}\n\nfunction* two() {\n  yield 2;\n}\n");
    assert.deepEqual(await titles(document), [`1 ${run}`, `6 ${run}`]);
  });
});

async function titles(document: vscode.TextDocument): Promise<string[]> {
  return (await lensesIn(document)).map(({ line, title }) => `${line} ${title}`);
}

/** The lenses are updated one tick after the session's view, which is computed when it is read. */
async function become(document: vscode.TextDocument, expected: string[]): Promise<void> {
  while (`${await titles(document)}` !== `${expected}`);
}
