/**
 * The focus is never lost: when what has it is removed from the page, it goes to the nearest control that is left, within the same section
 * if there is one.
 */
import { focusedElement } from "./keyboard";

const stops = '[tabindex="0"], button:not([tabindex="-1"]), :is(input, select, textarea):not([tabindex="-1"])';

let keptAt: HTMLElement | undefined;

/** Whether nothing has the focus by the user's choice: nothing at all, or the control to which it was moved here. */
export function isUnclaimed(focused: Element | null): boolean {
  return focused === document.body || (focused !== null && focused === keptAt);
}

/** Whoever removes an element and has a better place for its focus moves it as part of the same change. */
export function keepFocus(root: HTMLElement): void {
  let last: HTMLElement[] = [];
  document.addEventListener("focusin", ({ target }) => {
    last = [];
    for (let element = target; element instanceof HTMLElement; element = element.parentElement) last.push(element);
  });
  // A press beside all controls takes the focus from them.
  document.addEventListener("pointerdown", () => (last = []), { capture: true });
  new MutationObserver(() => {
    if (!last[0] || last[0].isConnected || focusedElement() !== document.body) return;
    for (const element of last) if (element.isConnected && focusIn(element)) return;
  }).observe(root, { childList: true, subtree: true });
}

function focusIn(element: HTMLElement): boolean {
  const stop = [...element.querySelectorAll<HTMLElement>(stops)].find((each) => each.checkVisibility());
  keptAt = stop;
  stop?.focus({ preventScroll: true });
  return stop !== undefined;
}
