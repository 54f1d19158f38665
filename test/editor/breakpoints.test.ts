import assert from "node:assert/strict";
import * as vscode from "vscode";
import { begun, cleared, command, extension, viewAt, viewThat } from "./host";

const turns = "export function* turns() {\n  for (let turn = 1; ; turn += 1) {\n    yield turn;\n    yield 'again';\n  }\n}\n";

/** Puts a breakpoint into the margin; the line counts from 1. */
function setInMargin(document: vscode.TextDocument, line: number, condition?: string): void {
  const location = new vscode.Location(document.uri, new vscode.Position(line - 1, 0));
  vscode.debug.addBreakpoints([new vscode.SourceBreakpoint(location, true, condition)]);
}

describe("breakpoints in the editor's margin", () => {
  before(() => extension().activate());
  afterEach(async () => {
    vscode.debug.removeBreakpoints(vscode.debug.breakpoints);
    await cleared();
  });

  it("pause a run where a task is suspended on their line", async () => {
    const document = await begun("turns.ts", "turns", turns);
    setInMargin(document, 4);
    const { breakpoints = [] } = await viewThat((view) => view.breakpoints?.length === 1);
    assert.deepEqual(
      breakpoints.map(({ kind, line, enabled, fromEditor }) => ({ kind, line, enabled, fromEditor })),
      [{ kind: "line", line: 4, enabled: true, fromEditor: true }],
    );
    command("run");
    const view = await viewAt(2);
    assert.equal(view.now?.value, '"again"');
    assert.equal(view.hit, breakpoints[0]?.id);
  });

  it("pause only when their condition holds", async () => {
    const document = await begun("turns.ts", "turns", turns);
    setInMargin(document, 3, "turn === 1000");
    await viewThat((view) => view.breakpoints?.length === 1);
    command("run");
    assert.equal((await viewAt(1999)).now?.value, "1000");
  });

  it("are there in the next session, and leave it when they leave the margin", async () => {
    const document = await begun("turns.ts", "turns", turns);
    setInMargin(document, 3);
    await viewThat((view) => view.breakpoints?.length === 1);
    command("step"); // until then another click on the lens is the second of a double click
    await viewAt(1);
    await begun("turns.ts", "turns");
    await viewThat((view) => view.breakpoints?.length === 1);
    vscode.debug.removeBreakpoints(vscode.debug.breakpoints);
    await viewThat((view) => view.breakpoints?.length === 0);
  });

  it("are taken no further than the language of the session", async () => {
    const document = await begun("turns.ts", "turns", turns);
    const python = vscode.Uri.file(document.fileName.replace(/\.ts$/, ".py"));
    vscode.debug.addBreakpoints([new vscode.SourceBreakpoint(new vscode.Location(python, new vscode.Position(0, 0)))]);
    setInMargin(document, 3);
    const { breakpoints } = await viewThat((view) => view.breakpoints !== undefined && view.breakpoints.length > 0);
    assert.deepEqual(
      breakpoints?.map(({ file }) => file),
      [document.fileName],
    );
  });
});

describe("the steps of a task", () => {
  before(() => extension().activate());
  afterEach(cleared);

  it("are gone to by commands", async () => {
    await begun("turns.ts", "turns", turns);
    for (let step = 0; step < 5; step += 1) command("step");
    await viewAt(5);
    for (const [name, cursor] of [
      ["firstOfTask", 1],
      ["nextOfTask", 2],
      ["lastOfTask", 5],
      ["previousOfTask", 4],
    ] as const) {
      command(name);
      assert.equal((await viewThat((view) => view.cursor === cursor)).head, 5);
    }
  });
});
