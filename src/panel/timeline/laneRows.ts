/**
 * Geometry of the lanes: their heights, and which ones are visible at a scroll position. All heights are in pixels.
 */
import type { Lane } from "./laneOrder";

/** A visible lane. */
export interface SeenLane {
  readonly lane: Lane;
  /** The index among all lanes. */
  readonly index: number;
  /** Pixels from the top of the visible area. */
  readonly y: number;
}

/** The height of one lane: lower if there are many, so that more of them are visible. */
export function laneHeight(lanes: number): number {
  if (lanes <= 8) return 26;
  return lanes <= 12 ? 22 : 18;
}

/** The total height of all lanes. */
export function allHeight(lanes: readonly Lane[]): number {
  return lanes.length * laneHeight(lanes.length);
}

/** The height of the pinned lanes, which do not scroll. */
export function pinnedHeight(lanes: readonly Lane[]): number {
  return lanes.filter(({ kind }) => kind === "pinned").length * laneHeight(lanes.length);
}

/** The initial height of the visible area: all pinned lanes, and some of the others. */
export function firstHeight(lanes: readonly Lane[]): number {
  return lanes.length <= 12 ? allHeight(lanes) : pinnedHeight(lanes) + Math.min(14, lanes.length) * laneHeight(lanes.length);
}

/**
 * The visible lanes, from the top.
 *
 * @param scroll the scroll position in pixels
 * @param height the height of the visible area in pixels
 * @param beyond the number of lanes to add above and below
 */
export function seenLanes(lanes: readonly Lane[], scroll: number, height: number, beyond = 0): SeenLane[] {
  const each = laneHeight(lanes.length);
  const fixed = lanes.filter(({ kind }) => kind === "pinned").length;
  const first = Math.max(fixed, fixed + Math.floor(scroll / each) - beyond);
  const last = Math.min(lanes.length, Math.ceil((height + scroll) / each) + beyond);
  return lanes.flatMap((lane, index) => {
    if (index < fixed) return [{ lane, index, y: index * each }];
    return index >= first && index < last ? [{ lane, index, y: index * each - scroll }] : [];
  });
}

/** The maximum scroll position. */
export function mostScrolled(lanes: readonly Lane[], height: number): number {
  return Math.max(0, allHeight(lanes) - height);
}

/** The scroll position at which a lane is fully visible, as close to the current one as possible. */
export function scrollShowing(lanes: readonly Lane[], index: number, scroll: number, height: number): number {
  const each = laneHeight(lanes.length);
  const fixed = pinnedHeight(lanes);
  const top = index * each;
  if (top < fixed) return scroll;
  return Math.max(Math.min(scroll, top - fixed), top + each - height);
}
