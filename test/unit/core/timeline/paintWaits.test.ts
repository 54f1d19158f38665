/** How lanes draw a task that is ready but does not run, and one that is blocked. */
import assert from "node:assert/strict";
import type { Level } from "../../../../src/core/timeline/level";
import { type Brush, type Ink, orderOf, paintLanes } from "../../../../src/core/timeline/paint";

/** Ten steps of other tasks, while the drawn task exists all the time. */
function levelOf(waits: readonly number[], axis: Level["axis"] = "step"): Level {
  return {
    axis,
    end: { step: 10, micros: 100 },
    long: 1_000,
    lives: [axis === "step" ? { from: 0, to: 10 } : { from: 0, to: 100 }],
    waits: [Float64Array.from(waits)],
    blocks: {
      first: Float64Array.from({ length: 11 }, (_, index) => index + 1),
      time: Float64Array.from({ length: 11 }, (_, index) => 10 * index),
      entry: new Uint32Array(11),
      key: new Uint16Array(),
      steps: new Uint32Array(),
      micros: new Float64Array(),
      longest: new Float32Array(),
      longestStep: new Float64Array(),
      flags: new Uint8Array(),
    },
  };
}

/** The drawn rectangles: begin, end and height of each. */
function drawn(level: Level, height = 20): number[][] {
  const rectangles: number[][] = [];
  const brush: Brush = {
    ink: (_: Ink) => undefined,
    rect: (x, _, width, high) => rectangles.push([x, x + width, high]),
    slice: () => undefined,
    mark: () => undefined,
  };
  const to = level.axis === "step" ? 10 : 100;
  paintLanes(brush, level, orderOf(level.blocks, 1), { from: 0, to, width: 100 }, [{ lane: 0, ink: 0, y: 0, height }]);
  return rectangles;
}

describe("the lane of a waiting task", () => {
  it("is a thin line while the task is ready but does not run", () => {
    assert.deepEqual(drawn(levelOf([])), [[0, 100, 1]]);
  });

  it("is dashed and thicker while the task is blocked, and thin before and after", () => {
    const [before, after, ...dashes] = drawn(levelOf([2, 5]));
    assert.deepEqual(
      [before, after],
      [
        [0, 20, 1],
        [50, 100, 1],
      ],
    );
    assert.deepEqual(dashes, [
      [20, 24, 3],
      [27, 31, 3],
      [34, 38, 3],
      [41, 45, 3],
      [48, 50, 3],
    ]);
  });

  it("looks the same on a time axis", () => {
    assert.deepEqual(drawn(levelOf([2, 5], "time")), drawn(levelOf([2, 5])));
  });

  it("has thin dashes if it is low", () => {
    assert.ok(drawn(levelOf([0, 10]), 6).every(([, , high]) => high === 1));
  });
});
