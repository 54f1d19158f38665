/**
 * Which line of a long list is at the top. It follows the current line, the scrollbar and the wheel.
 */
import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import * as scroll from "./virtualScroll";

type Box = RefObject<HTMLDivElement | null>;

/** The row at the top, with fractions, and the scroll handler of the box. */
export interface Top {
  readonly top: number;
  onScroll(event: Event & { currentTarget: HTMLElement }): void;
}

/**
 * The top row follows the current one, unless the user scrolled away during a run. When the list gets smaller, the current row stays
 * visible.
 *
 * @param current counted from 0
 */
export function useTop(box: Box, extent: scroll.Extent, current: number, mode: "running" | "still"): Top {
  const state = useRef({ top: 0, current: -1, follows: true, pixels: 0, viewport: 0 });
  const [, redraw] = useState({});
  const now = state.current;
  const { rowHeight, viewport } = extent;
  const moved = current >= 0 && current !== now.current && (now.follows || mode === "still");
  const shrank = viewport < now.viewport && current + 1 > now.top && current < now.top + now.viewport / rowHeight;
  if (moved || shrank) {
    now.top = scroll.topShowing(current, now.top, extent);
    now.follows = true;
  }
  now.current = current;
  now.viewport = viewport;
  now.top = scroll.clampTop(now.top, extent);
  const goTo = (top: number) => {
    now.top = scroll.clampTop(top, extent);
    now.follows = now.top >= scroll.maxTop(extent) - 0.5;
    redraw({});
  };
  useScrollbar(box, now, extent);
  useWheel(box, extent, (rows) => goTo(now.top + rows));
  const onScroll = (event: Event & { currentTarget: HTMLElement }) => {
    const pixels = event.currentTarget.scrollTop;
    if (Math.abs(pixels - now.pixels) <= 1) return;
    now.pixels = pixels;
    goTo(scroll.topOf(pixels, extent));
  };
  return { top: now.top, onScroll };
}

/** Sets the scrollbar to the top row. Writes only a changed position, since writing it costs a layout. */
function useScrollbar(box: Box, now: { top: number; pixels: number }, extent: scroll.Extent): void {
  useLayoutEffect(() => {
    const pixels = scroll.pixelsOf(now.top, extent);
    const stays = Math.abs(scroll.topOf(now.pixels, extent) - now.top) * extent.rowHeight < 1;
    if (!box.current || stays || pixels === now.pixels) return;
    now.pixels = pixels;
    box.current.scrollTop = pixels;
  });
}

/** Where one pixel of the scrollbar stands for many rows, the wheel still moves by a few rows. */
function useWheel(box: Box, extent: scroll.Extent, by: (rows: number) => void): void {
  const latest = useRef(by);
  latest.current = by;
  const scaled = scroll.isScaled(extent);
  const { rowHeight } = extent;
  useEffect(() => {
    const element = box.current;
    if (!element || !scaled) return;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      latest.current(event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY : event.deltaY / rowHeight);
    };
    element.addEventListener("wheel", onWheel, { passive: false });
    return () => element.removeEventListener("wheel", onWheel);
  }, [box, scaled, rowHeight]);
}
