/**
 * Save Trace: writes the current trace, with everything that belongs to it, to a file of the user's choice.
 */
import { basename, dirname, extname, join } from "node:path";
import { commands, Uri, window } from "vscode";
import { saveTrace } from "../../session/recording/save";
import type { Viewed } from "../../session/view/viewed";
import { showInformation } from "../messages";
import { traceEditorType } from "../panels/traceEditor";
import type { Sessions } from "../session/sessions";
import { atRest, written } from "./writeWithProgress";

/** The extension of trace files. */
export const traceExtension = "yieldtrace";

/**
 * Saves the active trace, with progress. When cancelled, it leaves no file.
 *
 * @param target the file; if it is missing, the user is asked
 * @throws SessionStateError if there is no trace that can be saved now
 */
export async function saveShownTrace(sessions: Sessions, target?: Uri): Promise<void> {
  const viewed = atRest(sessions, "save");
  const uri = target ?? (await askWhere(viewed));
  if (!uri) return;
  const isWhole = await written("Saving the trace", (following) => saveTrace(viewed, uri.fsPath, following));
  if (!isWhole || target) return;
  const open = "Open";
  const answer = await showInformation(`The trace was saved to ${basename(uri.fsPath)}.`, open);
  if (answer === open) await commands.executeCommand("vscode.openWith", uri, traceEditorType);
}

function askWhere({ options: { file } }: Viewed): Thenable<Uri | undefined> {
  const name = `${basename(file, extname(file)) || "tasks"}.${traceExtension}`;
  return window.showSaveDialog({
    title: "Save Trace",
    defaultUri: Uri.file(join(dirname(file), name)),
    filters: { "Yieldpoint traces": [traceExtension] },
  });
}
