/**
 * Tells the host which task's row is selected: the row that has the focus, or had it until another element of the page got it.
 */
import { useLayoutEffect } from "preact/hooks";
import type { Store } from "../model/store";

/** The row of a task, if it is listed. */
export function rowOf(task: number): HTMLElement | null {
  return document.querySelector(`.tasks .row[data-task="${task}"]`);
}

/** @param run the run that is shown: the row that stays selected is told again for another one */
export function useSelectedRow(store: Store, run: number): void {
  useLayoutEffect(() => {
    let told: number | undefined;
    const tell = (element: EventTarget | null) => {
      if (!(element instanceof HTMLElement) || element.closest('[role="menu"]')) return;
      const row = element.closest<HTMLElement>(".tasks .row[data-task]");
      const task = row ? Number(row.dataset.task) : undefined;
      if (task === told) return;
      told = task;
      store.send({ type: "row", ...(task === undefined ? {} : { task }) });
    };
    const onFocusIn = ({ target }: FocusEvent) => tell(target);
    tell(document.activeElement);
    document.addEventListener("focusin", onFocusIn);
    return () => document.removeEventListener("focusin", onFocusIn);
  }, [run]);
}
