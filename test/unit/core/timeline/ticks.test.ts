import assert from "node:assert/strict";
import fc from "fast-check";
import { lookOf } from "../../../../src/core/timeline/look";
import { ticksOf, timeLabel } from "../../../../src/core/timeline/ticks";

describe("the tick labels of a timeline", () => {
  it("are round steps with separators", () => {
    assert.deepEqual(
      ticksOf("step", 999, 10_000, 5).map(({ position, label }) => [position, label]),
      [
        [1_999, "2,000"],
        [3_999, "4,000"],
        [5_999, "6,000"],
        [7_999, "8,000"],
        [9_999, "10,000"],
      ],
    );
  });

  it("show times in a short unit, as precisely as their distance requires", () => {
    assert.deepEqual(
      [
        timeLabel(0, 1),
        timeLabel(2.5, 0.5),
        timeLabel(1_500, 500),
        timeLabel(12_000_000, 1_000_000),
        timeLabel(1_234_567_000_000, 1e6),
      ],
      ["0", "2.5 µs", "1.5 ms", "12 s", "1,234,567 s"],
    );
  });

  it("are within the window, ascending, unique, and no more than fit", () => {
    const window = fc.record({
      from: fc.double({ min: 0, max: 1e9, noNaN: true }),
      width: fc.double({ min: 4, max: 1e9, noNaN: true }),
    });
    fc.assert(
      fc.property(
        fc.constantFrom("step" as const, "time" as const),
        window,
        fc.integer({ min: 2, max: 30 }),
        (axis, { from, width }, most) => {
          const ticks = ticksOf(axis, from, from + width, most);
          assert.ok(ticks.length <= most + 2);
          const positions = ticks.map(({ position }) => position);
          assert.ok(
            positions.every(
              (position, index) => position >= from - 1e-6 && position < from + width && position > (positions[index - 1] ?? -1),
            ),
          );
        },
      ),
    );
  });
});

describe("the colour of a task", () => {
  it("is unique for twelve tasks, and then repeats with a pattern", () => {
    const looks = Array.from({ length: 48 }, (_, id) => JSON.stringify(lookOf(id)));
    assert.equal(new Set(looks).size, 48);
    assert.ok(looks.slice(0, 12).every((look) => look.includes("solid")));
    assert.ok(!looks.slice(12).some((look) => look.includes("solid")));
  });
});
