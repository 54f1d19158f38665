/**
 * One tab stop for rows of controls: up and down go to the same control of another row, left and right move along a row.
 */

import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { focusedElement } from "./keyboard";
import { horizontal, moveFocus, vertical } from "./rovingFocus";

/** Props for the element around the rows; each row has `data-row`. */
export interface TabStop<T extends HTMLElement> {
  readonly ref: RefObject<T | null>;
  onKeyDown(event: KeyboardEvent): void;
  onFocusIn(event: FocusEvent): void;
}

/**
 * Keeps the tab stop where the focus was last. If the focused row was removed, the focus goes to the row that took its place. This does
 * not scroll, because the user may have scrolled elsewhere in the meantime.
 */
export function useTabStop<T extends HTMLElement = HTMLDivElement>(): TabStop<T> {
  const ref = useRef<T>(null);
  const stop = useRef<{ control: HTMLElement; index: number; hadFocus: boolean } | undefined>(undefined);
  const place = () => {
    const controls = controlsOf(ref.current);
    const last = stop.current;
    const lost = last !== undefined && !last.control.isConnected;
    const control = lost ? controls[Math.min(last.index, controls.length - 1)] : last?.control;
    const chosen = control && controls.includes(control) ? control : controls[0];
    for (const each of controls) each.tabIndex = each === chosen ? 0 : -1;
    if (lost && last.hadFocus && focusedElement() === document.body) chosen?.focus({ preventScroll: true });
    stop.current = chosen && {
      control: chosen,
      index: controls.indexOf(chosen),
      hadFocus: chosen === document.activeElement,
    };
  };
  useLayoutEffect(place);
  return {
    ref,
    onKeyDown: (event) => move(event, ref.current),
    onFocusIn: ({ target }) => {
      if (!(target instanceof HTMLElement)) return;
      stop.current = { control: target, index: controlsOf(ref.current).indexOf(target), hadFocus: true };
      place();
    },
  };
}

function move(event: KeyboardEvent, box: HTMLElement | null): void {
  const target = event.target as HTMLElement;
  const row = target.closest<HTMLElement>("[data-row]");
  if (!box || !row) return;
  const own = controlsOf(row);
  if (moveFocus(event, own, horizontal)) return;
  const column = [...box.querySelectorAll<HTMLElement>("[data-row]")].flatMap((each) => {
    const control = each === row ? target : controlsOf(each)[own.indexOf(target)];
    return control ? [control] : [];
  });
  moveFocus(event, column, vertical);
}

function controlsOf(element: HTMLElement | null): HTMLElement[] {
  return [...(element?.querySelectorAll<HTMLElement>("button, input") ?? [])];
}
