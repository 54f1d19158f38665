/**
 * Handles Escape for the whole panel: it closes what was opened last or, if nothing is open, goes back to the last step. VS Code gets
 * the key only if neither applies.
 */
import { useLayoutEffect, useRef } from "preact/hooks";

/** What is open, as a stack of functions that close it. */
const open: (() => void)[] = [];

/** While the calling component is mounted, Escape closes it before it does anything else. */
export function useEscape(close: () => void): void {
  const latest = useRef(close);
  latest.current = close;
  useLayoutEffect(() => {
    const entry = () => latest.current();
    open.push(entry);
    return () => void open.splice(open.indexOf(entry), 1);
  }, []);
}

/** @param back goes back to the last step; returns false if the page is already there */
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

/** In a field that is always visible, Escape first discards what was typed. @returns whether it did */
export function takeBack(event: KeyboardEvent): boolean {
  const { target: field } = event;
  if (event.key !== "Escape" || !(field instanceof HTMLInputElement) || field.type === "checkbox") return false;
  if (field.value === field.defaultValue) return false;
  field.value = field.defaultValue;
  event.preventDefault();
  return true;
}
