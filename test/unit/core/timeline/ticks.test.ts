import assert from "node:assert/strict";
import fc from "fast-check";
import { lookOf } from "../../../../src/core/timeline/look";
import { ticksOf, timeLabel } from "../../../../src/core/timeline/ticks";

describe("the numbers of a timeline", () => {
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

  it("say a time in the unit in which it is short, as exact as its neighbours need", () => {
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

  it("are in the window, ascending, different, and no more than there is room for", () => {
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

describe("the look of a task", () => {
  it("is a colour of its own for twelve tasks, and then the same colours with a pattern", () => {
    const looks = Array.from({ length: 48 }, (_, id) => JSON.stringify(lookOf(id)));
    assert.equal(new Set(looks).size, 48);
    assert.ok(looks.slice(0, 12).every((look) => look.includes("solid")));
    assert.ok(!looks.slice(12).some((look) => look.includes("solid")));
  });
});
