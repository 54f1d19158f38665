import assert from "node:assert/strict";
import { existsSync, rmSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import * as vscode from "vscode";
import { cleared, extension, folder, shown } from "./host";

const declaration = () => path.join(folder(), "cotasks.d.ts");

describe("the types of cotasks", () => {
  before(() => extension().activate());
  afterEach(async () => {
    for (const name of ["cotasks.d.ts", "tsconfig.json", "typings"]) {
      rmSync(path.join(folder(), name), { recursive: true, force: true });
    }
    await cleared();
  });

  it("are offered where a language server does not find the module, and are added to the project", async () => {
    await writeFile(path.join(folder(), "tsconfig.json"), "{}");
    const { document } = await shown("waits.ts", 'import { mutex } from "cotasks";\n');
    const range = new vscode.Range(0, 22, 0, 31);
    const problems = vscode.languages.createDiagnosticCollection();
    try {
      problems.set(document.uri, [
        new vscode.Diagnostic(range, "Cannot find module 'cotasks' or its corresponding type declarations."),
      ]);
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        "vscode.executeCodeActionProvider",
        document.uri,
        range,
      );
      const fix = actions.find(({ title }) => title === "Add the types of cotasks to this folder");
      assert.ok(fix?.command, actions.map(({ title }) => title).join());
      await vscode.commands.executeCommand(fix.command.command, ...(fix.command.arguments ?? []));
      assert.match(await readFile(declaration(), "utf8"), /^declare module "cotasks" \{\n[\s\S]*export function mutex/);
    } finally {
      problems.dispose();
    }
  });

  it("are offered for nothing else", async () => {
    const { document } = await shown("others.ts", 'import { mutex } from "other";\n');
    const range = new vscode.Range(0, 22, 0, 29);
    const problems = vscode.languages.createDiagnosticCollection();
    try {
      problems.set(document.uri, [new vscode.Diagnostic(range, "Cannot find module 'other'.")]);
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        "vscode.executeCodeActionProvider",
        document.uri,
        range,
      );
      assert.ok(!actions.some(({ title }) => title.includes("cotasks")));
    } finally {
      problems.dispose();
    }
  });

  it("are stubs for Python", async () => {
    await shown("waits.py", "from cotasks import mutex\n");
    await vscode.commands.executeCommand("yieldpoint.addCotasksTypes");
    for (const name of ["__init__.py", "__init__.pyi", "py.typed"]) {
      assert.ok(existsSync(path.join(folder(), "typings", "cotasks", name)), name);
    }
  });
});
