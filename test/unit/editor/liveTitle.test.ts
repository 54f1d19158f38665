/**
 * The text of the lens about the tasks that are suspended in a function.
 */
import assert from "node:assert/strict";
import { type LiveTask, liveTitle, placesInOrder } from "../../../src/editor/source/liveTitle";

const at = (line: number, more: Partial<LiveTask> = {}): LiveTask => ({ line, column: 1, isNew: false, isNext: false, ...more });

describe("the lens about live tasks", () => {
  const texts: readonly (readonly [tasks: readonly LiveTask[], text: string])[] = [
    [[at(12)], "1 task here: line 12"],
    [[at(15), at(12), at(15)], "3 tasks here: lines 12, 15 (2)"],
    [[at(15), at(15)], "2 tasks here: line 15 (2)"],
    [[at(1, { isNew: true })], "1 task here: not started"],
    [[at(1, { isNew: true }), at(3)], "2 tasks here: line 3, 1 not started"],
    [
      Array.from({ length: 2_000 }, (_, index) => at(10 + (index % 9))),
      "2,000 tasks here: lines 10 (223), 11 (223), 12 (222), 13 (222), 14 (222), 4 more",
    ],
  ];
  for (const [tasks, text] of texts) {
    it(`says ${text}`, () => assert.equal(liveTitle(tasks, true), `$(location) ${text}`));
  }

  it("has no lines while they change too fast to be read", () => {
    assert.equal(liveTitle([at(12), at(15)], false), "$(location) 2 tasks here");
  });

  it("leads to each place once, first to that of the task that runs next", () => {
    const places = placesInOrder([at(4), at(12), at(8, { isNext: true }), at(12), at(2)]);
    assert.deepEqual(
      places.map(({ line }) => line),
      [8, 2, 4, 12],
    );
  });
});
