/** How an arrow leads around the nodes between its ends, in columns that it skips: above or below all of them. */
import { type Layout, nodeHeight, type Spot } from "./layout";

/** In pixels, between an arrow and the nodes that it passes. */
const clearance = 4;

/** The two corners of an arrow; undefined if a straight line crosses no node, or if there is no room. */
export function detourOf(from: Spot, to: Spot, { spots, nodeWidth, height }: Layout): readonly [Spot, Spot] | undefined {
  const half = nodeWidth / 2;
  const [left, right] = from.x < to.x ? [from.x, to.x] : [to.x, from.x];
  const heightAt = (x: number) => from.y + ((to.y - from.y) * (x - from.x)) / (to.x - from.x);
  const crossed = [...spots.values()].filter(({ x, y }) => {
    if (x - half <= left || x + half >= right) return false;
    const [one, other] = [heightAt(x - half), heightAt(x + half)];
    return Math.min(one, other) < y + nodeHeight / 2 && Math.max(one, other) > y - nodeHeight / 2;
  });
  if (crossed.length === 0) return undefined;
  const [ys, xs] = [crossed.map(({ y }) => y), crossed.map(({ x }) => x)];
  const [above, below] = [Math.min(...ys) - nodeHeight / 2 - clearance, Math.max(...ys) + nodeHeight / 2 + clearance];
  const middle = (from.y + to.y) / 2;
  const y = [above, below]
    .filter((each) => each >= 0 && each <= height)
    .sort((one, other) => Math.abs(one - middle) - Math.abs(other - middle))[0];
  if (y === undefined) return undefined;
  const corners = [
    { x: Math.min(...xs) - half, y },
    { x: Math.max(...xs) + half, y },
  ] as const;
  return from.x < to.x ? corners : [corners[1], corners[0]];
}
