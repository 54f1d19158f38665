/**
 * Save Trace: the trace that is shown, with all that belongs to it, into a file of the user's.
 */
import { basename, dirname, extname, join } from "node:path";
import { commands, ProgressLocation, Uri, window } from "vscode";
import { SessionStateError } from "../session/errors";
import { saveTrace } from "../session/recording/save";
import type { Viewed } from "../session/viewed";
import type { Sessions } from "./sessions";
import { traceEditorType } from "./traceEditor";

/** The ending of trace files. */
export const traceExtension = "yieldtrace";

/**
 * Saves what is active, with progress; cancelled, it leaves no file.
 *
 * @param target the file; left out, it is asked for
 * @throws SessionStateError when there is nothing that could be saved now
 */
export async function saveShownTrace({ active }: Sessions, target?: Uri): Promise<void> {
  if (!active || active.shownStatus === "loading") {
    throw new SessionStateError("There is no trace to save.", "Run a task, or open a trace.");
  }
  if (active.shownStatus === "running") throw new SessionStateError("The run goes on.", "Pause it, and save its trace then.");
  const uri = target ?? (await askWhere(active));
  if (!uri || !(await saved(active, uri)) || target) return;
  const open = "Open";
  const answer = await window.showInformationMessage(`The trace was saved to ${basename(uri.fsPath)}.`, open);
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

/** @returns false when the user had enough */
function saved(viewed: Viewed, uri: Uri): Thenable<boolean> {
  const options = { location: ProgressLocation.Notification, title: "Saving the trace", cancellable: true };
  return window.withProgress(options, async (progress, token) => {
    const ending = new AbortController();
    token.onCancellationRequested(() => ending.abort());
    let done = 0;
    try {
      await saveTrace(viewed, uri.fsPath, {
        signal: ending.signal,
        progress: (share) => {
          progress.report({ increment: 100 * (share - done) });
          done = share;
        },
      });
      return true;
    } catch (error) {
      if (ending.signal.aborted) return false;
      throw error;
    }
  });
}
