// biome-ignore-all lint/a11y/useFocusableInteractive: the listbox has the focus, and refers to its option by aria-activedescendant
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the listbox has keys for what its options' buttons do
/**
 * The names beside the lanes: a listbox in which lanes are ordered, pinned and collapsed, by keyboard and by pointer.
 */
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { lookOf } from "../../core/timeline/look";
import { ShortName } from "../common/shortName";
import { colour, grouped, type Shown, taskName } from "../text/format";
import { namesOf } from "../text/shortening";
import { oneLine } from "../text/text";
import { expandAll, functionOf, type Lane, movedTo, toggleCollapsed, togglePinned } from "./laneOrder";
import { laneHeight, pinnedHeight, seenLanes } from "./laneRows";
import type { TimelineModel } from "./model";

const hint = "Alt+Up and Alt+Down move a lane, P pins it, C collapses it, D shows below it what its task delegates to";

interface Props {
  readonly model: TimelineModel;
  readonly view: Shown;
  /** The visible height, in pixels. */
  readonly height: number;
  /** Scrolls a lane into view. */
  readonly show: (index: number) => void;
}

export function LaneList({ model, view, height, show }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const { lanes } = model;
  const at = Math.min(active, lanes.length - 1);
  const go = (index: number) => {
    setActive(Math.min(Math.max(0, index), lanes.length - 1));
    show(Math.min(Math.max(0, index), lanes.length - 1));
  };
  useLayoutEffect(() => (list.current ? listenForMoves(list.current, model, view) : undefined), [model, view.names]);
  return (
    <div
      ref={list}
      class="labels"
      role="listbox"
      tabIndex={0}
      aria-label="Lanes"
      aria-description={hint}
      aria-activedescendant={lanes[at] && idOf(lanes[at])}
      onKeyDown={(event) => onKeyDown(event, model, view, at, go)}
    >
      {seenLanes(lanes, model.scroll, height).map(({ lane, index, y }) => (
        <Label
          key={idOf(lane)}
          model={model}
          view={view}
          lane={lane}
          y={y}
          isActive={index === at}
          onClick={() => setActive(index)}
        />
      ))}
    </div>
  );
}

interface LabelProps {
  readonly model: TimelineModel;
  readonly view: Shown;
  readonly lane: Lane;
  readonly y: number;
  readonly isActive: boolean;
  readonly onClick: () => void;
}

function Label({ model, view, lane, y, isActive, onClick }: LabelProps) {
  const height = laneHeight(model.lanes.length);
  const isUnder = lane.kind !== "pinned" && y < pinnedHeight(model.lanes);
  const style = { top: `${y}px`, height: `${height}px`, lineHeight: `${height - 1}px`, zIndex: isUnder ? 0 : 1 };
  const name = nameOf(view, lane);
  return (
    <div
      role="option"
      id={idOf(lane)}
      class={`lane-name ${lane.kind} ${lane.within === undefined ? "" : "below"}`}
      aria-selected={isActive}
      aria-label={lane.within === undefined ? undefined : name}
      title={name}
      data-task={lane.tasks.length === 1 && lane.within === undefined ? lane.tasks[0] : undefined}
      style={style}
      onClick={onClick}
    >
      {lane.kind === "rest" ? <span class="swatch rest" /> : <Swatch task={lane.tasks[0] ?? 0} />}
      {lane.within === undefined ? (
        isOfSeveral(lane) ? (
          <bdi>{name}</bdi>
        ) : (
          <ShortName text={name} among={namesOf(view.names)} />
        )
      ) : (
        <bdi>{oneLine(lane.within)}</bdi>
      )}
      <Buttons model={model} lane={lane} />
    </div>
  );
}

/** The colour and pattern of a task. */
function Swatch({ task }: { task: number }) {
  return <span class={`swatch ${colour(task)} ${lookOf(task).pattern}`} />;
}

/** Buttons for the pointer only: the listbox has keys for the same actions. */
function Buttons({ model, lane }: { model: TimelineModel; lane: Lane }) {
  const [task = 0] = lane.tasks;
  const button = (icon: string, title: string, act: () => void) => (
    <button type="button" tabIndex={-1} title={title} aria-label={title} onClick={act}>
      <span class={`codicon codicon-${icon}`} />
    </button>
  );
  if (lane.kind === "rest") {
    return <span aria-hidden="true">{button("expand-all", "Show all lanes", () => model.reorder(expandAll(model.order)))}</span>;
  }
  if (lane.kind === "group") return null;
  const isBelow = model.hasBelow(task);
  const below = button("list-tree", `${isBelow ? "Hide" : "Show"} the lanes of what it delegates to (D)`, () =>
    model.toggleBelow(task),
  );
  if (lane.within !== undefined) return <span aria-hidden="true">{below}</span>;
  const isPinned = lane.kind === "pinned";
  return (
    <span aria-hidden="true">
      {below}
      {button(isPinned ? "pinned" : "pin", isPinned ? "Unpin (P)" : "Pin to the top (P)", () => pin(model, task))}
      {button("fold", "Collapse (C)", () => collapse(model, task))}
    </span>
  );
}

