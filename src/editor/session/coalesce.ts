/**
 * Coalesces changes that arrive in the same turn of the event loop.
 */

/** Returns a function that runs the action once in a microtask, however often it is called until then. */
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
