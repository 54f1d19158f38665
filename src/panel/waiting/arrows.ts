/**
 * The lines of the arrows: from the edge of one node to the edge of another.
 */
import { type Layout, nodeHeight, type Spot } from "./layout";
import type { Arrow, ShownGraph } from "./shownGraph";

export interface Line {
  readonly from: Spot;
  readonly to: Spot;
  /** Where its label stands; absent where there is no room. */
  readonly label?: Spot & { readonly anchor: "start" | "middle" | "end" };
}

/** Pixels between an arrow and its nodes, between two arrows that lead to and fro, and what a label needs. */
const space = 3;
const apart = 6;
const labelRoom = 62;
/** Where more arrows lead to a node, all their labels would stand in one heap. */
const mostLabelled = 3;

/** Undefined where the nodes touch. */
export function lineOf(arrow: Arrow, { arrows }: ShownGraph, { spots, nodeWidth }: Layout): Line | undefined {
  const [one, other] = [spots.get(arrow.from), spots.get(arrow.to)];
  if (!one || !other) return undefined;
  const hasReturn = arrows.some(({ from, to }) => from === arrow.to && to === arrow.from);
  const [begin, end] = [edgeTowards(one, other, nodeWidth), edgeTowards(other, one, nodeWidth)];
  const [dx, dy] = [end.x - begin.x, end.y - begin.y];
  const length = Math.hypot(dx, dy);
  if (length === 0) return undefined;
  const shift = hasReturn ? apart / length : 0;
  const aside = ({ x, y }: Spot): Spot => ({ x: rounded(x - dy * shift), y: rounded(y + dx * shift) });
  const [from, to] = [aside(begin), aside(end)];
  const isLabelled = length >= labelRoom && arrows.filter((each) => each.to === arrow.to).length <= mostLabelled;
  return isLabelled ? { from, to, label: labelOf(from, to) } : { from, to };
}

/** Where a line leaves a node: at its side towards another column, so that it crosses no node of its own; else above or below. */
function edgeTowards({ x, y }: Spot, other: Spot, width: number): Spot {
  const isBeside = Math.abs(other.x - x) > width;
  if (isBeside) return { x: x + Math.sign(other.x - x) * (width / 2 + space), y };
  return { x, y: y + Math.sign(other.y - y) * (nodeHeight / 2 + space) };
}

/** Above a line that is level, beside one that is not. */
function labelOf(from: Spot, to: Spot): NonNullable<Line["label"]> {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const middle = { x: rounded((from.x + to.x) / 2), y: rounded((from.y + to.y) / 2) };
  const slope = Math.abs(dy) / Math.max(1, Math.abs(dx));
  if (slope < 0.15) return { x: middle.x, y: middle.y - 5, anchor: "middle" };
  const isRising = dx * dy < 0;
  return isRising ? { x: middle.x - 6, y: middle.y - 4, anchor: "end" } : { x: middle.x + 6, y: middle.y - 4, anchor: "start" };
}

function rounded(length: number): number {
  return Math.round(length * 10) / 10;
}
