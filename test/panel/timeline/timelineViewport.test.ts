import assert from "node:assert/strict";
import fc from "fast-check";
import { expandAll, firstOrder, lanesOf, movedTo, toggleCollapsed, togglePinned } from "../../../src/panel/timeline/laneOrder";
import { allHeight, firstHeight, scrollShowing, seenLanes } from "../../../src/panel/timeline/laneRows";
import * as viewport from "../../../src/panel/timeline/viewport";

const room = fc
  .record({ end: fc.double({ min: 0, max: 1e7, noNaN: true }), first: fc.double({ min: 0, max: 200, noNaN: true }) })
  .map((room) => ({ ...room, least: 4 }));
const number = fc.double({ min: -1e7, max: 2e7, noNaN: true });
const share = fc.double({ min: 0, max: 1, noNaN: true });
const factor = fc.double({ min: 0.01, max: 100, noNaN: true });

/** A window as it can appear on the screen. */
const shown = fc.tuple(room, number, number).map(([room, one, other]) => {
  return { room, span: viewport.clamped({ from: Math.min(one, other), to: Math.max(one, other) }, room) };
});

function isWithin({ from, to }: viewport.Span, room: viewport.Room): boolean {
  const slack = 1e-6 * viewport.most(room);
  return from >= -slack && to <= viewport.most(room) + slack && to - from >= room.least - slack;
}

describe("the window of the timeline", () => {
  it("stays within the run, whatever is done", () => {
    fc.assert(
      fc.property(shown, factor, number, share, ({ room, span }, factor, by, at) => {
        const point = span.from + at * (span.to - span.from);
        for (const each of [
          span,
          viewport.zoomed(span, factor, point, room),
          viewport.panned(span, by, room),
          viewport.tail(Math.abs(by), room),
          viewport.showing(span, by, room),
          viewport.whole(room),
        ]) {
          assert.ok(isWithin(each, room), JSON.stringify(each));
        }
      }),
    );
  });

  it("keeps the position under the pointer when it zooms, unless the run ends there", () => {
    fc.assert(
      fc.property(shown, factor, share, ({ room, span }, factor, at) => {
        const point = span.from + at * (span.to - span.from);
        const zoomed = viewport.zoomed(span, factor, point, room);
        const slack = 1e-6 * viewport.most(room);
        if (zoomed.from <= slack || zoomed.to >= viewport.most(room) - slack) return;
        assert.ok(Math.abs((point - zoomed.from) / (zoomed.to - zoomed.from) - at) < 1e-6);
      }),
    );
  });

  it("keeps its width when it pans, and shows the requested position", () => {
    fc.assert(
      fc.property(shown, number, share, ({ room, span }, by, at) => {
        const panned = viewport.panned(span, by, room);
        assert.ok(Math.abs(panned.to - panned.from - (span.to - span.from)) <= 1e-6 * viewport.most(room));
        const position = at * viewport.most(room);
        const { from, to } = viewport.showing(span, position, room);
        assert.ok(from <= position + 1e-6 * position && to >= position - 1e-6 * position);
      }),
    );
  });

  it("is restored by zooming in and out", () => {
    const room = { end: 1_000, least: 4, first: 60 };
    const span = { from: 400, to: 500 };
    assert.deepEqual(viewport.zoomed(viewport.zoomed(span, 0.5, 450, room), 2, 450, room), span);
  });
});

describe("the order of lanes", () => {
  const names = new Map(["counter", "bogosort", "producer", "consumer"].map((name, id) => [id, name]));
  const shownTasks = (order: typeof firstOrder) => lanesOf(order, names).map(({ kind, tasks }) => `${kind} ${tasks.join()}`);

  it("puts pinned lanes first, and merges filtered and collapsed ones", () => {
    const order = togglePinned(toggleCollapsed(firstOrder, 1), 3);
    assert.deepEqual(shownTasks(order), ["pinned 3", "lane 0", "lane 2", "rest 1"]);
    assert.deepEqual(shownTasks({ ...order, filter: "PROD" }), ["pinned 3", "lane 2", "rest 0,1"]);
    assert.deepEqual(shownTasks(expandAll({ ...order, filter: "x" })), ["pinned 3", "lane 0", "lane 1", "lane 2"]);
  });

  it("moves a lane to the position of another, but not among pinned lanes", () => {
    assert.deepEqual(shownTasks(movedTo(firstOrder, 0, 2, names)), ["lane 1", "lane 2", "lane 0", "lane 3"]);
    assert.deepEqual(shownTasks(movedTo(firstOrder, 3, 1, names)), ["lane 0", "lane 3", "lane 1", "lane 2"]);
    const pinned = togglePinned(firstOrder, 2);
    assert.equal(movedTo(pinned, 0, 2, names), pinned);
  });

  it("has every task in exactly one lane, whatever the user did", () => {
    const act = fc.tuple(fc.constantFrom("pin", "collapse", "move", "filter"), fc.nat(3), fc.nat(3));
    fc.assert(
      fc.property(fc.array(act), (acts) => {
        let order = firstOrder;
        for (const [what, one, other] of acts) {
          if (what === "pin") order = togglePinned(order, one);
          else if (what === "collapse") order = toggleCollapsed(order, one);
          else if (what === "move") order = movedTo(order, one, other, names);
          else order = { ...order, filter: ["", "o", "sort", "nothing"][one] ?? "" };
        }
        const tasks = lanesOf(order, names).flatMap(({ tasks }) => tasks);
        assert.deepEqual([...tasks].sort(), [0, 1, 2, 3]);
      }),
    );
  });

  it("shows the pinned lanes and those at the scroll position, out of 500", () => {
    const many = new Map(Array.from({ length: 500 }, (_, id) => [id, `task ${id}`]));
    const lanes = lanesOf(togglePinned(firstOrder, 499), many);
    const height = firstHeight(lanes);
    const seen = seenLanes(lanes, scrollShowing(lanes, 300, 0, height), height);
    assert.equal(allHeight(lanes), 500 * 18);
    assert.deepEqual([seen[0]?.lane.tasks, seen.at(-1)?.index], [[499], 300]);
    assert.ok(seen.length <= 17);
  });
});
