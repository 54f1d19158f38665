/**
 * The timeline's requests to the host: the visible lanes and a few more, and the whole run for the overview.
 */
import type { View } from "../../protocol/panel";
import type { Detail, Wanted } from "./detail";
import type { Surfaces } from "./draw";
import type { Lane } from "./laneOrder";
import { seenLanes } from "./laneRows";
import type { Viewfinder } from "./viewfinder";

/** The number of lanes requested above and below the visible ones. */
const lanesBeyond = 6;

/** The parts of the timeline that requests depend on. */
interface Asking {
  readonly size: { readonly width: number; readonly height: number };
  readonly finder: Viewfinder;
  readonly lanes: readonly Lane[];
  readonly below: readonly string[];
  readonly scroll: number;
  readonly surfaces: Surfaces;
  readonly detail: Detail;
  readonly port: { isQuiet(): boolean };
}

/** Requests what is missing; does nothing while a button is down. */
export function askForSeen(model: Asking, { head }: View): void {
  if (head === 0 || model.size.width === 0 || model.port.isQuiet()) return;
  model.detail.need(wantedOf(model, model.finder, head));
}

/** Loads what will be drawn for a head that is about to be shown, if the window follows the head. */
export async function prepareSeen(model: Asking, { head }: View): Promise<void> {
  const { finder, detail } = model;
  const ahead = () => finder.ahead({ step: head, micros: detail.nextMicros });
  await detail.prepare(wantedOf(model, ahead(), head));
  // Only now is the duration of the run up to that head known, and so its end on the time axis.
  if (finder.axis === "time") await detail.prepare(wantedOf(model, ahead(), head));
}

function wantedOf(model: Asking, { axis, span, room, isLong }: Viewfinder, head: number): Wanted {
  const { width, height } = model.size;
  const lanes = seenLanes(model.lanes, model.scroll, height, lanesBeyond).map(({ lane }) => lane);
  const whole = isLong || model.surfaces.overview ? { end: room.end, all: model.lanes } : undefined;
  return { axis, span, width, lanes, below: model.below, head, whole };
}
