/** How fast something grows. */

/** The slope of the line with the least squares through points. @param points of at least two different places */
export function growthOf(points: readonly (readonly [at: number, value: number])[]): number {
  const mean = (index: 0 | 1) => points.reduce((sum, point) => sum + point[index], 0) / points.length;
  const [middle, level] = [mean(0), mean(1)];
  const [above, below] = points.reduce(
    ([product, square], [at, value]) => [product + (at - middle) * (value - level), square + (at - middle) ** 2],
    [0, 0],
  );
  return above / below;
}
