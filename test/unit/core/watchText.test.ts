import assert from "node:assert/strict";
import fc from "fast-check";
import { formatWatch, parseWatch } from "../../../src/core/watchText";

describe("the text of a watch", () => {
  for (const [text, expression, isOfScheduler] of [
    ["turn", "turn", false],
    [" scheduler:turn % 2 ", "turn % 2", true],
    ["scheduler:\n  queue", "queue", true],
    ["scheduler", "scheduler", false],
    ["scheduler:", "scheduler:", false],
    ["schedulers: 1", "schedulers: 1", false],
    ["{scheduler: 1}", "{scheduler: 1}", false],
  ] as const) {
    it(`${JSON.stringify(text)} is about ${isOfScheduler ? "the scheduler's frame" : "the task's"}`, () => {
      assert.deepEqual(parseWatch(text), { expression, isOfScheduler });
    });
  }

  it("parses to the watch that it was made from", () => {
    const expressions = fc
      .string({ minLength: 1 })
      .filter((text) => text === text.trim() && text !== "" && !/^scheduler:/.test(text));
    fc.assert(
      fc.property(expressions, fc.boolean(), (expression, isOfScheduler) => {
        const watch = { expression, isOfScheduler };
        assert.deepEqual(parseWatch(formatWatch(watch)), watch);
      }),
    );
  });
});
