/**
 * The line above the lanes: the visible range, the axis, the zoom, and the lane filter.
 */
import { useState } from "preact/hooks";
import { stepLabel } from "../../core/timeline/ticks";
import { Action } from "../common/elements";
import { takeBack } from "../common/escape";
import { horizontal, moveFocus } from "../common/rovingFocus";
import { duration, type Shown } from "../text/format";
import { zoomStep } from "./keys";
import type { TimelineModel } from "./model";

/** The filter appears from this many tasks on. */
const filterFrom = 5;

interface Props {
  readonly model: TimelineModel;
  readonly view: Shown;
  /** Stands for a while where the visible range does. */
  readonly hint: string;
}

export function Header({ model, view, hint }: Props) {
  const { order } = model;
  const seen = seenText(model, view);
  return (
    <div class="head">
      <h2 title={seen}>
        Timeline {!hint && <span class="note">{seen}</span>}
        <span class="note" role="status">
          {hint}
        </span>
      </h2>
      {(view.names.size >= filterFrom || order.filter !== "") && (
        <input
          type="search"
          class="field"
          aria-label="Filter lanes"
          placeholder="Filter lanes"
          value={order.filter}
          onKeyDown={(event) => takeBack(event) && model.reorder({ ...order, filter: "" })}
          onInput={(event) => model.reorder({ ...order, filter: event.currentTarget.value })}
        />
      )}
      <div class="axis" role="radiogroup" aria-label="Axis" onKeyDown={onAxisKey}>
        <AxisButton model={model} axis="step" text="by step" />
        <AxisButton model={model} axis="time" text="by time" />
      </div>
      <Zoom model={model} />
    </div>
  );
}

/** The zoom buttons: a toolbar with one tab stop. */
function Zoom({ model }: { model: TimelineModel }) {
  const { finder } = model;
  const [stop, setStop] = useState("Zoom in (+)");
  const items = [
    { icon: "debug-continue", label: "Follow the head (F)", disabled: finder.isAtEnd, onClick: () => model.glide.follow() },
    { icon: "zoom-out", label: "Zoom out (-)", disabled: !finder.isPart, onClick: () => model.zoom(1 / zoomStep) },
    { icon: "zoom-in", label: "Zoom in (+)", disabled: !finder.isPossible(zoomStep), onClick: () => model.zoom(zoomStep) },
    { icon: "screen-full", label: "Whole run (0)", disabled: !finder.isPart, onClick: () => model.glide.showAll() },
  ];
  return (
    <div class="zoom" role="toolbar" aria-label="Zoom" onKeyDown={onToolbarKey}>
      {items.map((item) => (
        <Action key={item.label} {...item} tabIndex={item.label === stop ? 0 : -1} onFocus={() => setStop(item.label)} />
      ))}
    </div>
  );
}

function AxisButton({ model, axis, text }: { model: TimelineModel; axis: "step" | "time"; text: string }) {
  const isOn = model.finder.axis === axis;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a choice between two words that should not look like a form
    <button type="button" role="radio" aria-checked={isOn} tabIndex={isOn ? 0 : -1} onClick={() => model.turn(axis)}>
      {text}
    </button>
  );
}

/** The arrow keys change the selection, as in any radio group. */
function onAxisKey(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
  if (moveFocus(event, [...event.currentTarget.querySelectorAll<HTMLElement>("button")], horizontal)) {
    (document.activeElement as HTMLElement).click();
  }
}

function onToolbarKey(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
  moveFocus(event, [...event.currentTarget.querySelectorAll<HTMLElement>("button")], horizontal);
}

function seenText(model: TimelineModel, view: Shown): string {
  const { steps, finder, end } = model;
  const seen = steps.last > steps.first ? `${stepLabel(steps.first)}–${stepLabel(steps.last)}` : stepLabel(steps.first);
  const range = `steps ${seen} of ${stepLabel(view.head)}`;
  if (finder.axis === "step") return range;
  return `${range} · ${duration(Math.min(finder.span.to, end.micros) - finder.span.from)} of ${duration(end.micros)}`;
}
