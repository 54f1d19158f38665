/**
 * The layout of the graph of states: a row for each number of steps that leads to a point, the beginning on top. Edges over several rows
 * have a place in each of them. Within the rows, points are put near their neighbours (Sugiyama, Tagawa, Toda 1981). The same graph
 * always gets the same layout.
 */
import type { ShownStates } from "../../../protocol/exploration";

/** The centre of a point, in pixels. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

export interface StatesLayout {
  /** By the positions of the points in the list. */
  readonly spots: readonly Spot[];
  /** For each edge that leads down, where it goes between its points. */
  readonly bends: readonly (readonly Spot[])[];
  readonly rows: readonly { readonly steps: number; readonly y: number }[];
  readonly width: number;
  readonly height: number;
}

/** In pixels. A point can be hit within a square of `pointSize`. */
export const pointSize = 24;
const narrowest = pointSize + 2;
const widest = 72;
const bendWidth = 12;
const rowHeight = 46;
/** For the heading of the rows, and for edges below the last row. */
const top = 18;
const bottom = 20;
/** On the left, for the numbers of steps, and on the right, for edges that lead back. */
const left = 40;
const right = 28;

/** How often the rows are put in order, each time from the top and from the bottom. */
const rounds = 6;

/** Whether an edge leads back, or to the same row. */
export function isBack(points: ShownStates["points"], { from, to }: { readonly from: number; readonly to: number }): boolean {
  return (points[to]?.steps ?? 0) <= (points[from]?.steps ?? 0);
}

/** @param room the available width in pixels; the picture is wider only if points would otherwise overlap */
export function layoutOf(graph: ShownStates, room: number): StatesLayout {
  const { points } = graph;
  const { steps, rows, bends, joints } = rowsOf(graph);
  const ordered = inOrder(rows, joints);
  const widthOf = (row: readonly number[], gap: number) =>
    row.reduce((sum, each) => sum + (each < points.length ? gap : bendWidth), 0);
  const widthWith = (gap: number) => Math.max(...ordered.map((row) => widthOf(row, gap)));
  let gap = widest;
  while (gap > narrowest && widthWith(gap) > room - left - right) gap -= 1;
  const inner = Math.max(room - left - right, widthWith(gap));
  const spots = new Map<number, Spot>();
  const lines = ordered.map((row, number) => {
    const y = top + pointSize / 2 + number * rowHeight;
    let x = left + (inner - widthOf(row, gap)) / 2;
    for (const each of row) {
      const width = each < points.length ? gap : bendWidth;
      spots.set(each, { x: x + width / 2, y });
      x += width;
    }
    return { steps: steps[number] as number, y };
  });
  return {
    spots: points.map((_, number) => spots.get(number) as Spot),
    bends: bends.map((each) => each.map((bend) => spots.get(bend) as Spot)),
    rows: lines,
    width: left + inner + right,
    height: top + bottom + pointSize + (lines.length - 1) * rowHeight,
  };
}

interface Rows {
  /** The steps that lead to each row. */
  readonly steps: readonly number[];
  /** Points, and the bends of edges, which have the numbers after those of the points. */
  readonly rows: readonly (readonly number[])[];
  /** Of each edge. */
  readonly bends: readonly (readonly number[])[];
  /** The neighbours in the next row. */
  readonly joints: readonly (readonly [from: number, to: number])[];
}

function rowsOf({ points, edges }: ShownStates): Rows {
  const steps = [...new Set(points.map((point) => point.steps))].sort((one, other) => one - other);
  const numbers = new Map(steps.map((count, row) => [count, row]));
  const rowOf = (point: number) => numbers.get(points[point]?.steps ?? 0) ?? 0;
  const rows = steps.map((count) => [...points.keys()].filter((point) => points[point]?.steps === count));
  const joints: [from: number, to: number][] = [];
  let last = points.length;
  const bends = edges.map((edge) => {
    if (isBack(points, edge)) return [];
    const crossed = rows.slice(rowOf(edge.from) + 1, rowOf(edge.to));
    const own = crossed.map((row) => {
      row.push(last);
      last += 1;
      return last - 1;
    });
    const way = [edge.from, ...own, edge.to];
    for (let at = 1; at < way.length; at += 1) joints.push([way[at - 1] as number, way[at] as number]);
    return own;
  });
  return { steps, rows, bends, joints };
}

/** Moves what is in the rows to the mean of its neighbours above and below, so that few edges cross. */
function inOrder(rows: readonly (readonly number[])[], joints: readonly (readonly [number, number])[]): number[][] {
  const above = neighbours(joints.map(([from, to]) => [to, from]));
  const below = neighbours(joints);
  const ordered = rows.map((row) => [...row]);
  const places = new Map<number, number>();
  const put = (row: readonly number[]) => {
    for (const [at, each] of row.entries()) places.set(each, at - (row.length - 1) / 2);
  };
  const meanOf = (each: number, beside: ReadonlyMap<number, readonly number[]>) => {
    const others = beside.get(each) ?? [];
    if (others.length === 0) return places.get(each) ?? 0;
    return others.reduce((sum, other) => sum + (places.get(other) ?? 0), 0) / others.length;
  };
  const sort = (row: number[], beside: ReadonlyMap<number, readonly number[]>) => {
    const means = new Map(row.map((each) => [each, meanOf(each, beside)]));
    row.sort((one, other) => (means.get(one) ?? 0) - (means.get(other) ?? 0));
    put(row);
  };
  ordered.forEach(put);
  for (let round = 0; round < rounds; round += 1) {
    for (const row of ordered) sort(row, above);
    for (const row of [...ordered].reverse()) sort(row, below);
  }
  return ordered;
}

function neighbours(pairs: readonly (readonly [number, number])[]): Map<number, number[]> {
  const found = new Map<number, number[]>();
  for (const [each, other] of pairs) {
    const known = found.get(each);
    if (known) known.push(other);
    else found.set(each, [other]);
  }
  return found;
}
