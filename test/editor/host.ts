// Helpers shared by the suites inside the extension host: the extension's view, and files that tests may change.
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import * as vscode from "vscode";
import type { LensTarget } from "../../src/editor/source/lenses";
import type { Api } from "../../src/extension";
import type { View } from "../../src/protocol/panel";

/** The maximum time without any change, in milliseconds. The total duration of a wait is not limited. */
const patience = 60_000;

/** The example that comes with the extension. */
export const example = "counter-and-bogosort.ts";

/** The extension under test. */
export function extension(): vscode.Extension<Api> {
  const found = vscode.extensions.getExtension<Api>("yieldpoint.yieldpoint");
  assert.ok(found, "the extension is installed");
  return found;
}

/**
 * Waits for a view of the current or a coming session that passes the test.
 * @throws with the last view if none matches and no other arrives
 */
export async function viewThat(matches: (view: View) => boolean): Promise<View> {
  const api = await extension().activate();
  return new Promise((resolve, reject) => {
    const timeout = setTimeout(() => {
      listening.dispose();
      reject(new Error(`no matching view arrived; the last one is ${JSON.stringify(api.view)}`));
    }, patience);
    const look = () => {
      const { view } = api;
      if (!view || !matches(view)) {
        timeout.refresh();
        return;
      }
      clearTimeout(timeout);
      listening.dispose();
      resolve(view);
    };
    const listening = api.onDidChangeView(look);
    look();
  });
}

/** A paused view at this step, or one with another given status. */
export function viewAt(head: number, status: View["status"] = "paused"): Promise<View> {
  return viewThat((view) => view.head === head && view.status === status);
}

/** The open folder. */
export function folder(): string {
  const [first] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(first, "a folder is open");
  return first.uri.fsPath;
}

/** Writes a file of the workspace and shows it, with the text that was written. */
export async function shown(name: string, text?: string | Uint8Array): Promise<vscode.TextEditor> {
  const file = path.join(folder(), name);
  if (text !== undefined) await writeFile(file, text);
  const editor = await vscode.window.showTextDocument(vscode.Uri.file(file), {
    viewColumn: vscode.ViewColumn.One,
    preview: false,
  });
  // VS Code keeps a document for a while after its tab was closed, and notices a new text on disk late.
  if (text !== undefined) await vscode.commands.executeCommand("workbench.action.files.revert");
  return editor;
}

/** Replaces the text of a document, without saving it. */
export async function retype(document: vscode.TextDocument, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

export interface Lens {
  readonly title: string;
  /** Counted from 1. */
  readonly line: number;
  readonly command: string;
  readonly target: LensTarget;
}

/** The extension's lenses in a document, as VS Code receives them. */
export async function lensesIn(document: vscode.TextDocument): Promise<Lens[]> {
  const all = await vscode.commands.executeCommand<vscode.CodeLens[]>("vscode.executeCodeLensProvider", document.uri);
  return all.flatMap(({ command, range }) => {
    if (!command?.command.startsWith("yieldpoint.")) return [];
    const [target] = command.arguments ?? [];
    return [{ title: command.title, line: range.start.line + 1, command: command.command, target: target as LensTarget }];
  });
}

/** Runs a generator function without parameters, as a click on its lens does. Errors appear in the view. */
export async function runLens(document: vscode.TextDocument, name: string): Promise<void> {
  const lens = (await lensesIn(document)).find(
    (each) => each.command === "yieldpoint.runTask" && each.target.generator.name === name,
  );
  assert.ok(lens, `there is a lens for ${name}`);
  void vscode.commands.executeCommand(lens.command, lens.target);
}

/**
 * Runs a call of a file, or adds it, as after a click on a lens that asks for no arguments. Resolves when that has succeeded or failed.
 *
 * @param name of the command
 */
export async function runCall(document: vscode.TextDocument, call: string, name = "runTask"): Promise<void> {
  const generator = { name: `(${call})`, kind: "function", line: 1, column: 1, parameters: [], call, needsArguments: false };
  await vscode.commands.executeCommand(`yieldpoint.${name}`, { uri: document.uri.toString(), generator });
}

/** Changes a setting of the extension. @returns a function that restores it */
export async function settingOf(name: string, value: unknown): Promise<() => Thenable<void>> {
  const settings = () => vscode.workspace.getConfiguration("yieldpoint", vscode.Uri.file(folder()));
  const { workspaceValue } = settings().inspect(name) ?? {};
  await settings().update(name, value, vscode.ConfigurationTarget.Workspace);
  return () => settings().update(name, workspaceValue, vscode.ConfigurationTarget.Workspace);
}

/** Shows a file, runs one of its generator functions, and waits until that is a task that has not been resumed yet. */
export async function begun(name: string, task: string, text?: string | Uint8Array): Promise<vscode.TextDocument> {
  const { document } = await shown(name, text);
  // Until the click has been handled, the previous session may look like the new one.
  await Promise.all([viewThat(({ starting }) => starting !== undefined), runLens(document, task)]);
  await viewOfNew(name);
  return document;
}

/** The view of a new session of this file, with its first task. Until it arrives, the view is that of an older session. */
export function viewOfNew(file: string): Promise<View> {
  return viewThat(
    ({ starting, status, tasks, head, ...view }) =>
      view.file === file && !starting && status === "paused" && tasks.length === 1 && head === 0,
  );
}

/** Runs a command of the extension without waiting: a command that fails waits until the user has closed its message. */
export function command(name: string): void {
  void vscode.commands.executeCommand(`yieldpoint.${name}`);
}

/**
 * Runs commands immediately one after the other, as a fast user does. Resolves when all have ended; a command that shows an error ends when
 * that is closed.
 */
export async function atOnce(...names: string[]): Promise<void> {
  await Promise.all(names.map((name) => vscode.commands.executeCommand(`yieldpoint.${name}`)));
}

/** The tab of the panel, if it is open. */
export function panelTab(): vscode.Tab | undefined {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .find(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith("yieldpoint.panel"));
}

/** A tab, as soon as there is one: it may open after the command that opens it has ended. */
export async function tabOnceThere(find: () => vscode.Tab | undefined): Promise<vscode.Tab> {
  for (let tab = find(); ; tab = find()) {
    if (tab) return tab;
    await new Promise<void>((resolve) => {
      const listening = vscode.window.tabGroups.onDidChangeTabs(() => {
        listening.dispose();
        resolve();
      });
    });
  }
}

/** Closes the panel, also one that is still being opened. */
export async function closePanel(): Promise<void> {
  await vscode.window.tabGroups.close(await tabOnceThere(panelTab));
}

/** Ends the session and closes every tab, so that the next test starts from an empty window. */
export async function cleared(): Promise<void> {
  await vscode.commands.executeCommand("yieldpoint.stop");
  await vscode.commands.executeCommand("notifications.clearAll");
  await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
}
