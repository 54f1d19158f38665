/**
 * A list, or a box for text, that stays open until the user answers or cancels it. By default, VS Code closes either when the focus
 * moves. When a command was chosen in the palette, the focus returns to the panel, at times only after the next list was opened.
 */
import { type InputBoxOptions, type QuickPickItem, type QuickPickOptions, window } from "vscode";

/** One of some entries; undefined if the user cancels. */
export async function askOne<T extends QuickPickItem>(entries: readonly T[], options: QuickPickOptions): Promise<T | undefined> {
  return window.showQuickPick(entries, { ...options, ignoreFocusOut: true });
}

/** Any number of entries; undefined if the user cancels. */
export async function askSeveral<T extends QuickPickItem>(
  entries: readonly T[],
  options: QuickPickOptions,
): Promise<T[] | undefined> {
  return window.showQuickPick(entries, { ...options, ignoreFocusOut: true, canPickMany: true });
}

/** A text, without the blanks around it; undefined if the user cancels. */
export async function askText(options: InputBoxOptions): Promise<string | undefined> {
  return (await window.showInputBox({ ...options, ignoreFocusOut: true }))?.trim();
}
