/**
 * Prompts about setups: which one to run, and the name of one to be saved.
 */
import { basename } from "node:path";
import { type WorkspaceFolder, window, workspace } from "vscode";
import { type SetupEntry, SetupError } from "../../session/setup/setups";
import { askFirst } from "../messages";
import type { FolderSetups, SetupTarget } from "../session/workspaceSetups";
import { askOne, askText, type Entry } from "./ask";

/** A setup to run, an error to show, or a folder in which to create the file. */
export type SetupChoice = { readonly run: SetupTarget } | { readonly wrong: SetupError } | { readonly create: FolderSetups };

interface Item extends Entry {
  readonly choice: SetupChoice;
}

/** Asks for a setup. If there are none, offers to create the file. Undefined if the user cancels. */
export async function askSetup(all: readonly FolderSetups[]): Promise<SetupChoice | undefined> {
  const isAlone = all.length === 1;
  const found = all.flatMap((each) => itemsOf(each, isAlone));
  const items = found.length > 0 ? found : all.map((each) => createItem(each, isAlone));
  const placeHolder = found.length > 0 ? "Which setup?" : "There are no setups yet.";
  const picked = await askOne(items, {
    title: "Run setup",
    placeHolder,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked?.choice;
}

function itemsOf(setups: FolderSetups, isAlone: boolean): Item[] {
  const { problem } = setups;
  if (problem) return [wrongItem(".vscode/yieldpoint.json", problem)];
  return setups.entries.map((entry) => itemOf(entry, setups, isAlone));
}

function itemOf({ name, setup }: SetupEntry, { uri, folder }: FolderSetups, isAlone: boolean): Item {
  if (setup instanceof SetupError) return wrongItem(name, setup);
  const { file, calls, policy } = setup;
  return {
    label: name,
    description: workspace.asRelativePath(file, false) + (isAlone ? "" : ` (${folder.name})`),
    detail: [calls.join(" "), ...(policy === undefined ? [] : [policy])].join(", "),
    choice: { run: { uri: uri.toString(), name } },
  };
}

function wrongItem(label: string, wrong: SetupError): Item {
  return { icon: "circle-slash", label, description: "show what is wrong", detail: wrong.advice, choice: { wrong } };
}

function createItem(create: FolderSetups, isAlone: boolean): Item {
  return {
    icon: "add",
    label: "Create .vscode/yieldpoint.json",
    description: isAlone ? "" : create.folder.name,
    detail: "Named sessions: a file, its tasks, and how they run.",
    choice: { create },
  };
}

/** Asks for the name of a setup to be saved; undefined if the user cancels. @param file the file with the tasks */
export async function askSetupName(file: string): Promise<string | undefined> {
  return askText({
    title: "Save as setup",
    prompt: "A name for this session: its tasks, policy, watches and breakpoints.",
    value: basename(file).replace(/\.\w+$/, ""),
    validateInput: (text) => (text.trim() === "" ? "Type a name, such as lost update." : undefined),
  });
}

/** Asks whether a setup may be replaced. */
export async function mayReplace(name: string): Promise<boolean> {
  const replace = "Replace";
  const question = `There is a setup "${name}" already. Should this session replace it?`;
  return (await askFirst(question, replace)) === replace;
}

/** The folder that the setups of a file belong to: its own, the only one, or one that the user chooses. */
export async function askFolder(own: WorkspaceFolder | undefined): Promise<WorkspaceFolder | undefined> {
  const { workspaceFolders: folders = [] } = workspace;
  if (own || folders.length < 2) return own ?? folders[0];
  return window.showWorkspaceFolderPick({ placeHolder: "The setup is saved in which folder?", ignoreFocusOut: true });
}
