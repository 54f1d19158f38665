/**
 * Builds the scene to draw from the timeline's current state.
 */
import type { Moment } from "../../core/timeline/lives";
import { themeColours } from "../common/theme";
import type { Detail } from "./detail";
import { drawPictures, type Scene, type Surfaces } from "./draw";
import type { Lane } from "./laneOrder";
import { laneHeight, pinnedHeight, type SeenLane } from "./laneRows";
import type { Viewfinder } from "./viewfinder";
import { whole } from "./viewport";

/** The parts of the timeline that are read. */
interface Drawn {
  readonly size: { readonly width: number; readonly height: number };
  readonly finder: Viewfinder;
  readonly lanes: readonly Lane[];
  readonly seen: SeenLane[];
  readonly end: Moment;
  /** The step at the cursor. */
  readonly cursor: number;
  readonly surfaces: Surfaces;
  readonly detail: Detail;
  positionOf(step: number): number | undefined;
}

/** Draws all canvases that exist; nothing while they have no size. */
export function drawModel(model: Drawn): void {
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
