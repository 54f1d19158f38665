import assert from "node:assert/strict";
import fc from "fast-check";
import { textPieces } from "../../../../src/core/export/text";
import { everythingHostile, exported, made, small, textOf, waiting } from "./exported";

function linesOf(run: typeof small): string[] {
  return textOf(textPieces(exported(run))).split("\n");
}

describe("a trace as a text table", () => {
  it("has a column for each task, with the value in the row of its step, and output below", () => {
    // A column is as wide as its longest text, but at least ten: "return done" has eleven characters, "throw Error: no" fifteen.
    assert.deepEqual(linesOf(small), [
      "tasks.ts",
      "",
      "      | loading",
      "step  counter      bogosort",
      "   1  1",
      "   2               [3, 1, 2]",
      "      ! a",
      "      ! b",
      "   3  return done",
      "   4               throw Error: no",
      "",
      "4 steps:",
      "  counter   returned done",
      "  bogosort  threw Error: no",
      "",
    ]);
  });

  it("says for each step that left its task waiting who holds the resource, and at the end why it waits forever", () => {
    const why = "bob waits for lock, which bob itself holds.";
    const lines = textOf(textPieces({ ...exported(waiting), why })).split("\n");
    assert.deepEqual(lines.slice(2), [
      "step  ann            bob",
      "   1  acquire(lock)",
      "   2                 waits: acquire(lock), held by ann",
      "   3  return done",
      "   4                 waits: sleep(5)",
      "   5                 waits: acquire(lock), held by bob",
      "",
      "5 steps:",
      "  ann  returned done",
      "  bob  blocked",
      "",
      "bob waits for lock, which bob itself holds.",
      "",
    ]);
  });

  it("marks what was cut: values, long lines and many lines of output", () => {
    const value = "x".repeat(50);
    const contents = [{ task: 0, event: "yielded", value, point: 0, micros: 1 }] as const;
    const text = `${"y".repeat(200)}\n${"z\n".repeat(30)}`;
    const lines = linesOf({ ...small, contents, printed: [{ step: 1, stream: "stdout", text }] });
    assert.equal(lines[3], `   1  ${"x".repeat(39)}…`);
    assert.equal(lines[4], `      | ${"y".repeat(131)}…`);
    assert.equal(lines[24], "      | … 11 more lines");
    assert.deepEqual(lines.slice(-5), [
      "",
      "Not shown in full: 1 value cut to the width of the column, marked by ….",
      "Not shown in full: 1 line of output cut to the width of the table.",
      "Not shown in full: 11 lines of output left out.",
      "",
    ]);
  });

  it("uses one shared column if there are too many tasks for the width", () => {
    const names = Array.from({ length: 20 }, (_, task) => `task${task}`);
    const lines = linesOf({ ...small, names, printed: [] });
    assert.deepEqual(lines.slice(2, 5), ["step  task    value", "   1  task0   1", "   2  task1   [3, 1, 2]"]);
  });

  it("stays within its width, without control characters, whatever the tasks do", () => {
    fc.assert(
      fc.property(made, (run) => {
        for (const line of linesOf(run)) {
          assert.ok(Array.from(line).length <= 150, line);
          assert.doesNotMatch(line, /[\p{Cc}\p{Cs}]/u);
        }
      }),
      { examples: [[everythingHostile]] },
    );
  });

  it("has a row for every step", () => {
    fc.assert(
      fc.property(made, (run) => {
        const rows = linesOf(run).flatMap((line) => /^ *(\d+)(?: {2}|$)/.exec(line)?.[1] ?? []);
        assert.deepEqual(
          rows.slice(0, run.contents.length),
          run.contents.map((_, index) => String(index + 1)),
        );
      }),
      { examples: [[everythingHostile]] },
    );
  });
});
