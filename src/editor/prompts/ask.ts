/**
 * A list, or a box for text, that stays open until the user answers or cancels it. By default, VS Code closes either when the focus
 * moves. When a command was chosen in the palette, the focus returns to the panel, at times only after the next list was opened. Names and
 * code of the user are shown as they are, also where they look like icons or links.
 */
import { type InputBoxOptions, type QuickPickItem, type QuickPickOptions, window } from "vscode";
import { plain } from "../plain";

/** An entry of a list, with a codicon before its label. */
export interface Entry extends QuickPickItem {
  readonly icon?: string;
}

/** One of some entries; undefined if the user cancels. */
export async function askOne<T extends Entry>(entries: readonly T[], options: QuickPickOptions): Promise<T | undefined> {
  return (await window.showQuickPick(entries.map(shownEntry), { ...options, ignoreFocusOut: true }))?.entry;
}

/** Any number of entries; undefined if the user cancels. */
export async function askSeveral<T extends Entry>(entries: readonly T[], options: QuickPickOptions): Promise<T[] | undefined> {
  const picked = await window.showQuickPick(entries.map(shownEntry), { ...options, ignoreFocusOut: true, canPickMany: true });
  return picked?.map(({ entry }) => entry);
}

/** A text, without the blanks around it; undefined if the user cancels. */
export async function askText({ title = "", prompt = "", validateInput, ...options }: TextQuestion): Promise<string | undefined> {
  const texts = { title: plain(title), prompt: plain(prompt) };
  const problem = (typed: string) => plain(validateInput?.(typed) ?? "");
  return (await window.showInputBox({ ...options, ...texts, validateInput: problem, ignoreFocusOut: true }))?.trim();
}

/** A question for a text. */
export interface TextQuestion extends Omit<InputBoxOptions, "validateInput"> {
  /** What is wrong with a text; undefined if nothing is. */
  readonly validateInput?: (typed: string) => string | undefined;
}

/** An entry as the list shows it. */
export function shown<T extends Entry>(entry: T): T {
  const { icon, label, description, detail } = entry;
  return {
    ...entry,
    label: `${icon === undefined ? "" : `$(${icon}) `}${plain(label)}`,
    ...(description === undefined ? {} : { description: plain(description) }),
    ...(detail === undefined ? {} : { detail: plain(detail) }),
  };
}

function shownEntry<T extends Entry>(entry: T): T & { readonly entry: T } {
  return { ...shown(entry), entry };
}
