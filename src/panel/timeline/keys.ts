/**
 * The keyboard shortcuts of the timeline: the arrow keys move the cursor, with Shift the window; plus and minus, or W and S, zoom.
 */
import type { Store } from "../model/store";
import type { TimelineModel } from "./model";

/** The zoom factor of one key press. */
export const zoomStep = 0.6;
/** The fraction of the window that one key press pans by. */
const panStep = 0.25;

type Act = (store: Store, model: TimelineModel) => void;

const keys: Record<string, Act> = {
  ArrowLeft: (store) => store.move(-1),
  ArrowRight: (store) => store.move(1),
  PageUp: (store) => store.move(-10),
  PageDown: (store) => store.move(10),
  Home: (store) => store.select(1),
  End: (store) => store.command("toHead"),
  "+": (_, model) => model.zoom(zoomStep),
  "=": (_, model) => model.zoom(zoomStep),
  w: (_, model) => model.zoom(zoomStep),
  "-": (_, model) => model.zoom(1 / zoomStep),
  s: (_, model) => model.zoom(1 / zoomStep),
  a: (_, model) => model.glide.pan(-panStep),
  d: (_, model) => model.glide.pan(panStep),
  "0": (_, model) => model.glide.showAll(),
  f: (_, model) => model.glide.follow(),
  t: (_, model) => model.turn(model.finder.axis === "step" ? "time" : "step"),
};

const withShift: Record<string, Act> = {
  ArrowLeft: (_, model) => model.glide.pan(-panStep),
  ArrowRight: (_, model) => model.glide.pan(panStep),
  Home: (_, model) => model.glide.pan(Number.NEGATIVE_INFINITY),
  End: (_, model) => model.glide.follow(),
};

/** Handles a key; the up and down arrows scroll the lanes. */
export function onTimelineKey(event: KeyboardEvent, store: Store, model: TimelineModel, scroll: (lanes: number) => void): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const act = (event.shiftKey && withShift[event.key]) || keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (act) act(store, model);
  else if (event.key === "ArrowUp") scroll(-1);
  else if (event.key === "ArrowDown") scroll(1);
  else return;
  event.preventDefault();
}
