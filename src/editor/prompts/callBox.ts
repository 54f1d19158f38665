/**
 * The box that asks for calls: a text field with a list below it. VS Code's list has one line to type in and no place for messages, so calls
 * are separated by `;`, and the first entry says what Enter does, or why it cannot.
 */
import { type QuickInputButton, QuickPickItemKind, ThemeIcon, window } from "vscode";
import { plain } from "../plain";
import { type Entry, shown } from "./ask";
import { argumentsOf, type CallContext, type CallRow, callRows } from "./callRows";

/** What can be done with the calls. The first is what the user has asked for. */
export interface CallUse {
  /** A codicon. */
  readonly icon: string;
  /** `Start a session` */
  readonly does: string;
}

export interface CallQuestion extends CallContext {
  readonly title: string;
  readonly uses: readonly [CallUse, ...CallUse[]];
  /** A text that is put into the box, to be corrected. */
  readonly again?: string;
}

export interface AskedCalls {
  readonly calls: readonly string[];
  /** The calls as one text. */
  readonly text: string;
  readonly use: CallUse;
}

interface CallEntry extends Entry {
  readonly row?: CallRow;
  readonly use?: CallUse;
}

const edit: QuickInputButton = { iconPath: new ThemeIcon("edit"), tooltip: "Edit this call first" };

const icons = { function: "symbol-function", class: "symbol-class", variable: "symbol-variable", import: "symbol-namespace" };

/** Asks for calls; undefined if the user cancels. */
export function askForCalls(question: CallQuestion): Promise<AskedCalls | undefined> {
  const box = window.createQuickPick<CallEntry>();
  box.title = plain(question.title);
  box.placeholder = `${question.generator?.call ?? "counter()"}${question.isSingle ? "" : "; several calls with ; between them"}`;
  box.ignoreFocusOut = true;
  // What the types of this version do not have yet. Without the first, entries that contain the text would come before the one about it.
  const extend = (properties: { sortByLabel?: boolean; valueSelection?: [number, number] }) => Object.assign(box, properties);
  extend({ sortByLabel: false });
  const show = (typed: string): void => {
    box.items = entriesOf(callRows(typed, question), question).map(shown);
    box.activeItems = box.items.slice(0, 1);
  };
  const put = (text: string, valueSelection: [number, number]): void => {
    box.value = text;
    extend({ valueSelection });
    show(text);
  };
  return new Promise((resolve) => {
    box.onDidChangeValue(show);
    box.onDidTriggerItemButton(({ item: { row } }) => row && put(row.text, argumentsOf(row.text)));
    box.onDidAccept(() => {
      // Whoever types fast presses Enter before the new list is drawn. Until then, VS Code reports no active entry, or the position of that of
      // the list before. So in every list the entry that Enter means is the first.
      const { row, use } = box.activeItems[0] ?? box.items[0] ?? {};
      if (row?.does === "replace") put(row.text, [row.cursor, row.cursor]);
      if (row?.does !== "accept" || !use) return;
      resolve({ calls: row.calls, text: row.text, use });
      box.hide();
    });
    box.onDidHide(() => {
      resolve(undefined);
      box.dispose();
    });
    const first = question.again ?? question.initial;
    put(first, argumentsOf(first));
    box.show();
  });
}

function entriesOf(rows: readonly CallRow[], question: CallQuestion): CallEntry[] {
  const entries: CallEntry[] = [];
  let heading = "";
  for (const row of rows) {
    const now = headingOf(row);
    // The first entry is what Enter means, so nothing stands before it.
    if (now !== heading && entries.length > 0) entries.push({ label: now, kind: QuickPickItemKind.Separator });
    heading = now;
    entries.push(...entriesFor(row, question));
  }
  return entries;
}

function headingOf(row: CallRow): string {
  if (row.does === "describe") return "function";
  if (row.does === "replace") return "names in the file";
  return row.does === "accept" && row.isBefore ? "called before" : "";
}

function entriesFor(row: CallRow, { uses }: CallQuestion): CallEntry[] {
  switch (row.does) {
    case "accept": {
      const many = row.calls.length > 1 ? `, ${row.calls.length} tasks in this order` : "";
      const offered = row.isBefore ? uses.slice(0, 1) : uses;
      return offered.map((use) => ({
        row,
        use,
        icon: row.isBefore ? "history" : use.icon,
        label: row.text,
        description: `${use.does}${many}`,
        alwaysShow: true,
        ...(row.isBefore ? { buttons: [edit] } : {}),
      }));
    }
    case "nothing":
      return [{ row, icon: row.isWrong ? "error" : "edit", label: row.text, detail: row.why, alwaysShow: true }];
    case "describe": {
      const { signature, comment } = row.description;
      return [{ row, icon: "symbol-method", label: signature, alwaysShow: true, ...(comment === "" ? {} : { detail: comment }) }];
    }
    case "replace":
      return [{ row, icon: icons[row.name.kind], label: row.name.name, alwaysShow: true }];
  }
}
