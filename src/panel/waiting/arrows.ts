/**
 * The geometry of the arrows: lines from the edge of one node to the edge of another. Those that would pass behind a third one lead around it.
 */
import { detourOf } from "./detours";
import { type Layout, nodeHeight, type Spot } from "./layout";
import type { Arrow, ShownGraph } from "./shownGraph";

export interface Line {
  readonly from: Spot;
  readonly to: Spot;
  /** The corners of a line that is not straight. */
  readonly corners?: readonly Spot[];
  /** The position of the label; absent if there is no room for it. */
  readonly label?: Spot & { readonly anchor: "start" | "middle" | "end" };
}

/** In pixels: between an arrow and its nodes, between two opposite arrows, and the room for a label. */
const space = 3;
const apart = 6;
const labelRoom = 62;
/** If more arrows than this lead to one node, they get no labels, because the labels would overlap. */
const mostLabelled = 3;

/** The line of an arrow; undefined if its nodes touch. */
export function lineOf(arrow: Arrow, { arrows }: ShownGraph, layout: Layout): Line | undefined {
  const { spots, nodeWidth } = layout;
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
  const corners = detourOf(from, to, layout);
  const label = isLabelled ? { label: corners ? labelOf(...corners) : labelOf(from, to) } : {};
  return { from, to, ...(corners ? { corners } : {}), ...label };
}

/** Where a line leaves a node: at a side if it leads to another column, so that it crosses no node, else at the top or bottom. */
function edgeTowards({ x, y }: Spot, other: Spot, width: number): Spot {
  const isBeside = Math.abs(other.x - x) > width;
  if (isBeside) return { x: x + Math.sign(other.x - x) * (width / 2 + space), y };
  return { x, y: y + Math.sign(other.y - y) * (nodeHeight / 2 + space) };
}

/** The label of a horizontal line is above it; the label of another line is beside it. */
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
