/**
 * The tasks that are suspended in each function, and the text of the lens about them.
 */
import assert from "node:assert/strict";
import { type LiveTask, liveTitle, placesInOrder, tasksByFunction } from "../../../src/editor/source/liveTasks";
import type { TaskRow } from "../../../src/protocol/panel";

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

  it("counts a task once in each function, at its innermost frame", () => {
    const frame = (line: number) => ({ file: "/a.ts", line, column: 1, function: "walk" });
    const row = (id: number, ...lines: number[]) => ({ id, state: "ready", stack: lines.map(frame) }) as unknown as TaskRow;
    const asked: number[] = [];
    const found = tasksByFunction({ tasks: [row(0, 7, 5, 22), row(1, 7), row(2, 40)], next: 1 }, ({ line }) => {
      asked.push(line);
      return line < 10 ? 1 : line < 30 ? 20 : undefined;
    });
    assert.deepEqual(
      [...found].map(([from, tasks]) => [from, ...tasks.map(({ line, isNext }) => [line, isNext])]),
      [
        [1, [7, false], [7, true]],
        [20, [22, false]],
      ],
    );
    assert.deepEqual(asked, [7, 5, 22, 40], "each place is looked up once");
  });
});
