import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import * as vscode from "vscode";
import { type ExportFormat, exportFormats } from "../../src/session/view/export";
import { begun, cleared, command, extension, folder, viewAt } from "./host";

const text = "export function* counts() {\n  yield 1;\n  yield 2;\n  return 'over';\n}\n";

/** How a file of each format begins. */
const begins: Record<ExportFormat, RegExp> = {
  chrome: /^\{"displayTimeUnit":"ns",/,
  jsonl: /^\{"step":1,"task":"counts","event":"yielded","value":"1","line":2,/,
  text: /^counts\.ts\n\nstep {2}counts\n {3}1 {2}1\n/,
  svg: /^<svg [\s\S]*<title [^>]*>counts\.ts: steps 1 to 3 of 3</,
};

describe("an exported trace", () => {
  before(() => extension().activate());
  afterEach(cleared);

  it("is written to a file in every format, from a session and from an opened recording", async () => {
    await begun("counts.ts", "counts", text);
    command("run");
    await viewAt(3, "finished");
    const fromSession = await Promise.all(exportFormats.map((format) => exported(format, "session")));
    exportFormats.forEach((format, index) => {
      assert.match(fromSession[index] ?? "", begins[format]);
    });
    const saved = vscode.Uri.file(path.join(folder(), "exported.yieldtrace"));
    await vscode.commands.executeCommand("yieldpoint.saveTrace", saved);
    await vscode.commands.executeCommand("vscode.open", saved);
    assert.deepEqual(await Promise.all(exportFormats.map((format) => exported(format, "recording"))), fromSession);
  });
});

async function exported(format: ExportFormat, name: string): Promise<string> {
  const uri = vscode.Uri.file(path.join(folder(), `${name}.${format}`));
  await vscode.commands.executeCommand("yieldpoint.exportTrace", { format, uri });
  return readFile(uri.fsPath, "utf8");
}
