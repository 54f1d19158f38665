/**
 * What outlives a reload of the page: how the user left the tree. Nothing of the trace.
 */

export interface State {
  /** Paths of the tree that do not stand as they do at first. */
  readonly toggled: string[];
}

/** Whether something that was saved, by whatever version, is a state. */
export function isState(saved: unknown): saved is State {
  if (typeof saved !== "object" || saved === null || !("toggled" in saved)) return false;
  return Array.isArray(saved.toggled) && saved.toggled.every((path) => typeof path === "string");
}
