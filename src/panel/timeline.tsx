/**
 * The swimlane of the last steps that fit: one lane a task. It is a slider over the steps; the list of switches is its
 * equivalent in text.
 */
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { grouped, type Shown, taskName } from "./format";
import { draw, drawingHeight, laneHeight, type Span, slot, spanOf } from "./lanes";
import { Heading } from "./parts";
import type { Store } from "./store";
import { onThemeChange, themeColours } from "./theme";
import { useSize } from "./useSize";

interface Props {
  readonly store: Store;
  readonly view: Shown;
}

/** A click or the left and right keys put the cursor on a step. */
export function Timeline({ store, view }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [plot, { width }] = useSize<HTMLDivElement>();
  const [, redraw] = useState({});
  const { cursor, shown } = store;
  const lanes = [...view.names.keys()];
  const span = spanOf(width, shown, cursor);
  store.tail = Math.max(100, span.to - span.from + 1);
  useEffect(() => onThemeChange(() => redraw({})), []);
  useLayoutEffect(() => {
    const context = canvas.current && scaled(canvas.current, width, drawingHeight(lanes.length));
    if (context) draw(context, { span, cursor, lanes, width, colours: themeColours(), row: (step) => store.row(step) });
    store.need(span.from, span.to);
  });
  const select = (event: MouseEvent) => store.select(Math.min(span.to, span.from + Math.floor(event.offsetX / slot)));
  return (
    <section class="timeline" aria-label="Timeline">
      <Heading>Timeline</Heading>
      <div class="lanes">
        <Labels view={view} lanes={lanes} />
        <div
          ref={plot}
          class="plot"
          role="slider"
          tabIndex={0}
          aria-label={`Timeline, ${describe(view, lanes, span)}`}
          aria-valuemin={1}
          aria-valuemax={view.head}
          aria-valuenow={cursor}
          aria-valuetext={valueText(store, view)}
          onKeyDown={(event) => move(event, store)}
        >
          <canvas ref={canvas} onClick={select} />
        </div>
      </div>
    </section>
  );
}

/** The names beside the lanes, as long as the lanes are high enough for text. */
function Labels({ view, lanes }: { view: Shown; lanes: readonly number[] }) {
  const height = laneHeight(lanes.length);
  const style = { height: `${height}px`, lineHeight: `${height}px` };
  const labels = lanes.map((id) => (
    <bdi key={id} title={taskName(view, id)} style={style}>
      {taskName(view, id)}
    </bdi>
  ));
  return (
    <div class="labels" aria-hidden="true">
      {height >= 14 && labels}
    </div>
  );
}

const keys: Record<string, number> = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageUp: -10, PageDown: 10 };

function move(event: KeyboardEvent, store: Store): void {
  const by = keys[event.key];
  if (by !== undefined) store.select(store.cursor + by);
  else if (event.key === "Home") store.select(1);
  else if (event.key === "End") store.command("toHead");
  else return;
  event.preventDefault();
}

function describe(view: Shown, lanes: readonly number[], span: Span): string {
  const names = lanes.slice(0, 4).map((id) => taskName(view, id));
  const more = lanes.length > names.length ? ` and ${lanes.length - names.length} more` : "";
  return `steps ${grouped(span.from)} to ${grouped(span.to)}: ${names.join(", ")}${more}`;
}

function valueText(store: Store, view: Shown): string {
  const row = store.row(store.cursor);
  return row ? `step ${row.step}, ${taskName(view, row.task)} ${row.event}` : `step ${store.cursor}`;
}

/** Sizes the canvas for the screen's pixels, only where that changes: resizing clears it. */
function scaled(canvas: HTMLCanvasElement, width: number, height: number): CanvasRenderingContext2D | null {
  const ratio = devicePixelRatio;
  const context = canvas.getContext("2d");
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  }
  context?.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}
