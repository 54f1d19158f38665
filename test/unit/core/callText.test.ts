import assert from "node:assert/strict";
import fc from "fast-check";
import { formatCall, parseCall } from "../../../src/core/callText";

describe("the text of a call", () => {
  it("may begin with the path of another file", () => {
    assert.deepEqual(parseCall("pong()"), { expression: "pong()" });
    assert.deepEqual(parseCall("other.ts: pong()"), { file: "other.ts", expression: "pong()" });
    assert.deepEqual(parseCall("../lib/a-b.mjs:\n new Work(1).run()"), {
      file: "../lib/a-b.mjs",
      expression: "new Work(1).run()",
    });
    assert.deepEqual(parseCall('"app/[id]/a page.tsx": go()'), { file: "app/[id]/a page.tsx", expression: "go()" });
    assert.deepEqual(parseCall("tasks.py: pong(lambda: 1)"), { file: "tasks.py", expression: "pong(lambda: 1)" });
  });

  it("is an expression even if it contains a colon", () => {
    const expressions = [
      "is ? a.ts: b()",
      "is?a.ts: b()",
      "walk({ a: 1 })",
      'say("see a.ts: x")',
      "(lambda: go())()",
      "a.ts",
      "a.ts:b",
      "x[a.py: 2]",
    ];
    for (const expression of expressions) assert.deepEqual(parseCall(expression), { expression });
  });

  it("parses back to the same call, whatever the path is", () => {
    const file = fc.tuple(fc.string({ unit: "grapheme" }), fc.constantFrom(".ts", ".py", ".mjs")).map((parts) => parts.join(""));
    const expression = fc.constantFrom("pong()", "a ? b : c", "x[1:2]");
    fc.assert(
      fc.property(file, expression, (file, expression) => {
        assert.deepEqual(parseCall(formatCall({ file, expression })), { file, expression });
      }),
    );
  });
});
