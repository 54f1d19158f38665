/**
 * The files with setups, one in each folder of the workspace. One with changes that are not saved is read as it is shown; any other
 * from the disk, which an editor may lag behind for a moment.
 */
import { dirname } from "node:path";
import { FileSystemError, type TextDocument, Uri, type WorkspaceFolder, workspace } from "vscode";
import { readSetups, type Setup, SetupError, type SetupsInFile, setupsPath } from "../../session/setup/setups";

/** Which setup of which file. */
export interface SetupTarget {
  /** The file with the setups. */
  readonly uri: string;
  readonly name: string;
}

/** A folder's setups; without a file there are none. */
export interface FolderSetups extends SetupsInFile {
  readonly folder: WorkspaceFolder;
  readonly uri: Uri;
  /** As it is shown or on the disk; undefined where there is no file. */
  readonly text: string | undefined;
}

/** Those of every folder of the workspace, in its order. */
export function allSetups(): Promise<FolderSetups[]> {
  return Promise.all((workspace.workspaceFolders ?? []).map(setupsIn));
}

/** Those of a folder of the workspace. */
export async function setupsIn(folder: WorkspaceFolder): Promise<FolderSetups> {
  const uri = Uri.joinPath(folder.uri, ...setupsPath.split(/[\\/]/));
  const text = await textOf(uri);
  return { folder, uri, text, ...(text === undefined ? { entries: [] } : setupsInText(uri, text)) };
}

/** Those of an open file. */
export function setupsOf(document: TextDocument): SetupsInFile {
  return setupsInText(document.uri, document.getText());
}

/** The document of a file, where it has changes that are not saved. */
export function unsavedDocument(uri: Uri): TextDocument | undefined {
  return workspace.textDocuments.find((document) => document.isDirty && document.uri.toString() === uri.toString());
}

/**
 * A setup as it stands in its file now.
 *
 * @throws SetupError when something in the file is wrong, or the setup is there no longer
 */
export async function setupNow({ uri, name }: SetupTarget): Promise<Setup> {
  const file = Uri.parse(uri);
  const { entries, problem } = setupsInText(file, (await textOf(file)) ?? "");
  const { setup } = entries.find((entry) => entry.name === name) ?? {};
  if (setup && !(setup instanceof SetupError)) return setup;
  const place = { file: file.fsPath, line: 1, column: 1 };
  throw problem ?? setup ?? new SetupError(`There is no setup "${name}" any more.`, "Choose another one.", place);
}

function setupsInText({ fsPath }: Uri, text: string): SetupsInFile {
  return readSetups(dirname(dirname(fsPath)), text);
}

async function textOf(uri: Uri): Promise<string | undefined> {
  const unsaved = unsavedDocument(uri);
  if (unsaved) return unsaved.getText();
  try {
    return new TextDecoder().decode(await workspace.fs.readFile(uri));
  } catch (error) {
    if (error instanceof FileSystemError && error.code === "FileNotFound") return undefined;
    throw error;
  }
}
