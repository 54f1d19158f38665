/**
 * The timeline's requests to the host: the visible lanes and some beyond, and the whole run for the small map.
 */
import type { Shown } from "../text/format";
import type { Detail } from "./detail";
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
export function askForSeen(model: Asking, { head, status }: Shown, now: number): void {
  const { width, height } = model.size;
  if (head === 0 || width === 0 || model.port.isQuiet()) return;
  const { axis, span, room, isLong } = model.finder;
  const lanes = seenLanes(model.lanes, model.scroll, height, lanesBeyond).map(({ lane }) => lane.tasks);
  model.detail.needWindow({ axis, span, width, lanes, head });
  if (!isLong && !model.surfaces.overview) return;
  model.detail.needWhole({ axis, width, lanes, head, end: room.end, all: model.lanes, isRunning: status === "running" }, now);
}
