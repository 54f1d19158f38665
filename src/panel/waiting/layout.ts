/**
 * The layout of the wait-for graph. Arrows lead from left to right: from waiting tasks to the resources that they want, and on to the
 * holders. The nodes of a cycle are placed clockwise around a rectangle. The same graph always gets the same layout.
 */
import { componentsOf, islandsOf, ranksOf } from "./components";
import type { Arrow, NodeId, ShownGraph } from "./shownGraph";

/** The centre of a node, in pixels. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

export interface Layout {
  readonly spots: ReadonlyMap<NodeId, Spot>;
  readonly width: number;
  readonly height: number;
  /** The width of each node, in pixels. */
  readonly nodeWidth: number;
}

export const nodeHeight = 26;

/** In pixels: the widths of a node, and the gaps for an arrow with and without its label. */
const widest = 132;
const narrowest = 64;
const labelledGap = 84;
const shortestGap = 34;
const rowHeight = 36;
/** The height of a row in a cycle, which leaves room for labels. */
const circleRow = 58;
const margin = 10;
/** The resource of a long queue is placed no lower than this, so that it is visible without scrolling. */
const lowestMiddle = 200;

/** A part of the picture, with the positions of its nodes in columns and rows. */
interface Block {
  readonly columns: number;
  /** Pixels. */
  readonly height: number;
  readonly places: readonly { readonly id: NodeId; readonly column: number; readonly y: number }[];
}

/**
 * @param room the available width in pixels; the picture is wider only if its nodes would otherwise be too narrow to read
 */
export function layoutOf({ nodes, arrows }: ShownGraph, room: number): Layout {
  const ids = nodes.map(({ id }) => id);
  const mostColumns = Math.max(3, Math.floor((room - 2 * margin + shortestGap) / (narrowest + shortestGap)));
  const blocks = islandsOf(ids, arrows).map((island) => {
    const inside = new Set(island);
    return islandBlock(
      island,
      arrows.filter(({ from }) => inside.has(from)),
      mostColumns,
    );
  });
  const columns = Math.max(1, ...blocks.map((block) => block.columns));
  const { nodeWidth, gap } = columnsIn(columns, room - 2 * margin);
  const spots = new Map<NodeId, Spot>();
  let top = margin;
  for (const { places, height } of blocks) {
    for (const { id, column, y } of places) {
      spots.set(id, { x: margin + column * (nodeWidth + gap) + nodeWidth / 2, y: top + y });
    }
    top += height;
  }
  return { spots, nodeWidth, width: 2 * margin + columns * (nodeWidth + gap) - gap, height: top + margin };
}

/** The widths of nodes and of the gaps between columns. */
function columnsIn(columns: number, room: number): { nodeWidth: number; gap: number } {
  const gaps = Math.max(1, columns - 1);
  const gap = Math.min(labelledGap, Math.max(shortestGap, (room - columns * widest) / gaps));
  const left = (room - gaps * gap) / columns;
  if (left >= narrowest) return { nodeWidth: Math.min(widest, left), gap };
  return { nodeWidth: Math.max(narrowest, (room - gaps * shortestGap) / columns), gap: shortestGap };
}

/** Lays out connected nodes: the rank of a component gives its column, and rows are chosen so that arrows are short. */
function islandBlock(nodes: readonly NodeId[], arrows: readonly Arrow[], mostColumns: number): Block {
  const components = componentsOf(nodes, arrows);
  const ranks = ranksOf(components, arrows);
  const last = Math.max(...ranks);
  const parts = components.map((component, index) => ({
    rank: ranks[index] ?? 0,
    block: component.length === 1 ? single(component) : circle(inOrder(component, arrows), mostColumns),
  }));
  const widths = Array.from({ length: last + 1 }, (_, rank) => {
    return Math.max(...parts.filter((part) => part.rank === rank).map(({ block }) => block.columns));
  });
  const middles = new Map<NodeId, number>();
  const stacks = widths.map((_, rank) => {
    const blocks = sorted(
      parts.filter((part) => part.rank === rank).map(({ block }) => block),
      arrows,
      middles,
    );
    const column = widths.slice(rank + 1).reduce((sum, width) => sum + width, 0);
    return stacked(blocks, column, middles);
  });
  const height = Math.max(...stacks.map((stack) => stack.height));
  const middle = Math.min(height / 2, lowestMiddle);
  const places = stacks.flatMap((stack) => {
    const top = Math.max(0, Math.min(middle - stack.height / 2, height - stack.height));
    return stack.places.map((place) => ({ ...place, y: place.y + top }));
  });
  return { columns: widths.reduce((sum, width) => sum + width, 0), height, places };
}

