/** The lines of the wait-for graph's arrows. */
import assert from "node:assert/strict";
import { type Line, lineOf } from "../../../src/panel/waiting/arrows";
import { layoutOf, nodeHeight, type Spot } from "../../../src/panel/waiting/layout";
import { shownGraph } from "../../../src/panel/waiting/shownGraph";
import type { Waiting } from "../../../src/protocol/waitView";

/** A task that joins three others, of which one waits for what the other two hold. */
const gathering: Waiting = {
  tasks: [0, 1, 2, 3],
  resources: [],
  edges: [
    ...[1, 2, 3].map((of) => ({ kind: "joined" as const, task: 0, of, since: 1 })),
    { kind: "wanted", task: 3, resource: 1, as: "acquire", place: 1, since: 2 },
    ...[1, 2].map((task) => ({ kind: "held" as const, resource: 1, task, units: 1, since: 1 })),
  ],
  cycles: [],
  stuck: [],
};

/** Points along a line. */
function pointsOf({ from, corners = [], to }: Line): Spot[] {
  const points = [from, ...corners, to];
  return points.slice(1).flatMap((end, index) => {
    const begin = points[index] ?? end;
    return Array.from({ length: 101 }, (_, at) => ({
      x: begin.x + ((end.x - begin.x) * at) / 100,
      y: begin.y + ((end.y - begin.y) * at) / 100,
    }));
  });
}

describe("the arrows of the wait-for graph", () => {
  for (const room of [352, 600, 900]) {
    it(`pass behind no node, within the picture, in ${room} pixels`, () => {
      const graph = shownGraph(gathering);
      const layout = layoutOf(graph, room);
      const lines = graph.arrows.map((arrow) => lineOf(arrow, graph, layout) ?? assert.fail());
      assert.equal(lines.filter(({ corners }) => corners).length, 2, "those that skip columns");
      for (const { x, y } of lines.flatMap(pointsOf)) {
        assert.ok(y >= 0 && y <= layout.height);
        const behind = [...layout.spots.values()].filter((spot) => {
          return Math.abs(x - spot.x) < layout.nodeWidth / 2 && Math.abs(y - spot.y) < nodeHeight / 2;
        });
        assert.deepEqual(behind, []);
      }
    });
  }
});
