/**
 * The list of context switches: only the rows that are seen are in the page, whatever the length of the run.
 */
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Row } from "../protocol/panel";
import { duration, grouped, type Shown, verb } from "./format";
import { Heading, Preview, TaskName } from "./parts";
import type { Store } from "./store";
import { oneLine } from "./text";
import { useSize } from "./useSize";
import * as scroll from "./virtualScroll";

interface Props {
  readonly store: Store;
  readonly view: Shown;
}

const rowHeight = 22;
const overscan = 4;

/** A listbox; its selection is the cursor. */
export function Switches({ store, view }: Props) {
  const [box, { height }] = useSize<HTMLDivElement>();
  const extent = { total: store.shown, rowHeight, viewport: Math.max(height, rowHeight) };
  const { top, onScroll } = useTop(box, extent, store.cursor, view.status === "running" ? "running" : "still");
  const first = Math.max(0, Math.floor(top) - overscan);
  const last = Math.min(extent.total, Math.ceil(top + extent.viewport / rowHeight) + overscan);
  useEffect(() => store.need(first + 1, last));
  const steps = Array.from({ length: Math.max(0, last - first) }, (_, index) => first + index + 1);
  const isDrawn = store.cursor > first && store.cursor <= last;
  return (
    <section class="switches" aria-label="Switches">
      <Heading>Switches</Heading>
      <div
        ref={box}
        class="list"
        role="listbox"
        tabIndex={0}
        aria-label="Switches"
        aria-activedescendant={isDrawn ? `switch-${store.cursor}` : undefined}
        onScroll={onScroll}
        onKeyDown={(event) => move(event, store, Math.max(1, Math.floor(extent.viewport / rowHeight) - 1))}
      >
        <div role="presentation" style={{ height: `${scroll.contentHeight(extent)}px` }}>
          <div
            class="seen"
            role="presentation"
            style={{ height: `${Math.min(extent.viewport, scroll.contentHeight(extent))}px` }}
          >
            {steps.map((step) => (
              <Switch key={step} store={store} view={view} step={step} offset={(step - 1 - top) * rowHeight} />
            ))}
          </div>
        </div>
      </div>
    </section>
  );
}

/** The row at the top: it follows the cursor, unless the user scrolled away during a run. A smaller list still shows it. */
function useTop(box: { current: HTMLDivElement | null }, extent: scroll.Extent, cursor: number, mode: "running" | "still") {
  const state = useRef({ top: 0, cursor: -1, follows: true, pixels: 0, viewport: 0 });
  const [, redraw] = useState({});
  const now = state.current;
  const moved = cursor !== now.cursor && (now.follows || mode === "still");
  const shrank = extent.viewport < now.viewport && cursor > now.top && cursor <= now.top + now.viewport / rowHeight;
  if (moved || shrank) {
    now.top = scroll.topShowing(Math.max(0, cursor - 1), now.top, extent);
    now.follows = true;
  }
  now.cursor = cursor;
  now.viewport = extent.viewport;
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

/** Puts the scrollbar where the top row is; only where it is not there yet, since writing it costs a layout. */
function useScrollbar(
  box: { current: HTMLDivElement | null },
  now: { top: number; pixels: number },
  extent: scroll.Extent,
): void {
  useLayoutEffect(() => {
    const pixels = scroll.pixelsOf(now.top, extent);
    const stays = Math.abs(scroll.topOf(now.pixels, extent) - now.top) * rowHeight < 1;
    if (!box.current || stays || pixels === now.pixels) return;
    now.pixels = pixels;
    box.current.scrollTop = pixels;
  });
}

/** Where one pixel of the scrollbar stands for many rows, a wheel still moves a few. */
function useWheel(box: { current: HTMLDivElement | null }, extent: scroll.Extent, by: (rows: number) => void): void {
  const latest = useRef(by);
  latest.current = by;
  const scaled = scroll.isScaled(extent);
  useEffect(() => {
    const element = box.current;
    if (!element || !scaled) return;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      latest.current(event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY : event.deltaY / rowHeight);
    };
    element.addEventListener("wheel", onWheel, { passive: false });
    return () => element.removeEventListener("wheel", onWheel);
  }, [box, scaled]);
}

function move(event: KeyboardEvent, store: Store, page: number): void {
  const steps: Record<string, number> = { ArrowUp: -1, ArrowDown: 1, PageUp: -page, PageDown: page };
  const by = steps[event.key];
  if (by !== undefined) store.select(store.cursor + by);
  else if (event.key === "Home") store.select(1);
  else if (event.key === "End") store.command("toHead");
  else return;
  event.preventDefault();
}

function Switch({ store, view, step, offset }: Props & { step: number; offset: number }) {
  const row = store.row(step);
  const selected = step === store.cursor;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the listbox has the focus, and names this by aria-activedescendant
    // biome-ignore lint/a11y/useKeyWithClickEvents: the listbox moves the cursor by keyboard
    <div
      role="option"
      id={`switch-${step}`}
      class={`switch ${selected ? "current" : ""}`}
      aria-selected={selected}
      aria-posinset={step}
      aria-setsize={store.shown}
      style={{ transform: `translateY(${offset}px)` }}
      onClick={() => store.select(step)}
    >
      <span class="number dim">{grouped(step)}</span>
      {row && <Happened view={view} row={row} />}
    </div>
  );
}

function Happened({ view, row }: { view: Shown; row: Row }) {
  return (
    <>
      <span class="what">
        <TaskName view={view} id={row.task} /> <span class={row.event === "yielded" ? "dim" : row.event}>{verb(row.event)}</span>{" "}
        <Preview text={row.value} />
        {row.output !== undefined && (
          <span class="printed" title={oneLine(row.output)}>
            {" "}
            <span class="codicon codicon-output" aria-hidden="true" /> {oneLine(row.output)}
          </span>
        )}
      </span>
      <span class="took dim">{duration(row.micros)}</span>
    </>
  );
}
