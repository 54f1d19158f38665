// What the suites inside the extension host share: the extension's view, and files that they may change.
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import * as vscode from "vscode";
import type { LensTarget } from "../../src/editor/source/lenses";
import type { Api } from "../../src/extension";
import type { View } from "../../src/protocol/panel";

/** So long nothing may happen, in milliseconds: how long all of it takes is no matter. */
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
 * Waits for a view of the session, that is there or still to come.
 * @throws with the last view when none matches and no other comes
 */
export async function viewThat(matches: (view: View) => boolean): Promise<View> {
  const api = await extension().activate();
  return new Promise((resolve, reject) => {
    const timeout = setTimeout(() => {
      listening.dispose();
      reject(new Error(`no such view came; the last one is ${JSON.stringify(api.view)}`));
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

/** A view at rest after this step. */
export function viewAt(head: number, status: View["status"] = "paused"): Promise<View> {
  return viewThat((view) => view.head === head && view.status === status);
}

/** The folder that is open. */
export function folder(): string {
  const [first] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(first, "a folder is open");
  return first.uri.fsPath;
}

/** Writes a file of the workspace and shows it. */
export async function shown(name: string, text?: string | Uint8Array): Promise<vscode.TextEditor> {
  const file = path.join(folder(), name);
  if (text !== undefined) await writeFile(file, text);
  return vscode.window.showTextDocument(vscode.Uri.file(file), { viewColumn: vscode.ViewColumn.One, preview: false });
}

/** Puts another text into a document, without saving it. */
export async function retype(document: vscode.TextDocument, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

export interface Lens {
  readonly title: string;
  /** Counts from 1. */
  readonly line: number;
  readonly command: string;
  readonly target: LensTarget;
}

/** The extension's lenses in a document, as VS Code gets them. */
export async function lensesIn(document: vscode.TextDocument): Promise<Lens[]> {
  const all = await vscode.commands.executeCommand<vscode.CodeLens[]>("vscode.executeCodeLensProvider", document.uri);
  return all.flatMap(({ command, range }) => {
    if (!command?.command.startsWith("yieldpoint.")) return [];
    const [target] = command.arguments ?? [];
    return [{ title: command.title, line: range.start.line + 1, command: command.command, target: target as LensTarget }];
  });
}

/** Runs a generator function without parameters, as a click on its lens does. What goes wrong shows in the view. */
export async function runLens(document: vscode.TextDocument, name: string): Promise<void> {
  const lens = (await lensesIn(document)).find(({ target, title }) => target.generator.name === name && /Run/.test(title));
  assert.ok(lens, `there is a lens for ${name}`);
  void vscode.commands.executeCommand(lens.command, lens.target);
}

/**
 * Runs a call of a file, or adds it, as after a click on a lens that asks for none. Resolves when that is over, however it ended.
 *
 * @param name of the command
 */
export async function runCall(document: vscode.TextDocument, call: string, name = "runTask"): Promise<void> {
  const generator = { name: `(${call})`, kind: "function", line: 1, column: 1, parameters: [], call, needsArguments: false };
  await vscode.commands.executeCommand(`yieldpoint.${name}`, { uri: document.uri.toString(), generator });
}

/** Changes a setting of the extension. @returns how to have it as it was */
export async function settingOf(name: string, value: unknown): Promise<() => Thenable<void>> {
  const settings = () => vscode.workspace.getConfiguration("yieldpoint", vscode.Uri.file(folder()));
  const { workspaceValue } = settings().inspect(name) ?? {};
  await settings().update(name, value, vscode.ConfigurationTarget.Workspace);
  return () => settings().update(name, workspaceValue, vscode.ConfigurationTarget.Workspace);
}

/** Shows a file, runs a generator function of it, and waits until it is a task that was not resumed yet. */
export async function begun(name: string, task: string, text?: string | Uint8Array): Promise<vscode.TextDocument> {
  const { document } = await shown(name, text);
  // The session before may look like the new one until the click has come through.
  await Promise.all([viewThat(({ starting }) => starting !== undefined), runLens(document, task)]);
  await viewOfNew(name);
  return document;
}

/** A new session of this file, with its first task. Until it comes, the view is that of an older one. */
export function viewOfNew(file: string): Promise<View> {
  return viewThat(
    ({ starting, status, tasks, head, ...view }) =>
      view.file === file && !starting && status === "paused" && tasks.length === 1 && head === 0,
  );
}

/** Runs a command of the extension without waiting: one that fails waits for the user to read why. */
export function command(name: string): void {
  void vscode.commands.executeCommand(`yieldpoint.${name}`);
}

/**
 * Runs commands one right after the other, as a user does who is quicker than they are. Resolves when all are over: one that
 * tells the user of an error is not until that is closed.
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

/** Ends the session and shuts every tab, so that the next test begins as a new user does. */
export async function cleared(): Promise<void> {
  await vscode.commands.executeCommand("yieldpoint.stop");
  await vscode.commands.executeCommand("notifications.clearAll");
  await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
}