function pin(model: TimelineModel, task: number): void {
  model.reorder(togglePinned(model.order, task));
}

function collapse(model: TimelineModel, task: number): void {
  model.reorder(toggleCollapsed(model.order, task));
}

function onKeyDown(event: KeyboardEvent, model: TimelineModel, view: Shown, at: number, go: (index: number) => void): void {
  const { lanes, order } = model;
  const [lane, task = 0] = [lanes[at], lanes[at]?.tasks[0]];
  const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: lanes.length - 1 }[event.key];
  const place = to === undefined ? undefined : placeAt(lanes, at, to);
  if (event.altKey && lane && place?.kind === lane.kind) {
    model.reorder(movedTo(order, task, place.tasks[0] ?? 0, view.names));
    go(model.lanes.findIndex(({ tasks, within }) => tasks[0] === task && within === lane.within));
  } else if (to !== undefined) go(event.altKey ? at : to);
  else if (event.ctrlKey || event.metaKey || event.altKey || !lane) return;
  else if (lane.kind === "rest" && ["Enter", " ", "c"].includes(event.key)) model.reorder(expandAll(order));
  else if (isOfSeveral(lane)) return;
  else if (event.key.toLowerCase() === "d") {
    model.toggleBelow(task);
    go(model.lanes.findIndex(({ tasks }) => tasks[0] === task));
  } else if (lane.within !== undefined) return;
  else if (event.key.toLowerCase() === "p") {
    pin(model, task);
    go(model.lanes.findIndex(({ tasks }) => tasks[0] === task));
  } else if (event.key.toLowerCase() === "c") collapse(model, task);
  else return;
  event.preventDefault();
}

/** The nearest lane of another task, from a lane on in the direction of another one. */
function placeAt(lanes: readonly Lane[], from: number, to: number): Lane | undefined {
  const step = Math.sign(to - from);
  if (Math.abs(to - from) > 1) return lanes[to];
  for (let at = to; step !== 0 && lanes[at]; at += step) {
    const lane = lanes[at] as Lane;
    if (lane.within === undefined && lane.tasks[0] !== lanes[from]?.tasks[0]) return lane;
  }
  return undefined;
}

/** A label that is dragged is moved to the position of the one it is over. */
function listenForMoves(list: HTMLElement, model: TimelineModel, view: Shown): () => void {
  let task: number | undefined;
  const down = (event: PointerEvent) => {
    const target = event.target as HTMLElement;
    const name = target.closest<HTMLElement>("[data-task]")?.dataset.task;
    task = name === undefined || target.closest("button") || event.button !== 0 ? undefined : Number(name);
  };
  const move = (event: PointerEvent) => {
    if (task === undefined || event.buttons === 0) return;
    const over = document.elementFromPoint(event.clientX, event.clientY)?.closest<HTMLElement>("[data-task]")?.dataset.task;
    if (over !== undefined && Number(over) !== task) model.reorder(movedTo(model.order, task, Number(over), view.names));
  };
  list.addEventListener("pointerdown", down);
  list.addEventListener("pointermove", move);
  return () => {
    list.removeEventListener("pointerdown", down);
    list.removeEventListener("pointermove", move);
  };
}

function idOf({ kind, tasks, within }: Lane): string {
  if (kind === "rest") return "lane-rest";
  return within === undefined ? `lane-${tasks[0]}` : `lane-${tasks[0]}-${encodeURIComponent(within)}`;
}

/** Whether a lane has no task of its own. */
function isOfSeveral({ kind }: Lane): boolean {
  return kind === "rest" || kind === "group";
}

/** The name of a lane. */
export function nameOf(view: Shown, lane: Lane): string {
  const [task = 0] = lane.tasks;
  if (lane.kind === "group") return `${functionOf(taskName(view, task))} × ${grouped(lane.tasks.length)}`;
  if (lane.within !== undefined) return `${taskName(view, task)} in ${oneLine(lane.within)}`;
  if (lane.kind !== "rest") return taskName(view, task);
  return lane.tasks.length === 1 ? `1 more: ${taskName(view, task)}` : `${grouped(lane.tasks.length)} more tasks`;
}
