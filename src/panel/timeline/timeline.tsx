/**
 * The timeline: one lane per task, from the whole run down to single slices. The canvases draw themselves; this file has the elements
 * around them, and the table with the same content as text.
 */
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { onThemeChange } from "../common/theme";
import { useSize } from "../common/useSize";
import type { Store } from "../model/store";
import { isRunning } from "../now/statusSentence";
import { grouped, type Shown, taskName, verb } from "../text/format";
import { namesOf } from "../text/shortening";
import { type Gestures, listenOnLanes, listenOnOverview, listenOnRuler } from "./gestures";
import { Header } from "./header";
import { type Hit, hitAt } from "./hit";
import { onTimelineKey } from "./keys";
import { LaneList } from "./laneList";
import { allHeight, firstHeight, laneHeight, scrollShowing } from "./laneRows";
import type { TimelineModel } from "./model";
import { SumTable } from "./sumTable";
import { type Place, Tooltip } from "./tooltip";
import { useWheelHint } from "./wheelHint";

interface Props {
  readonly store: Store;
  readonly view: Shown;
  readonly model: TimelineModel;
}

/** What is under the pointer, and where the pointer is. */
interface Hovered extends Place {
  readonly hit: Hit;
}

export function Timeline({ store, view, model }: Props) {
  const [hovered, setHovered] = useState<Hovered>();
  const [scroller, { height }] = useSize<HTMLDivElement>();
  const [plot, { width }] = useSize<HTMLDivElement>();
  useLayoutEffect(() => model.resize(width, height), [model, width, height]);
  useLayoutEffect(() => setHovered(undefined), [view.run]);
  useLayoutEffect(() => model.paint(), [model, view]);
  useLayoutEffect(() => model.scrolled(scroller.current?.scrollTop ?? 0), [model]); // a new element is not scrolled
  useEffect(() => onThemeChange(() => model.redraw()), [model]);
  const scrollTo = (pixels: number) => {
    if (scroller.current) scroller.current.scrollTop = pixels;
  };
  const hasOverview = useRef(false); // once shown it stays, so that nothing moves when a run begins or ends
  if (model.finder.isLong || isRunning(view)) hasOverview.current = true;
  const { lanes } = model;
  const cursorTask = view.status === "running" ? undefined : view.now?.task;
  useLayoutEffect(() => {
    const index = model.lanes.findIndex((lane) => cursorTask !== undefined && lane.tasks.includes(cursorTask));
    if (index >= 0 && height > 0) scrollTo(scrollShowing(model.lanes, index, model.scroll, height));
  }, [cursorTask, view.cursor, height]);
  const onKeyDown = (event: KeyboardEvent) =>
    onTimelineKey(event, store, model, (by) => scrollTo(model.scroll + by * laneHeight(lanes.length)));
  const [hint, turned] = useWheelHint();
  const gestures = { ...gesturesOf(store, model, setHovered, (by) => by !== 0 && scrollTo(model.scroll + by)), turned };
  return (
    <section class="timeline" aria-label="Timeline" style={{ "--apart": namesOf(view.names).least }}>
      <Header model={model} view={view} hint={hint} />
      <div class="around">
        <div
          ref={scroller}
          class={`lanes ${allHeight(lanes) > firstHeight(lanes) ? "many" : ""}`}
          style={{ height: `${firstHeight(lanes)}px` }}
          onScroll={(event) => model.scrolled(event.currentTarget.scrollTop)}
        >
          <div class="extent" style={{ height: `${allHeight(lanes)}px` }}>
            <div class="seen" style={{ height: `${Math.min(height, allHeight(lanes))}px` }}>
              <LaneList
                model={model}
                view={view}
                height={height}
                show={(index) => scrollTo(scrollShowing(model.lanes, index, model.scroll, height))}
              />
              <div
                ref={plot}
                class="plot"
                role="slider"
                tabIndex={0}
                aria-label={`Timeline, ${describe(model, view)}`}
                aria-valuemin={1}
                aria-valuemax={view.head}
                aria-valuenow={store.cursor}
                aria-valuetext={valueText(store, view)}
                onKeyDown={onKeyDown}
              >
                <Surface model={model} surface="lanes" listen={(element) => listenOnLanes(element, model, gestures)} />
              </div>
            </div>
          </div>
        </div>
        <div class="below">
          <Surface model={model} surface="ruler" listen={(element) => listenOnRuler(element, model, gestures)} />
          {hasOverview.current && (
            <Surface model={model} surface="overview" listen={(element) => listenOnOverview(element, model, gestures)} />
          )}
        </div>
      </div>
      {hovered && <Tooltip store={store} view={view} model={model} hit={hovered.hit} place={hovered} />}
      <SumTable model={model} view={view} />
    </section>
  );
}

interface SurfaceProps {
  readonly model: TimelineModel;
  readonly surface: keyof TimelineModel["surfaces"];
  readonly listen: (element: HTMLElement) => () => void;
}

/** A canvas that the model draws on. */
function Surface({ model, surface, listen }: SurfaceProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const latest = useRef(listen);
  latest.current = listen;
  useLayoutEffect(() => {
    model.surfaces = { ...model.surfaces, [surface]: canvas.current };
    model.redraw();
    const stop = canvas.current ? latest.current(canvas.current) : undefined;
    return () => {
      model.surfaces = { ...model.surfaces, [surface]: null };
      stop?.();
    };
  }, [model, surface]);
  return <canvas ref={canvas} class={surface} />;
}

function gesturesOf(
  store: Store,
  model: TimelineModel,
  hover: (hovered: Hovered | undefined) => void,
  scroll: (by: number) => void,
): Omit<Gestures, "turned"> {
  let shown: Hit | undefined;
  return {
    scroll,
    select: (step) => store.select(step),
    click: (x, y) => {
      const hit = hitAt(model, x, y);
      store.select(hit?.own ? hit.own.longestStep : model.stepAt(model.positionAt(x)));
    },
    hover: (x, y) => {
      const hit = hitAt(model, x, y);
      if (isSame(hit, shown)) return;
      shown = hit;
      hover(hit && { hit, x, y: y + (model.surfaces.lanes?.offsetTop ?? 0) });
    },
    leave: () => {
      shown = undefined;
      hover(undefined);
    },
  };
}

function isSame(one: Hit | undefined, other: Hit | undefined): boolean {
  return (
    one?.lane === other?.lane &&
    one?.first === other?.first &&
    !one?.own === !other?.own &&
    one?.blocked?.from === other?.blocked?.from
  );
}

/** The visible steps, and the tasks they belong to. */
function describe(model: TimelineModel, view: Shown): string {
  const tasks = model.lanes.flatMap((lane) => (lane.within === undefined ? lane.tasks : []));
  const names = tasks.slice(0, 4).map((id) => taskName(view, id));
  const more = tasks.length > names.length ? ` and ${tasks.length - names.length} more` : "";
  const { first, last } = model.steps;
  return `steps ${grouped(first)} to ${grouped(last)}: ${names.join(", ")}${more}`;
}

function valueText(store: Store, view: Shown): string {
  const row = store.row(store.cursor);
  return row ? `step ${row.step}, ${taskName(view, row.task)} ${verb(row)}` : `step ${store.cursor}`;
}
