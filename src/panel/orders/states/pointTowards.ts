/**
 * Keyboard navigation in the graph of states: the point that a key moves to.
 */
import type { Spot, StatesLayout } from "./statesLayout";

/** The next point of the same row, the nearest one of the row above or below, or the first or last of all; undefined if there is none. */
export function pointTowards({ spots, rows }: StatesLayout, from: number, key: string): number | undefined {
  const start = spots[from];
  if (!start) return undefined;
  const row = rows.findIndex(({ y }) => y === start.y);
  switch (key) {
    case "Home":
      return 0;
    case "End":
      return spots.length - 1;
    case "ArrowLeft":
      return nearest(spots, start, ({ x, y }) => y === start.y && x < start.x);
    case "ArrowRight":
      return nearest(spots, start, ({ x, y }) => y === start.y && x > start.x);
    case "ArrowUp":
      return nearest(spots, start, ({ y }) => y === rows[row - 1]?.y);
    case "ArrowDown":
      return nearest(spots, start, ({ y }) => y === rows[row + 1]?.y);
    default:
      return undefined;
  }
}

/** Among the points to choose from, the one at the least distance to the left or right. */
function nearest(spots: readonly Spot[], { x }: Spot, isChoice: (spot: Spot) => boolean): number | undefined {
  const choices = [...spots.entries()].filter(([, spot]) => isChoice(spot));
  choices.sort(([, one], [, other]) => Math.abs(one.x - x) - Math.abs(other.x - x));
  return choices[0]?.[0];
}
