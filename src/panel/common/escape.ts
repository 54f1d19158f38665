/**
 * Escape, wherever in the panel the focus is: it closes what was opened last or, if nothing is open, goes back to the last
 * step. VS Code gets the key only if there is neither to do.
 */
import { useLayoutEffect, useRef } from "preact/hooks";

/** What is open, the last one last. */
const open: (() => void)[] = [];

/** While this is on the page, Escape closes it before it does anything else. */
export function useEscape(close: () => void): void {
  const latest = useRef(close);
  latest.current = close;
  useLayoutEffect(() => {
    const entry = () => latest.current();
    open.push(entry);
    return () => void open.splice(open.indexOf(entry), 1);
  }, []);
}

/** @param back leads back to the last step; false where the page is there already */
export function listenForEscape(back: () => boolean): void {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing) return;
    if (!event.defaultPrevented && !closeLast() && !back()) return;
    event.preventDefault();
    event.stopPropagation();
  });
}

function closeLast(): boolean {
  const close = open.at(-1);
  close?.();
  return close !== undefined;
}

/** In a field that is always there, Escape takes back what was typed before it does anything else. @returns whether it did */
export function takeBack(event: KeyboardEvent): boolean {
  const { target: field } = event;
  if (event.key !== "Escape" || !(field instanceof HTMLInputElement) || field.type === "checkbox") return false;
  if (field.value === field.defaultValue) return false;
  field.value = field.defaultValue;
  event.preventDefault();
  return true;
}
