/**
 * Positions of the lanes: heights, and which lanes are visible when their list is scrolled.
 */
import type { Lane } from "./laneOrder";

/** A lane that is seen. */
export interface SeenLane {
  readonly lane: Lane;
  /** Its place among all lanes. */
  readonly index: number;
  /** Pixels from the top of what is seen. */
  readonly y: number;
}

/** Many lanes are lower, so that more of them are seen. */
export function laneHeight(lanes: number): number {
  if (lanes <= 8) return 26;
  return lanes <= 12 ? 22 : 18;
}

/** How high all lanes are. */
export function allHeight(lanes: readonly Lane[]): number {
  return lanes.length * laneHeight(lanes.length);
}

/** How high those are that do not scroll. */
export function pinnedHeight(lanes: readonly Lane[]): number {
  return lanes.filter(({ kind }) => kind === "pinned").length * laneHeight(lanes.length);
}

/** What is shown of the lanes before the user makes it higher: pinned ones, and some of the others. */
export function firstHeight(lanes: readonly Lane[]): number {
  return lanes.length <= 12 ? allHeight(lanes) : pinnedHeight(lanes) + Math.min(14, lanes.length) * laneHeight(lanes.length);
}

/**
 * The lanes that are seen, from the top.
 *
 * @param scroll pixels that are scrolled away
 * @param height pixels that are seen
 * @param beyond lanes above and below to add
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

/** How far the lanes can be scrolled. */
export function mostScrolled(lanes: readonly Lane[], height: number): number {
  return Math.max(0, allHeight(lanes) - height);
}

/** How far to scroll so that a lane is seen whole, moving as little as possible. */
export function scrollShowing(lanes: readonly Lane[], index: number, scroll: number, height: number): number {
  const each = laneHeight(lanes.length);
  const fixed = pinnedHeight(lanes);
  const top = index * each;
  if (top < fixed) return scroll;
  return Math.max(Math.min(scroll, top - fixed), top + each - height);
}
