import assert from "node:assert/strict";
import * as vscode from "vscode";
import { begun, cleared, command, extension, viewAt, viewThat } from "./host";

const turns = "export function* turns() {\n  for (let turn = 1; ; turn += 1) {\n    yield turn;\n    yield 'again';\n  }\n}\n";

/** Sets a breakpoint in the margin; lines count from 1. */
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

  it("pause only when their condition is true", async () => {
    const document = await begun("turns.ts", "turns", turns);
    setInMargin(document, 3, "turn === 1000");
    await viewThat((view) => view.breakpoints?.length === 1);
    command("run");
    assert.equal((await viewAt(1999)).now?.value, "1000");
  });

  it("are kept for the next session, and are removed from it with the margin's", async () => {
    const document = await begun("turns.ts", "turns", turns);
    setInMargin(document, 3);
    await viewThat((view) => view.breakpoints?.length === 1);
    command("step"); // before the first step, another click on the lens would count as the second of a double click
    await viewAt(1);
    await begun("turns.ts", "turns");
    await viewThat((view) => view.breakpoints?.length === 1);
    vscode.debug.removeBreakpoints(vscode.debug.breakpoints);
    await viewThat((view) => view.breakpoints?.length === 0);
  });

  it("are ignored in files of another language than the session's", async () => {
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

  it("can be reached by commands", async () => {
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
