/**
 * The lines of the edges: straight from row to row, and curved where an edge leads back: around the right side of the points, to a point of the
 * same row below them, and to the same point on its left.
 */
import type { ShownStates } from "../../../protocol/exploration";
import { isBack, type Spot, type StatesLayout } from "./statesLayout";

/** A line as the path of an SVG. */
export interface Line {
  readonly path: string;
  readonly isBack: boolean;
}

/** In pixels: the distance of a line's ends from the middles of the points, and of parallel lines from each other. */
const away = 9;
const apart = 5;

/** The lines of all edges, in their order. */
export function linesOf({ points, edges }: ShownStates, { spots, bends }: StatesLayout): Line[] {
  const parallel = new Map<string, number[]>();
  for (const [at, { from, to }] of edges.entries()) {
    const key = `${from} ${to}`;
    parallel.set(key, [...(parallel.get(key) ?? []), at]);
  }
  return edges.map((edge, at) => {
    const beside = parallel.get(`${edge.from} ${edge.to}`) ?? [];
    const [from, to] = [spots[edge.from] as Spot, spots[edge.to] as Spot];
    if (isBack(points, edge)) return { path: curve(from, to, beside.indexOf(at)), isBack: true };
    const shift = (beside.indexOf(at) - (beside.length - 1) / 2) * apart;
    return { path: straight([from, ...(bends[at] ?? []), to], shift), isBack: false };
  });
}

function straight(way: readonly Spot[], shift: number): string {
  const [first, second] = way as [Spot, Spot];
  const [before, last] = way.slice(-2) as [Spot, Spot];
  const shifted = way.slice(1, -1).map(({ x, y }) => `L${rounded(x + shift)} ${rounded(y)}`);
  return `M${towards(first, second, shift)}${shifted.join("")}L${towards(last, before, shift)}`;
}

/** Where a line leaves a point. */
function towards({ x, y }: Spot, other: Spot, shift: number): string {
  const [dx, dy] = [other.x - x, other.y - y];
  const length = Math.hypot(dx, dy);
  return `${rounded(x + shift + (dx / length) * away)} ${rounded(y + (dy / length) * away)}`;
}

/** @param number tells parallel edges apart */
function curve(from: Spot, to: Spot, number: number): string {
  const out = 18 + 6 * number;
  if (from.x === to.x && from.y === to.y) {
    const x = from.x - away;
    return bezier(
      { x: x + 2, y: from.y + 5 },
      { x: x - out, y: from.y + 12 },
      { x: x - out, y: from.y - 12 },
      { x: x + 2, y: from.y - 5 },
    );
  }
  if (from.y === to.y) {
    const y = from.y + away;
    return bezier({ x: from.x, y }, { x: from.x, y: y + out }, { x: to.x, y: y + out }, { x: to.x, y });
  }
  const far = Math.max(from.x, to.x) + away + out;
  return bezier({ x: from.x + away, y: from.y }, { x: far, y: from.y }, { x: far, y: to.y }, { x: to.x + away, y: to.y });
}

function bezier(begin: Spot, ...others: [Spot, Spot, Spot]): string {
  const text = ({ x, y }: Spot) => `${rounded(x)} ${rounded(y)}`;
  return `M${text(begin)}C${others.map(text).join(" ")}`;
}

function rounded(length: number): number {
  return Math.round(length * 10) / 10;
}