/** Stacks blocks vertically, starting at a column. */
function stacked(blocks: readonly Block[], column: number, middles: Map<NodeId, number>): Omit<Block, "columns"> {
  let height = 0;
  const places = blocks.flatMap((block) => {
    const top = height;
    height += block.height;
    return block.places.map((place) => ({ id: place.id, column: column + place.column, y: top + place.y }));
  });
  for (const { id, y } of places) middles.set(id, y - height / 2);
  return { height, places };
}

/** Sorts the blocks of a column by the mean height of their arrows' heads, which are placed already. */
function sorted(blocks: readonly Block[], arrows: readonly Arrow[], middles: ReadonlyMap<NodeId, number>): Block[] {
  const mean = ({ places }: Block): number => {
    const own = new Set(places.map(({ id }) => id));
    const heights = arrows.flatMap(({ from, to }) => (own.has(from) && middles.has(to) ? [middles.get(to) as number] : []));
    return heights.length === 0 ? 0 : heights.reduce((sum, each) => sum + each, 0) / heights.length;
  };
  return blocks
    .map((block) => ({ block, mean: mean(block), first: orderOf(block.places[0]?.id) }))
    .sort((one, other) => one.mean - other.mean || one.first - other.first)
    .map(({ block }) => block);
}

function orderOf(id: NodeId | undefined): number {
  return Number(id?.slice(1) ?? 0);
}

function single([id]: readonly NodeId[]): Block {
  return { columns: 1, height: rowHeight, places: id === undefined ? [] : [{ id, column: 0, y: rowHeight / 2 }] };
}

/**
 * Places the nodes of a cycle around a rectangle, starting at the left side. The rectangle is as low as its columns allow. Each side has at
 * least one node, so that two tasks with two locks form a diamond.
 */
function circle(nodes: readonly NodeId[], mostColumns: number): Block {
  const across = Math.max(
    1,
    Math.min(mostColumns - 2, Math.floor((nodes.length - 2) / 4) + 1, Math.floor((nodes.length - 1) / 2)),
  );
  const sides = Math.max(1, nodes.length - 2 * across);
  const left = Math.ceil(sides / 2);
  const right = sides - left;
  const rows = Math.max(left, right);
  const height = (rows + 1) * circleRow;
  const spread = (count: number, index: number) => (height * (index + 1)) / (count + 1);
  const top = (height - (rows + 1) * circleRow) / 2 + circleRow / 2 - rowHeight / 4;
  if (nodes.length === 2) return { columns: 2, height, places: nodes.map((id, column) => ({ id, column, y: height / 2 })) };
  const places = nodes.map((id, index) => {
    if (index < left) return { id, column: 0, y: spread(left, left - 1 - index) };
    const onTop = index - left;
    if (onTop < across) return { id, column: 1 + onTop, y: top };
    const atRight = onTop - across;
    if (atRight < right) return { id, column: 1 + across, y: spread(right, atRight) };
    return { id, column: across - (atRight - right), y: height - top };
  });
  return { columns: across + (right > 0 ? 2 : 1), height, places };
}

/** Sorts the nodes of a cycle along its arrows, from the node with the lowest number. Follows arrows of a deadlock first. */
function inOrder(nodes: readonly NodeId[], arrows: readonly Arrow[]): NodeId[] {
  const left = new Set(nodes);
  const ordered: NodeId[] = [];
  const isResource = (id: NodeId) => Number(id.startsWith("r"));
  const begin = [...nodes].sort((one, other) => isResource(one) - isResource(other) || orderOf(one) - orderOf(other));
  const leading = [...arrows].sort((one, other) => Number(other.isInCycle) - Number(one.isInCycle));
  const next = (node: NodeId): NodeId | undefined => {
    return leading.find(({ from, to }) => from === node && left.has(to))?.to ?? begin.find((each) => left.has(each));
  };
  for (let node = begin[0]; node !== undefined; node = next(node)) {
    left.delete(node);
    ordered.push(node);
  }
  return ordered;
}
