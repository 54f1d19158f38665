/**
 * Collects the changes that arrive while something is being shown.
 */

/** The action after what is under way now, once however often it is asked for until then. */
export function coalesced(action: () => void): () => void {
  let isAsked = false;
  return () => {
    if (isAsked) return;
    isAsked = true;
    queueMicrotask(() => {
      isAsked = false;
      action();
    });
  };
}
