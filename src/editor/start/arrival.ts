/**
 * What is shown where the examples were just opened, which is in another window, or in this one after it was loaded anew.
 */
import { join } from "node:path";
import { commands, type ExtensionContext, Uri, ViewColumn, window } from "vscode";

/** The example that the walkthrough is about. */
const firstExample = "lost-update.ts";

/** Under which key it is kept where the examples are about to be opened. */
const key = "yieldpoint.examplesToShow";

interface Awaited {
  readonly folder: string;
  readonly given: unknown;
}

/** The next window with this folder shows the first example. */
export async function comeBackTo({ globalState }: ExtensionContext, folder: string, given: unknown): Promise<void> {
  await globalState.update(key, { folder, given } satisfies Awaited);
}

/** Shows what `comeBackTo` has asked for, if this window has the folder. */
export async function arriveIfAwaited({ globalState }: ExtensionContext, folder: string | undefined): Promise<void> {
  const awaited = globalState.get<Awaited>(key);
  if (folder === undefined || awaited?.folder !== folder) return;
  await globalState.update(key, undefined);
  await arrive(folder, awaited.given);
}

/** Shows the first example of a folder. The walkthrough, if it is wanted, is a tab beside it, so that the panel has a column of its own. */
export async function arrive(folder: string, given: unknown): Promise<void> {
  if (given === "walkthrough") await openWalkthrough();
  await showExample(folder);
}

/** Shows the first example of a folder. */
export async function showExample(folder: string): Promise<void> {
  await window.showTextDocument(Uri.file(join(folder, firstExample)), { viewColumn: ViewColumn.One, preview: false });
}

/** Opens the walkthrough, as a tab of the active group. */
export async function openWalkthrough(): Promise<void> {
  await commands.executeCommand("workbench.action.openWalkthrough", "yieldpoint.yieldpoint#gettingStarted", false);
}
