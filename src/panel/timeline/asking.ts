/**
 * The timeline's requests to the host: the visible lanes and some beyond, and the whole run for the small map.
 */
import type { View } from "../../protocol/panel";
import type { Detail, Wanted } from "./detail";
import type { Surfaces } from "./draw";
import type { Lane } from "./laneOrder";
import { seenLanes } from "./laneRows";
import type { Viewfinder } from "./viewfinder";

/** Lanes asked for above and below those that are seen. */
const lanesBeyond = 6;

/** What is read of the timeline. */
interface Asking {
  readonly size: { readonly width: number; readonly height: number };
  readonly finder: Viewfinder;
  readonly lanes: readonly Lane[];
  readonly scroll: number;
  readonly surfaces: Surfaces;
  readonly detail: Detail;
  readonly port: { isQuiet(): boolean };
}

/** Asks for what is not here yet; in the middle of a click for nothing. */
export function askForSeen(model: Asking, { head }: View): void {
  if (head === 0 || model.size.width === 0 || model.port.isQuiet()) return;
  model.detail.need(wantedOf(model, model.finder, head));
}

/** Gets ready what is to be drawn of a head that is about to be shown, when the window goes with it. */
export async function prepareSeen(model: Asking, { head }: View): Promise<void> {
  const { finder, detail } = model;
  const ahead = () => finder.ahead({ step: head, micros: detail.nextMicros });
  await detail.prepare(wantedOf(model, ahead(), head));
  // How long the run has taken by then is known only now, and with it where its end is in time.
  if (finder.axis === "time") await detail.prepare(wantedOf(model, ahead(), head));
}

function wantedOf(model: Asking, { axis, span, room, isLong }: Viewfinder, head: number): Wanted {
  const { width, height } = model.size;
  const lanes = seenLanes(model.lanes, model.scroll, height, lanesBeyond).map(({ lane }) => lane.tasks);
  const whole = isLong || model.surfaces.overview ? { end: room.end, all: model.lanes } : undefined;
  return { axis, span, width, lanes, head, whole };
}
