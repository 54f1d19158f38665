// The layout of the graph of states: points and bends of edges never lie on one another, whatever the graph and the width.
import assert from "node:assert/strict";
import fc from "fast-check";
import { linesOf } from "../../../src/panel/orders/states/edgePaths";
import { pointTowards } from "../../../src/panel/orders/states/pointTowards";
import { isBack, layoutOf, pointSize } from "../../../src/panel/orders/states/statesLayout";
import type { ShownStates } from "../../../src/protocol/exploration";
import { deposits, looping } from "./stateGraphs";

/** Points in rows with gaps between them, and edges in all directions. */
const anyGraph: fc.Arbitrary<ShownStates> = fc
  .array(fc.nat(9), { minLength: 1, maxLength: 40 })
  .chain((steps) => {
    const at = fc.nat(steps.length - 1);
    const edges = fc.array(fc.record({ from: at, task: fc.nat(2), to: at }), { maxLength: 80 });
    return fc.tuple(fc.constant(steps), edges);
  })
  .map(([steps, edges]) => ({
    points: steps.map((count) => ({ fate: "good", isLastChance: false, steps: count, tasks: [] })),
    edges,
  }));

describe("the layout of the graph of states", () => {
  it("puts no two points on one another, and all within the picture", () => {
    fc.assert(
      fc.property(anyGraph, fc.integer({ min: 200, max: 1200 }), (graph, room) => {
        const layout = layoutOf(graph, room);
        const { spots } = layout;
        assert.equal(spots.length, graph.points.length);
        const half = pointSize / 2;
        for (const [number, { x, y }] of spots.entries()) {
          assert.ok(x >= half && x <= layout.width - half && y >= half && y <= layout.height - half);
          assert.equal(layout.rows.find((row) => row.steps === graph.points[number]?.steps)?.y, y);
          for (const other of spots.slice(number + 1)) assert.ok(Math.abs(other.x - x) >= pointSize || other.y !== y);
        }
        for (const bend of layout.bends.flat()) {
          assert.ok(spots.every(({ x, y }) => y !== bend.y || Math.abs(x - bend.x) > half));
        }
      }),
    );
  });

  it("is no wider than the room if the points fit, and draws rows of equal steps from the top", () => {
    for (const room of [380, 720]) assert.equal(layoutOf(deposits, room).width, room);
    const { rows } = layoutOf(deposits, 720);
    assert.deepEqual(
      rows.map(({ steps }) => steps),
      [0, 1, 2, 3, 4, 5, 6],
    );
    assert.ok(rows.every(({ y }, row) => row === 0 || y > (rows[row - 1]?.y ?? 0)));
  });

  it("moves along a row, and to the nearest point of the row above or below", () => {
    const layout = layoutOf(deposits, 720);
    const stepsAt = (point: number | undefined) => deposits.points[point ?? -1]?.steps;
    const down = pointTowards(layout, 0, "ArrowDown") as number;
    const beside = pointTowards(layout, down, "ArrowRight") as number;
    assert.deepEqual([down, beside].map(stepsAt), [1, 1]);
    assert.equal(pointTowards(layout, beside, "ArrowLeft"), down);
    assert.equal(pointTowards(layout, beside, "ArrowRight"), undefined);
    assert.equal(pointTowards(layout, beside, "ArrowUp"), 0);
    assert.equal(pointTowards(layout, 0, "ArrowUp"), undefined);
    assert.equal(stepsAt(pointTowards(layout, 0, "End")), 6);
    assert.equal(pointTowards(layout, 0, "Enter"), undefined);
  });

  it("draws a line for every edge, curved where it leads back", () => {
    const lines = linesOf(looping, layoutOf(looping, 400));
    assert.deepEqual(
      lines.map(({ isBack }) => isBack),
      looping.edges.map((edge) => isBack(looping.points, edge)),
    );
    assert.deepEqual(
      lines.map(({ path }) => /^M[\d.]+ [\d.]+(?:L[\d.]+ [\d.]+)+$/.test(path)),
      lines.map(({ isBack }) => !isBack),
    );
    fc.assert(
      fc.property(anyGraph, (graph) => {
        for (const { path } of linesOf(graph, layoutOf(graph, 400))) assert.doesNotMatch(path, /NaN|undefined|Infinity/);
      }),
    );
  });
});
