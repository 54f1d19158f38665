/**
 * The keyboard shortcuts of the find bar. They work wherever in the panel the focus is.
 */
import { useEffect } from "preact/hooks";
import type { SearchState } from "../model/searchState";

/** Ctrl+F (Cmd+F) or `/` opens it, F3 and Shift+F3 go from match to match. */
export function useFindKeys(finding: SearchState): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!act(event, finding)) return;
      event.preventDefault();
      event.stopPropagation(); // otherwise VS Code's own shortcut runs too
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [finding]);
}

/** Handles a shortcut. Returns whether the key was one. */
function act(event: KeyboardEvent, finding: SearchState): boolean {
  const { key, altKey, shiftKey } = event;
  const control = event.ctrlKey || event.metaKey;
  if (control && !altKey && !shiftKey && key.toLowerCase() === "f") finding.show();
  else if (control || altKey) return false;
  else if (key === "/" && !isTyping(event)) finding.show();
  else if (key === "F3" && finding.isActive) void finding.matches.go(shiftKey ? "previous" : "next");
  else if (key === "F3") finding.show();
  else return false;
  return true;
}

/** Whether the event is text input into a field. */
export function isTyping({ target }: KeyboardEvent): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement;
}
