/**
 * Opens a failing outcome as a regression test: a new document beside the program, not saved yet.
 */
import { existsSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { Uri, ViewColumn, WorkspaceEdit, window, workspace } from "vscode";
import { findNamesIn } from "../../finder";
import { SessionStateError } from "../../session/common/errors";
import type { Exploration } from "../../session/exploration";
import type { Framework } from "../../session/explore/regressionTest";
import { askFramework } from "../prompts/testPrompts";

/** A session or a recording with outcomes. */
interface Explored {
  readonly options: { readonly file: string };
  readonly exploration: Pick<Exploration, "test"> | undefined;
}

/** @throws UserError if there can be no test of the outcome */
export async function openTest({ options: { file }, exploration }: Explored, outcome: number): Promise<void> {
  const framework = await askFramework(file);
  if (framework === undefined) return;
  const source = await exploration?.test(outcome, framework, findNamesIn);
  if (source === undefined) return;
  const uri = Uri.file(freePath(file, framework)).with({ scheme: "untitled" });
  const edit = new WorkspaceEdit();
  const document = await workspace.openTextDocument(uri);
  edit.insert(uri, document.lineAt(0).range.start, source);
  if (!(await workspace.applyEdit(edit))) throw new SessionStateError("The test could not be opened.", "Try again.");
  await window.showTextDocument(document, { viewColumn: ViewColumn.One });
}

/** A path beside the program where there is no file, and no document that was not saved. */
function freePath(file: string, framework: Framework): string {
  const ending = extname(file);
  const name = basename(file, ending);
  for (let number = 1; ; number += 1) {
    const suffix = number === 1 ? "" : String(number);
    const test = framework === "pytest" ? `test_${name}${suffix}.py` : `${name}${suffix}.test${ending}`;
    const path = join(dirname(file), test);
    if (!existsSync(path) && !workspace.textDocuments.some(({ uri, isUntitled }) => isUntitled && uri.fsPath === path))
      return path;
  }
}
