/**
 * Shows the user what went wrong, and where.
 */
import { commands, Position, Range, Selection, Uri, ViewColumn, window } from "vscode";
import { isOfRuntime, SessionStateError, StoppedError, UserCodeError, UserError } from "../session/common/errors";
import { commandIds } from "./commandIds";
import { showFailure, showInformation } from "./messages";

/** A place in a file; line and column count from 1. */
export interface Place {
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  /** Whether what shows the place keeps the focus. */
  readonly keepsFocus?: boolean | undefined;
}

/** Reports an error with its remedy, unless the user stopped the work. If the user's code is at fault, a button leads to the place. */
export async function report(error: unknown): Promise<void> {
  if (error instanceof StoppedError) return;
  if (error instanceof UserCodeError && error.failure.file) {
    const answer = await showFailure(error.advice, "Show Source");
    if (answer) await reveal(error.failure);
  } else if (error instanceof UserError) {
    const message = error.advice;
    if (isOfRuntime(error)) {
      const answer = await showFailure(message, "Choose the Interpreter");
      if (answer) await commands.executeCommand(commandIds.openSetting);
    } else await (error instanceof SessionStateError ? showInformation(message) : showFailure(message));
  } else {
    await showFailure(`Cooperative tasks failed: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/**
 * Shows a place in the editor that already shows the file, otherwise in the first column, so that the panel stays where it is.
 *
 * @param viewColumn the column to use instead of the first one
 */
export async function reveal(place: Place, viewColumn = ViewColumn.One): Promise<void> {
  if (place.file !== undefined) await revealAt(Uri.file(place.file), place, viewColumn);
}

/** The same for a document with any URI scheme. */
export async function revealAt(
  uri: Uri,
  { line = 1, column = 1, keepsFocus = false }: Place,
  viewColumn: ViewColumn,
): Promise<void> {
  const shown = window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri.toString());
  const position = new Position(Math.max(0, line - 1), Math.max(0, column - 1));
  const editor = await window.showTextDocument(uri, {
    viewColumn: shown?.viewColumn ?? viewColumn,
    selection: new Selection(position, position),
    preserveFocus: keepsFocus,
  });
  editor.revealRange(new Range(position, position));
}
