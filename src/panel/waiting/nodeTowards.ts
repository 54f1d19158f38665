/**
 * Keyboard navigation in the wait-for graph: the node that a key moves to.
 */
import type { Spot } from "./layout";
import type { NodeId } from "./shownGraph";

const directions: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** How much more a sideways distance counts than a distance in the direction of the key. */
const asideWeight = 2;

/** The nearest node in the direction of an arrow key, or the first or last node for Home and End. */
export function nodeTowards(spots: ReadonlyMap<NodeId, Spot>, from: NodeId, key: string): NodeId | undefined {
  const nodes = [...spots.keys()];
  if (key === "Home") return nodes[0];
  if (key === "End") return nodes.at(-1);
  const direction = directions[key];
  const start = spots.get(from);
  if (!direction || !start) return undefined;
  const [right, down] = direction;
  let best: { id: NodeId; distance: number } | undefined;
  for (const [id, { x, y }] of spots) {
    const ahead = (x - start.x) * right + (y - start.y) * down;
    const aside = Math.abs((x - start.x) * down) + Math.abs((y - start.y) * right);
    const distance = ahead + asideWeight * aside;
    if (id !== from && ahead > 0 && (!best || distance < best.distance)) best = { id, distance };
  }
  return best?.id;
}
