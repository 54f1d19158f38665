/** The positions of nodes in the wait-for graph. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { layoutOf, nodeHeight } from "../../../src/panel/waiting/layout";
import { mostTasks, shownGraph } from "../../../src/panel/waiting/shownGraph";
import type { Waiting } from "../../../src/protocol/waitView";
import { deadlocked, philosophers, queueView } from "./waitingViews";

const graphOf = (waiting: Waiting | undefined) =>
  shownGraph(waiting ?? { tasks: [], resources: [], edges: [], cycles: [], stuck: [] });

/** Random tasks that hold and want random resources. */
const waitings = fc.array(fc.tuple(fc.nat(14), fc.nat(9), fc.boolean()), { maxLength: 40 }).map((pairs): Waiting => {
  const edges = pairs.map(([task, resource, isHeld]): Waiting["edges"][number] => {
    if (isHeld) return { kind: "held", task, resource, units: 1, since: 1 };
    return { kind: "wanted", task, resource, as: "acquire", place: 1, since: 2 };
  });
  return { tasks: [], resources: [], edges, cycles: [], stuck: [] };
});

describe("the layout of the wait-for graph", () => {
  it("never overlaps two nodes, and is deterministic", () => {
    fc.assert(
      fc.property(waitings, fc.integer({ min: 300, max: 1_000 }), (waiting, room) => {
        const graph = shownGraph(waiting);
        const layout = layoutOf(graph, room);
        assert.deepEqual(layout, layoutOf(graph, room));
        const spots = [...layout.spots.values()];
        assert.equal(spots.length, graph.nodes.length);
        spots.forEach(({ x, y }, index) => {
          assert.ok(x >= layout.nodeWidth / 2 && x <= layout.width - layout.nodeWidth / 2 && y >= 0 && y <= layout.height);
          for (const other of spots.slice(index + 1)) {
            assert.ok(
              Math.abs(other.x - x) >= layout.nodeWidth || Math.abs(other.y - y) >= nodeHeight,
              JSON.stringify([x, y, other]),
            );
          }
        });
      }),
    );
  });

  it("arranges two tasks with two locks as a diamond", () => {
    const { spots } = layoutOf(graphOf(deadlocked), 700);
    const [ann, bob, left, right] = (["t0", "t1", "r1", "r2"] as const).map((id) => spots.get(id) ?? { x: 0, y: 0 });
    assert.ok(ann && bob && left && right);
    assert.ok(ann.x < left.x && left.x === right.x && right.x < bob.x);
    assert.ok(right.y < ann.y && ann.y === bob.y && bob.y < left.y);
  });

  it("leads from waiting tasks to what they want, and from there to the holder", () => {
    const { spots } = layoutOf(graphOf(queueView(4).waiting), 700);
    const x = (id: "t0" | "t1" | "r1") => spots.get(id)?.x ?? 0;
    assert.ok(x("t1") < x("r1") && x("r1") < x("t0"));
  });

  it("has all of a cycle and as much of a long queue as is readable", () => {
    assert.equal(graphOf(philosophers(40).waiting).nodes.length, 80);
    const long = graphOf(queueView(60).waiting);
    assert.equal(long.nodes.filter(({ kind }) => kind === "task").length, mostTasks);
    assert.equal(long.leftOut, 61 - mostTasks);
  });

  it("fits into narrow panels", () => {
    assert.ok(layoutOf(graphOf(deadlocked), 352).width <= 352);
    assert.ok(layoutOf(graphOf(queueView(6).waiting), 352).width <= 352);
  });
});
