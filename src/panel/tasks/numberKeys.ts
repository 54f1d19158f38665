/**
 * The keys 1 to 9 select the first to ninth task of the list to run next, wherever in the panel the focus is.
 */
import { useLayoutEffect } from "preact/hooks";
import type { TaskRow } from "../../protocol/panel";
import { isTyping } from "../find/findKeys";

/** The digit for the task at an index of the list, counted from 0. */
export function digitOf(place: number): number | undefined {
  return place < 9 ? place + 1 : undefined;
}

/**
 * Listens for the keys while the session has tasks. What is drawn is what the keys do: an effect after the drawing would leave a moment in
 * which a key does what was drawn before.
 *
 * @param pick called with the selected task
 */
export function useNumberKeys(tasks: readonly TaskRow[], isOn: boolean, pick: (task: TaskRow) => void): void {
  useLayoutEffect(() => {
    if (!isOn) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event) || !/^[1-9]$/.test(event.key)) return;
      const task = tasks[Number(event.key) - 1];
      if (!task) return;
      event.preventDefault();
      pick(task);
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  });
}
