/**
 * Mouse wheel and pointer on the lanes, the ruler and the overview. As elsewhere in VS Code, the wheel scrolls the lanes and the page; with Shift it
 * pans, with Ctrl it zooms about the pointer. A drag pans, unless it begins at the cursor or on the ruler.
 */
import type { TimelineModel } from "./model";
import * as viewport from "./viewport";

/** The cursor can be grabbed within this many pixels. */
const grip = 5;
/** A pointer that moved less than this many pixels made a click, not a drag. */
const still = 3;
/** The pixels per line for a wheel that reports lines. */
const line = 30;

/** The actions that gestures trigger. */
export interface Gestures {
  /** Moves the cursor to a step. */
  select(step: number): void;
  /** A click at a point of the lanes. */
  click(x: number, y: number): void;
  /** The pointer is at a point of the lanes, or has left them. */
  hover(x: number, y: number): void;
  leave(): void;
  /** Scrolls the lanes, in pixels. */
  scroll(by: number): void;
  /** The wheel was turned without a key at a time in milliseconds, which scrolls what is around. */
  turned(at: number): void;
}

/** Listens on the lanes, until the returned function is called. */
export function listenOnLanes(element: HTMLElement, model: TimelineModel, gestures: Gestures): () => void {
  return listen(element, {
    wheel: (event) => wheel(event, element, model, gestures),
    pointerdown: (event) => {
      if (event.button !== 0) return;
      if (isAtCursor(model, event.offsetX)) dragCursor(event, element, model, gestures);
      else dragLanes(event, element, model, gestures);
    },
    pointermove: (event) => {
      element.style.cursor = isAtCursor(model, event.offsetX) ? "ew-resize" : "";
      if (event.buttons === 0) gestures.hover(event.offsetX, event.offsetY);
    },
    pointerleave: () => gestures.leave(),
  });
}

/** Listens on the ruler: a drag moves the cursor. */
export function listenOnRuler(element: HTMLElement, model: TimelineModel, gestures: Gestures): () => void {
  return listen(element, {
    wheel: (event) => wheel(event, element, model, gestures),
    pointerdown: (event) => {
      if (event.button === 0) dragCursor(event, element, model, gestures);
    },
  });
}

/** Listens on the overview: a drag moves the window, a click centres it there. */
export function listenOnOverview(element: HTMLElement, model: TimelineModel, gestures: Gestures): () => void {
  return listen(element, {
    pointerdown: (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      const { span, room } = model.finder;
      const perPixel = viewport.most(room) / Math.max(1, element.clientWidth);
      const at = event.offsetX * perPixel;
      const isInside = at >= span.from && at <= span.to;
      const width = span.to - span.from;
      const from = isInside ? span.from : at - width / 2;
      if (!isInside) model.glide.show({ from, to: from + width });
      drag(event, element, (dx) => model.glide.show({ from: from + dx * perPixel, to: from + dx * perPixel + width }));
    },
    wheel: (event) => wheel(event, element, model, gestures),
  });
}

function wheel(event: WheelEvent, element: HTMLElement, model: TimelineModel, gestures: Gestures): void {
  const scale = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? line : 1;
  const { span, room } = model.finder;
  const perPixel = (span.to - span.from) / Math.max(1, element.clientWidth);
  if (event.ctrlKey || event.metaKey) {
    // A pinch gesture also arrives as wheel events with Ctrl, in small steps.
    const factor = Math.exp(Math.max(-80, Math.min(80, event.deltaY * scale)) * 0.004);
    const at = model.positionAt(event.clientX - element.getBoundingClientRect().left);
    model.glide.show(viewport.zoomed(span, factor, at, room));
  } else {
    const by = (event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX) * scale;
    const isSideways = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
    if (!isSideways) {
      gestures.turned(event.timeStamp);
      return;
    }
    model.glide.show(viewport.panned(span, by * perPixel, room));
  }
  event.preventDefault();
}

function isAtCursor(model: TimelineModel, x: number): boolean {
  const position = model.positionOf(model.cursor);
  if (position === undefined) return false;
  const { from, to } = model.finder.span;
  return Math.abs(((position - from) / (to - from)) * model.size.width - x) <= grip;
}

/** The cursor is drawn at the end of its step's slice, so dragging snaps to the nearest end. */
function dragCursor(event: PointerEvent, element: HTMLElement, model: TimelineModel, gestures: Gestures): void {
  event.preventDefault();
  gestures.leave();
  const left = element.getBoundingClientRect().left;
  const stepAt = (x: number) => model.stepBefore(model.positionAt(x));
  const start = event.clientX - left;
  const take = (x: number) => {
    const step = stepAt(x);
    if (step === model.cursor) return;
    model.dragTo(step);
    gestures.select(step);
  };
  if (!isAtCursor(model, start)) take(start);
  drag(
    event,
    element,
    (dx) => take(start + dx),
    () => model.drop(),
  );
}

function dragLanes(event: PointerEvent, element: HTMLElement, model: TimelineModel, gestures: Gestures): void {
  const { from, to } = model.finder.span;
  const perPixel = (to - from) / Math.max(1, model.size.width);
  let moved = 0;
  let scrolled = 0;
  const move = (dx: number, dy: number) => {
    moved = Math.max(moved, Math.hypot(dx, dy));
    if (moved < still) return;
    gestures.leave();
    element.classList.add("dragging");
    model.glide.show({ from: from - dx * perPixel, to: to - dx * perPixel });
    gestures.scroll(scrolled - dy);
    scrolled = dy;
  };
  drag(event, element, move, () => {
    element.classList.remove("dragging");
    if (moved < still) gestures.click(event.offsetX, event.offsetY);
  });
}

/** Follows a pointer until it is released. Distances are relative to where it went down. */
function drag(
  start: PointerEvent,
  element: HTMLElement,
  move: (dx: number, dy: number) => void,
  end: () => void = () => undefined,
): void {
  element.setPointerCapture(start.pointerId);
  const stop = listen(element, {
    pointermove: (event) => move(event.clientX - start.clientX, event.clientY - start.clientY),
    pointerup: () => {
      stop();
      end();
    },
    pointercancel: () => {
      stop();
      end();
    },
  });
}

type Listeners = { readonly [Type in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[Type]) => void };

function listen(element: HTMLElement, listeners: Listeners): () => void {
  const entries = Object.entries(listeners) as [string, EventListener][];
  for (const [type, listener] of entries) element.addEventListener(type, listener, { passive: false });
  return () => {
    for (const [type, listener] of entries) element.removeEventListener(type, listener);
  };
}
