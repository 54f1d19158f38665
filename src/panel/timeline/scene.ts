/**
 * From the timeline as it stands to the scene that is drawn of it.
 */
import { themeColours } from "../theme";
import { drawPictures, type Scene } from "./draw";
import { laneHeight, pinnedHeight } from "./laneRows";
import type { TimelineModel } from "./model";
import { whole } from "./viewport";

/** Draws all surfaces that there are; nothing as long as they have no size. */
export function drawModel(model: TimelineModel): void {
  const { size, finder, lanes } = model;
  if (size.width === 0) return;
  finder.grow(model.end);
  const { axis, span, room } = finder;
  const scene: Scene = {
    axis,
    span,
    whole: whole(room),
    ...size,
    all: lanes,
    lanes: model.seen,
    laneHeight: laneHeight(lanes.length),
    fixed: pinnedHeight(lanes),
    cursor: model.positionOf(model.cursor),
    colours: themeColours(),
  };
  drawPictures(model.surfaces, scene, model.detail);
  performance.clearMarks("yieldpoint:timeline");
  performance.mark("yieldpoint:timeline", { detail: { ...span, axis } });
}
