/**
 * The commands for setups: running one, and saving the session as one.
 */
import { relative } from "node:path";
import { Range, type TextDocument, Uri, WorkspaceEdit, window, workspace } from "vscode";
import { SessionStateError, UserError } from "../../session/common/errors";
import { Session } from "../../session/session";
import { fieldsOf, withSetup } from "../../session/setup/saving";
import type { SetupFields } from "../../session/setup/schema";
import { report, reveal } from "../feedback";
import { showInformation } from "../messages";
import type { PanelHost } from "../panels/panelHost";
import { startSession, type Wanted } from "../panels/sessionStarts";
import { askFolder, askSetup, askSetupName, mayReplace } from "../prompts/setupPrompts";
import { isTrusted, savedFirst } from "../prompts/taskPrompts";
import type { Sessions } from "../session/sessions";
import { allSetups, type FolderSetups, type SetupTarget, setupNow, setupsIn, unsavedDocument } from "../session/workspaceSetups";
import type { Lenses } from "../source/lenses";
import { isSameFile } from "../source/sameFile";

export class SetupCommands {
  constructor(
    readonly sessions: Sessions,
    readonly lenses: Lenses,
    readonly panel: PanelHost,
  ) {}

  /** Starts the session of a setup. @param given its name, or the data of its lens; if left out, the user is asked */
  async run(given: unknown): Promise<void> {
    if (!(await isTrusted())) return;
    const target = isTarget(given) ? given : await this.#choose(typeof given === "string" ? given : undefined);
    if (!target) return;
    const wanted = await this.#wanted(target);
    const document = workspace.textDocuments.find(({ fileName }) => isSameFile(fileName, wanted.file));
    if (document && !(await savedFirst(document))) return;
    this.panel.show();
    await startSession(this.sessions, { ...wanted, stale: document?.isDirty ?? false });
  }

  /** Saves the shown session as a setup in the file of its folder. @param given the name; if left out, the user is asked */
  async save(given: unknown): Promise<void> {
    const { current: session } = this.sessions;
    if (!(session instanceof Session) || (session.calls.length === 0 && session.hasSchedule)) {
      throw new SessionStateError("There is no session to save as a setup.", "Run a generator function or a program first.");
    }
    mustHaveFolder();
    const { file } = session.options;
    const name = typeof given === "string" ? given : await askSetupName(file);
    const folder = name === undefined ? undefined : await askFolder(workspace.getWorkspaceFolder(Uri.file(file)));
    if (name === undefined || !folder) return;
    const setups = await setupsIn(folder);
    if (setups.problem) throw setups.problem;
    if (setups.entries.some((entry) => entry.name === name) && !(await mayReplace(name))) return;
    await write(setups, name, fieldsOf(session, folder.uri.fsPath));
    const open = "Open";
    const saved = `The setup "${name}" was saved in ${workspace.asRelativePath(setups.uri)}.`;
    void showInformation(saved, open).then((answer) => answer && window.showTextDocument(setups.uri), report);
  }

  async #choose(name: string | undefined): Promise<SetupTarget | undefined> {
    mustHaveFolder();
    const all = await allSetups();
    const named = all.find(({ entries }) => entries.some((entry) => entry.name === name));
    if (named && name !== undefined) return { uri: named.uri.toString(), name };
    const choice = await askSetup(all);
    if (!choice) return undefined;
    if ("run" in choice) return choice.run;
    if ("wrong" in choice) await reveal(choice.wrong.failure);
    else await this.#create(choice.create);
    return undefined;
  }

  async #wanted(target: SetupTarget): Promise<Wanted> {
    const setup = await setupNow(target);
    const { file, calls, observed } = setup;
    return { file, calls, observed, places: setup.callPlaces, setup, again: () => this.#wanted(target) };
  }

  /** Creates the file with a setup for the open file as a template, and opens it for editing. */
  async #create(setups: FolderSetups): Promise<void> {
    const document = window.activeTextEditor?.document;
    const isInside = document?.uri.scheme === "file" && workspace.getWorkspaceFolder(document.uri) === setups.folder;
    const found = isInside ? this.lenses.find(document) : [];
    const calls = found.filter(({ needsArguments }) => !needsArguments).map(({ call }) => call);
    const file = found.length > 0 && document ? relative(setups.folder.uri.fsPath, document.fileName) : "tasks.ts";
    await write(setups, "my setup", {
      file: file.replaceAll("\\", "/"),
      tasks: calls.length > 0 ? calls : ["counter()"],
    });
    await window.showTextDocument(setups.uri);
  }
}

function isTarget(given: unknown): given is SetupTarget {
  return typeof given === "object" && given !== null && "uri" in given && "name" in given;
}

/** @throws UserError if no folder is open, since setups belong to a folder */
function mustHaveFolder(): void {
  if ((workspace.workspaceFolders ?? []).length > 0) return;
  throw new UserError("Setups are kept in a folder, and none is open.", "Open the folder of your tasks (File: Open Folder…).");
}

/** Adds a setup to the file. If the file has unsaved changes in an editor, its document is edited instead. */
async function write({ uri, text }: FolderSetups, name: string, fields: SetupFields): Promise<void> {
  const changed = withSetup(text, name, fields);
  const unsaved = unsavedDocument(uri);
  if (unsaved) return replaceText(unsaved, changed);
  await workspace.fs.createDirectory(Uri.joinPath(uri, ".."));
  await workspace.fs.writeFile(uri, new TextEncoder().encode(changed));
}

async function replaceText(document: TextDocument, text: string): Promise<void> {
  const edit = new WorkspaceEdit();
  edit.replace(document.uri, new Range(0, 0, document.lineCount, 0), text);
  if (await workspace.applyEdit(edit)) return;
  throw new UserError(`${document.fileName} could not be changed.`, "Save the file, and try again.");
}
