/**
 * Where the keyboard focus is. The page keeps an active element while another part of VS Code has the focus. Moving the focus inside the
 * page then would steal it from there.
 */

/** The focused element, or null if the focus is outside the panel. */
export function focusedElement(): Element | null {
  return document.hasFocus() ? document.activeElement : null;
}
