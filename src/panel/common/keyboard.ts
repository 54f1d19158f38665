/**
 * Where the keyboard is. The page keeps an active element while the keyboard is elsewhere in VS Code; moving the focus then would take
 * the keyboard from there.
 */

/** The element that has the keyboard, or null where the keyboard is outside of the panel. */
export function focusedElement(): Element | null {
  return document.hasFocus() ? document.activeElement : null;
}
