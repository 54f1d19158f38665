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

/** Undefined where the nodes touch. */
export function lineOf(arrow: Arrow, { arrows }: ShownGraph, { spots, nodeWidth }: Layout): Line | undefined {
  const [one, other] = [spots.get(arrow.from), spots.get(arrow.to)];
  if (!one || !other) return undefined;
  const [dx, dy] = [other.x - one.x, other.y - one.y];
  const length = Math.hypot(dx, dy);
  if (length === 0) return undefined;
  const hasReturn = arrows.some(({ from, to }) => from === arrow.to && to === arrow.from);
  const shift = hasReturn ? apart : 0;
  const aside = { x: (-dy / length) * shift, y: (dx / length) * shift };
  const out = reach(dx, dy, nodeWidth) + space;
  const [begin, end] = [out / length, 1 - out / length];
  if (end <= begin) return undefined;
  const at = (share: number): Spot => ({ x: rounded(one.x + aside.x + share * dx), y: rounded(one.y + aside.y + share * dy) });
  const [from, to] = [at(begin), at(end)];
  const label = labelOf(from, to);
  return label ? { from, to, label } : { from, to };
}

/** How far the edge of a node is from its middle, in a direction. */
function reach(dx: number, dy: number, width: number): number {
  const length = Math.hypot(dx, dy);
  const across = dx === 0 ? Number.POSITIVE_INFINITY : (width / 2) * (length / Math.abs(dx));
  const upright = dy === 0 ? Number.POSITIVE_INFINITY : (nodeHeight / 2) * (length / Math.abs(dy));
  return Math.min(across, upright);
}

/** Above a line that is level, beside one that is not. */
function labelOf(from: Spot, to: Spot): Line["label"] {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  if (Math.hypot(dx, dy) < labelRoom) return undefined;
  const middle = { x: rounded((from.x + to.x) / 2), y: rounded((from.y + to.y) / 2) };
  const slope = Math.abs(dy) / Math.max(1, Math.abs(dx));
  if (slope < 0.15) return { x: middle.x, y: middle.y - 5, anchor: "middle" };
  const isRising = dx * dy < 0;
  return isRising ? { x: middle.x - 6, y: middle.y - 4, anchor: "end" } : { x: middle.x + 6, y: middle.y - 4, anchor: "start" };
}

function rounded(length: number): number {
  return Math.round(length * 10) / 10;
}
