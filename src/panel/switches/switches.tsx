/**
 * The list of context switches. Only the visible rows are in the DOM, however long the run is.
 */

import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { Action, Heading } from "../common/elements";
import { focusedElement } from "../common/keyboard";
import { lineHeight } from "../common/lineHeight";
import { useSize } from "../common/useSize";
import { useTop } from "../common/useTopRow";
import * as scroll from "../common/virtualScroll";
import { FindBar } from "../find/findBar";
import { useFindKeys } from "../find/findKeys";
import type { Store } from "../model/store";
import { grouped, type Shown } from "../text/format";
import { type Lines, linesOf } from "./listLines";
import { Switch } from "./switchRow";

interface Props {
  readonly store: Store;
  readonly view: Shown;
}

const overscan = 4;

/** The list, with its find bar. */
export function Switches({ store, view }: Props) {
  const { finding } = store;
  const section = useRef<HTMLElement>(null);
  useFindKeys(finding);
  useFocusAfter(section, finding.open);
  return (
    <section ref={section} class="switches" aria-label="Switches">
      <Heading>
        Switches
        {!finding.open && <Action icon="search" label="Find in switches (Ctrl+F)" onClick={() => finding.show()} />}
      </Heading>
      {finding.open && <FindBar store={store} view={view} />}
      <List key={finding.isFiltering ? "matches" : "all"} store={store} view={view} lines={linesOf(store)} />
    </section>
  );
}

/** When the find bar closes while it has the focus, the focus goes to the list. */
function useFocusAfter(section: { current: HTMLElement | null }, open: boolean): void {
  useLayoutEffect(() => {
    if (!open) return;
    return () => {
      if (focusedElement() === document.body) section.current?.querySelector<HTMLElement>(".list")?.focus();
    };
  }, [open, section]);
}

/** A listbox whose selected option is the step at the cursor. */
function List({ store, view, lines }: Props & { lines: Lines }) {
  const [box, { height }] = useSize<HTMLDivElement>();
  const rowHeight = lineHeight() + 2;
  const extent = { total: lines.total, rowHeight, viewport: Math.max(height, rowHeight) };
  const isFollowing = view.status === "running" && !store.finding.isFiltering;
  const { top, onScroll } = useTop(box, extent, lines.current, isFollowing ? "running" : "still");
  const first = Math.max(0, Math.floor(top) - overscan);
  const last = Math.min(extent.total, Math.ceil(top + extent.viewport / rowHeight) + overscan);
  useEffect(() => lines.need(first, last));
  const drawn = Array.from({ length: Math.max(0, last - first) }, (_, index) => first + index);
  const isDrawn = drawn.some((line) => lines.step(line) === store.cursor);
  return (
    <div
      ref={box}
      class="list"
      role="listbox"
      tabIndex={0}
      aria-label={store.finding.isFiltering ? "Matching switches" : "Switches"}
      aria-activedescendant={isDrawn ? `switch-${store.cursor}` : undefined}
      style={`--number: ${grouped(view.head).length}ch`}
      onScroll={onScroll}
      onKeyDown={(event) => move(event, lines, Math.max(1, Math.floor(extent.viewport / rowHeight) - 1))}
    >
      <div role="presentation" style={{ height: `${scroll.contentHeight(extent)}px` }}>
        <div class="seen" role="presentation" style={{ height: `${Math.min(extent.viewport, scroll.contentHeight(extent))}px` }}>
          {drawn.map((line) => (
            <Switch key={line} store={store} view={view} lines={lines} line={line} offset={(line - top) * rowHeight} />
          ))}
        </div>
      </div>
    </div>
  );
}

function move(event: KeyboardEvent, lines: Lines, page: number): void {
  const steps: Record<string, number> = { ArrowUp: -1, ArrowDown: 1, PageUp: -page, PageDown: page };
  const by = steps[event.key];
  if (by !== undefined) lines.move(by);
  else if (event.key === "Home") lines.select(0);
  else if (event.key === "End") lines.toEnd();
  else return;
  event.preventDefault();
}
