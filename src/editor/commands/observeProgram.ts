/**
 * Starts a session of a program that decides itself who runs, from a lens, the palette or the editor's run menu.
 */
import { type TextDocument, Uri, ViewColumn, window, workspace } from "vscode";
import { languageOf } from "../../finder";
import { showFailure } from "../messages";
import type { PanelHost } from "../panels/panelHost";
import { startSession } from "../panels/sessionStarts";
import { isTrusted, savedFirst } from "../prompts/taskPrompts";
import type { Sessions } from "../session/sessions";

/** @param given the address of the program's file; left out, the file in the active editor, or else one that the user chooses */
export async function observeProgram(sessions: Sessions, panel: PanelHost, given: unknown): Promise<void> {
  if (!(await isTrusted())) return;
  const document = given instanceof Uri ? await workspace.openTextDocument(given) : await openOrChosen();
  if (!document) return;
  if (!isProgram(document)) {
    void showFailure(
      `${workspace.asRelativePath(document.uri)} is no such file. Open a saved JavaScript, TypeScript or Python file: it is run as the main program.`,
    );
    return;
  }
  if (!(await savedFirst(document))) return;
  panel.show();
  const { fileName: file, isDirty: stale } = document;
  await startSession(sessions, { file, calls: [], observed: { arguments: [] }, stale });
}

function isProgram({ uri, fileName }: TextDocument): boolean {
  return uri.scheme === "file" && languageOf(fileName) !== undefined;
}

async function openOrChosen(): Promise<TextDocument | undefined> {
  const open = window.activeTextEditor?.document;
  if (open) return open;
  const [folder] = workspace.workspaceFolders ?? [];
  const [file] =
    (await window.showOpenDialog({
      title: "Choose the program whose context switches to step",
      openLabel: "Step This Program",
      filters: { Programs: ["js", "mjs", "cjs", "jsx", "ts", "mts", "cts", "tsx", "py"] },
      ...(folder ? { defaultUri: folder.uri } : {}),
    })) ?? [];
  return file && (await window.showTextDocument(file, { viewColumn: ViewColumn.One })).document;
}
