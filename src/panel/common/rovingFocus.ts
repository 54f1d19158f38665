/**
 * A roving tab stop: one tab stop for a group of controls, with arrow keys inside, as toolbars and grids use it.
 */

/** Which keys go to the previous and the next stop. */
export interface Keys {
  readonly previous: string;
  readonly next: string;
}

export const horizontal: Keys = { previous: "ArrowLeft", next: "ArrowRight" };
export const vertical: Keys = { previous: "ArrowUp", next: "ArrowDown" };

/** The index that a key moves to, or undefined if the key does not move the focus. */
export function destination(key: string, keys: Keys, index: number, count: number): number | undefined {
  if (key === keys.previous) return Math.max(0, index - 1);
  if (key === keys.next) return Math.min(count - 1, index + 1);
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  return undefined;
}

/** Moves the focus between the controls of a container. Returns whether the key was handled. */
export function moveFocus(event: KeyboardEvent, stops: readonly HTMLElement[], keys: Keys): boolean {
  const index = stops.indexOf(event.target as HTMLElement);
  if (index < 0) return false;
  const to = destination(event.key, keys, index, stops.length);
  if (to === undefined) return false;
  event.preventDefault();
  stops[to]?.focus();
  return true;
}
