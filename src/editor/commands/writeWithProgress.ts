/**
 * Runs a long write with a progress notification that can be cancelled.
 */
import { ProgressLocation, window } from "vscode";
import { SessionStateError } from "../../session/common/errors";
import type { Viewed } from "../../session/view/viewed";
import type { Sessions } from "../session/sessions";

/** Progress reporting and cancellation of the work. */
export interface Following {
  readonly signal: AbortSignal;
  /** @param share the finished part of the work, from 0 to 1 */
  readonly progress: (share: number) => void;
}

/**
 * The session or recording that is shown, if its trace can be written now.
 *
 * @param verb the action for the error message, such as `save`
 * @throws SessionStateError if it cannot be written
 */
export function atRest({ active }: Sessions, verb: string): Viewed {
  if (!active || active.shownStatus === "loading") {
    throw new SessionStateError(`There is no trace to ${verb}.`, "Run a task, or open a trace.");
  }
  if (active.shownStatus === "running")
    throw new SessionStateError("The run is still in progress.", `Pause it, and ${verb} its trace then.`);
  return active;
}

/**
 * Runs the work under a notification.
 *
 * @returns false if the user cancelled
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
