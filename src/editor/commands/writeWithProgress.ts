/**
 * Writes a file that takes long, with a progress notification that can be cancelled.
 */
import { ProgressLocation, window } from "vscode";
import { SessionStateError } from "../../session/common/errors";
import type { Viewed } from "../../session/view/viewed";
import type { Sessions } from "../session/sessions";

/** How the work is followed and ended. */
export interface Following {
  readonly signal: AbortSignal;
  /** @param share of the work that is done, from 0 to 1 */
  readonly progress: (share: number) => void;
}

/**
 * What is shown, if its trace can be written now.
 *
 * @param verb what is to be done with it: `save`
 * @throws SessionStateError when it cannot
 */
export function atRest({ active }: Sessions, verb: string): Viewed {
  if (!active || active.shownStatus === "loading") {
    throw new SessionStateError(`There is no trace to ${verb}.`, "Run a task, or open a trace.");
  }
  if (active.shownStatus === "running")
    throw new SessionStateError("The run is still going on.", `Pause it, and ${verb} its trace then.`);
  return active;
}

/**
 * Does the work under a notification.
 *
 * @returns false when the user had enough
 */
export function written(title: string, write: (following: Following) => Promise<void>): Thenable<boolean> {
  const options = { location: ProgressLocation.Notification, title, cancellable: true };
  return window.withProgress(options, async (progress, token) => {
    const ending = new AbortController();
    token.onCancellationRequested(() => ending.abort());
    let done = 0;
    try {
      await write({
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
