/**
 * The command that adds the types of the module `cotasks` to a folder, so that the editor knows what the module exports.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { ConfigurationTarget, Uri, WorkspaceEdit, window, workspace } from "vscode";
import { languageOf } from "../../finder";
import { UserError } from "../../session/common/errors";
import { report } from "../feedback";
import { askFirst, showInformation } from "../messages";
import { planTypes, type TypesFile } from "./cotasksTypes";

/**
 * Adds the types. Asks before it replaces files. The final message has a button to undo it; *Undo* in the Explorer restores the files too.
 *
 * @param dist the folder of the bundles
 * @param given the file that imports the module; by default, the one in the active editor
 */
export async function addCotasksTypes(dist: string, given?: Uri): Promise<void> {
  const uri = given ?? window.activeTextEditor?.document.uri;
  if (uri?.scheme !== "file" || languageOf(uri.fsPath) === undefined) {
    throw new UserError(
      "There is no file to add the types for.",
      "Open a JavaScript, TypeScript or Python file that imports cotasks.",
    );
  }
  const folder = workspace.getWorkspaceFolder(uri)?.uri ?? Uri.file(dirname(uri.fsPath));
  const { files, what, note, extraPath } = planTypes({ file: uri.fsPath, folder: folder.fsPath, dist });
  const before = files.map(({ path }) => ({ path, text: existsSync(path) ? readFileSync(path, "utf8") : undefined }));
  const replaced = before.filter(({ text }, index) => text !== undefined && text !== files[index]?.text);
  if (replaced.length > 0 && !(await mayReplace(replaced.map(({ path }) => path)))) return;
  await write(files);
  const undoSetting = extraPath === undefined ? undefined : await addExtraPath(folder, extraPath);
  const setting = undoSetting ? ` "${extraPath}" was added to the setting python.analysis.extraPaths.` : "";
  const message = `The types of cotasks are in ${what}.${setting}${note === undefined ? "" : ` ${note}`}`;
  offerUndo(message, files[0]?.path, async () => {
    await restore(before);
    await undoSetting?.();
  });
}

async function mayReplace(paths: readonly string[]): Promise<boolean> {
  const replace = "Replace";
  const names = paths.map((path) => workspace.asRelativePath(path)).join(", ");
  const question = `${names} already exists and differs. Replace it?`;
  return (await askFirst(question, replace)) === replace;
}

async function write(files: readonly TypesFile[]): Promise<void> {
  const edit = new WorkspaceEdit();
  for (const { path, text } of files) {
    edit.createFile(Uri.file(path), { overwrite: true, contents: new TextEncoder().encode(text) });
  }
  if (await workspace.applyEdit(edit)) return;
  throw new UserError("The types of cotasks could not be written.", "Check that the folder can be written to.");
}

/** @returns a function that undoes it; undefined if Pylance is not installed, or searches the folder anyway */
async function addExtraPath(folder: Uri, path: string): Promise<(() => Thenable<void>) | undefined> {
  if (!workspace.getWorkspaceFolder(folder)) return undefined;
  const analysis = workspace.getConfiguration("python.analysis", folder);
  const known = analysis.inspect<readonly string[]>("extraPaths");
  const paths = analysis.get<readonly string[]>("extraPaths", []);
  if (!known?.defaultValue || paths.includes(path)) return undefined;
  await analysis.update("extraPaths", [...paths, path], ConfigurationTarget.WorkspaceFolder);
  return () => analysis.update("extraPaths", known.workspaceFolderValue, ConfigurationTarget.WorkspaceFolder);
}

function offerUndo(message: string, shown: string | undefined, undo: () => Promise<void>): void {
  void showInformation(message, "Show", "Undo")
    .then(async (chosen) => {
      if (chosen === "Undo") await undo();
      else if (chosen === "Show" && shown !== undefined) await window.showTextDocument(Uri.file(shown));
    })
    .then(undefined, report);
}

async function restore(before: readonly { readonly path: string; readonly text: string | undefined }[]): Promise<void> {
  for (const { path, text } of before) {
    const uri = Uri.file(path);
    if (text !== undefined) await workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    else if (existsSync(path)) await removeWithEmptyFolders(uri);
  }
}

async function removeWithEmptyFolders(file: Uri): Promise<void> {
  await workspace.fs.delete(file);
  const root = workspace.getWorkspaceFolder(file)?.uri.fsPath ?? dirname(file.fsPath);
  for (let at = dirname(file.fsPath); at !== root && readdirSync(at).length === 0; at = dirname(at)) {
    await workspace.fs.delete(Uri.file(at));
  }
}
