/**
 * What the timeline asks the host for: the lanes that are seen and some beyond, and the whole run where that is drawn in small.
 */
import type { Shown } from "../format";
import { seenLanes } from "./laneRows";
import type { TimelineModel } from "./model";

/** Lanes asked for above and below those that are seen. */
const lanesBeyond = 6;

/** Asks for what is not here yet; in the middle of a click for nothing. */
export function askForSeen(model: TimelineModel, { head, status }: Shown, now: number): void {
  const { width, height } = model.size;
  if (head === 0 || width === 0 || model.port.isQuiet()) return;
  const { axis, span, room, isLong } = model.finder;
  const lanes = seenLanes(model.lanes, model.scroll, height, lanesBeyond).map(({ lane }) => lane.tasks);
  model.detail.needWindow({ axis, span, width, lanes, head });
  if (!isLong && !model.surfaces.overview) return;
  model.detail.needWhole({ axis, width, lanes, head, end: room.end, all: model.lanes, isRunning: status === "running" }, now);
}
