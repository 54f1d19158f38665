import assert from "node:assert/strict";
import fc from "fast-check";
import { Comparison } from "../../../../src/core/trace/comparison";
import { TraceStore } from "../../../../src/core/trace/traceStore";
import { type Content, chunkOf, content, piecesOf, points } from "../chunks";

const contents = fc.array(content, { minLength: 1, maxLength: 50 });
const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 });

function storeOf(steps: readonly Content[]): TraceStore {
  const store = new TraceStore(undefined, 7);
  store.addPoints(points);
  store.append(chunkOf(1, steps));
  return store;
}

/** The first step that differs if the replay arrives in such pieces, with its yield points numbered in reverse. */
function differs(store: TraceStore, replayed: readonly Content[], by: readonly number[]): number | undefined {
  const comparison = new Comparison(store.points);
  comparison.addPoints([...points].reverse());
  let first = 1;
  for (const piece of piecesOf(replayed, by)) {
    const renumbered = piece.map((step) => ({ ...step, point: step.point === 0 ? 0 : points.length + 1 - step.point }));
    const chunk = chunkOf(first, renumbered);
    for (let step = first; step < first + piece.length; ) {
      const recorded = store.chunkAt(step);
      const difference = comparison.firstDifference(recorded, chunk);
      if (difference !== undefined) return difference;
      step = recorded.first + recorded.task.length;
    }
    first += piece.length;
  }
  return undefined;
}

describe("a replay compared with a trace", () => {
  it("agrees if the steps are the same, whatever the chunks, numbering and durations", () => {
    fc.assert(
      fc.property(contents, sizes, fc.nat(9), (steps, by, micros) => {
        const replayed = steps.map((step) => ({ ...step, micros }));
        assert.equal(differs(storeOf(steps), replayed, by), undefined);
      }),
    );
  });

  it("agrees if a chunk lists the same text twice, on either side", () => {
    const steps = [1, 2, 1].map((micros) => ({ task: 0, event: "yielded" as const, value: "1", point: 1, micros }));
    const once = chunkOf(1, steps);
    const twice = { ...once, value: Uint16Array.of(0, 1, 0), values: ["1", "1"] };
    const comparison = new Comparison(points);
    comparison.addPoints(points);
    assert.equal(comparison.firstDifference(twice, once), undefined);
    assert.equal(comparison.firstDifference(once, twice), undefined);
  });

  it("finds the first step that differs in its event, value, yield point or task", () => {
    const change = fc.constantFrom<(step: Content) => Content>(
      (step) => ({ ...step, event: step.event === "threw" ? "closed" : "threw" }),
      (step) => ({ ...step, value: `${step.value}!` }),
      (step) => ({ ...step, point: (step.point + 1) % (points.length + 1) }),
      (step) => ({ ...step, task: step.task + 1 }),
    );
    fc.assert(
      fc.property(contents, sizes, change, fc.nat(), (steps, by, changed, seed) => {
        const at = seed % steps.length;
        const replayed = steps.map((step, index) => (index >= at ? changed(step) : step));
        assert.equal(differs(storeOf(steps), replayed, by), at + 1);
      }),
    );
  });
});

describe("the steps of one task", () => {
  it("are found from any step in both directions", () => {
    fc.assert(
      fc.property(contents, fc.nat(5), fc.integer({ min: -2, max: 60 }), (steps, task, from) => {
        const store = storeOf(steps);
        const own = steps.flatMap((step, index) => (step.task === task ? [index + 1] : []));
        assert.equal(
          store.nextOf(task, from),
          own.find((step) => step >= from),
        );
        assert.equal(
          store.previousOf(task, from),
          own.findLast((step) => step <= from),
        );
      }),
      { numRuns: 1_000 },
    );
  });
});
