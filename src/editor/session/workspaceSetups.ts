/**
 * The files with setups, one in each folder of the workspace. They are read as they are shown, also before they are saved.
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
  readonly document: TextDocument | undefined;
}

/** Those of every folder of the workspace, in its order. */
export function allSetups(): Promise<FolderSetups[]> {
  return Promise.all((workspace.workspaceFolders ?? []).map(setupsIn));
}

/** Those of a folder of the workspace. */
export async function setupsIn(folder: WorkspaceFolder): Promise<FolderSetups> {
  const uri = Uri.joinPath(folder.uri, ...setupsPath.split(/[\\/]/));
  const document = await openIfThere(uri);
  return { folder, uri, document, ...(document ? setupsOf(document) : { entries: [] }) };
}

/** Those of an open file. */
export function setupsOf(document: TextDocument): SetupsInFile {
  return readSetups(dirname(dirname(document.uri.fsPath)), document.getText());
}

/**
 * A setup as it stands in its file now.
 *
 * @throws SetupError when something in the file is wrong, or the setup is there no longer
 */
export async function setupNow({ uri, name }: SetupTarget): Promise<Setup> {
  const document = await workspace.openTextDocument(Uri.parse(uri));
  const { entries, problem } = setupsOf(document);
  const { setup } = entries.find((entry) => entry.name === name) ?? {};
  if (setup && !(setup instanceof SetupError)) return setup;
  const place = { file: document.uri.fsPath, line: 1, column: 1 };
  throw problem ?? setup ?? new SetupError(`There is no setup "${name}" any more.`, "Choose another one.", place);
}

async function openIfThere(uri: Uri): Promise<TextDocument | undefined> {
  try {
    await workspace.fs.stat(uri);
  } catch (error) {
    if (error instanceof FileSystemError && error.code === "FileNotFound") return undefined;
    throw error;
  }
  return workspace.openTextDocument(uri);
}
