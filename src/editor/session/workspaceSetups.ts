/**
 * The setup files, one in each folder of the workspace. If an editor has unsaved changes of a file, its text is used. Otherwise the file
 * is read from disk, because an editor without changes may show an old text for a moment.
 */
import { dirname } from "node:path";
import { FileSystemError, type TextDocument, Uri, type WorkspaceFolder, workspace } from "vscode";
import { readSetups, type Setup, SetupError, type SetupsInFile } from "../../session/setup/setups";

/** The same as `setupsPath`. Most folders have no such file, and need not load what reads it. */
const setupsFile = [".vscode", "yieldpoint.json"] as const;

/** Identifies a setup by its file and its name. */
export interface SetupTarget {
  /** The URI of the setup file. */
  readonly uri: string;
  readonly name: string;
}

/** A folder's setups; empty if there is no file. */
export interface FolderSetups extends SetupsInFile {
  readonly folder: WorkspaceFolder;
  readonly uri: Uri;
  /** The text of the file, with unsaved changes; undefined if there is no file. */
  readonly text: string | undefined;
}

/** The setups of all folders of the workspace, in the order of the folders. */
export function allSetups(): Promise<FolderSetups[]> {
  return Promise.all((workspace.workspaceFolders ?? []).map(setupsIn));
}

/** The setups of one folder of the workspace. */
export async function setupsIn(folder: WorkspaceFolder): Promise<FolderSetups> {
  const uri = Uri.joinPath(folder.uri, ...setupsFile);
  const text = await textOf(uri);
  return { folder, uri, text, ...(text === undefined ? { entries: [] } : setupsInText(uri, text)) };
}

/** The setups of the folder that a file is in; none if it is in no folder of the workspace. */
export async function setupsFor(file: string): Promise<SetupsInFile> {
  const folder = workspace.getWorkspaceFolder(Uri.file(file));
  return folder ? setupsIn(folder) : { entries: [] };
}

/** The setups in an open file. */
export function setupsOf(document: TextDocument): SetupsInFile {
  return setupsInText(document.uri, document.getText());
}

/** The document of a file, if it has unsaved changes. */
export function unsavedDocument(uri: Uri): TextDocument | undefined {
  return workspace.textDocuments.find((document) => document.isDirty && document.uri.toString() === uri.toString());
}

/**
 * A setup as currently defined in its file.
 *
 * @throws SetupError if the file is invalid, or no longer contains the setup
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
