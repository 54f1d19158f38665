import assert from "node:assert/strict";
import { namesIn } from "../../../../src/session/run/watchEvaluation";
import { Scopes } from "../../../../src/session/seen/scopes";

describe("scopes", () => {
  it("search few steps for one of another module, however long the run is", () => {
    let read = 0;
    const trace = {
      length: 10_000_000,
      points: ["/main.ts", "/other.ts"].map((file) => ({ file, line: 1, column: 1, function: "f" })),
      chunkAt(step: number) {
        read += 1;
        const first = Math.floor((step - 1) / 1_000) * 1_000 + 1;
        return { first, event: new Uint8Array(1_000), point: new Uint16Array(1_000).fill(2) } as never;
      },
      previousOf: () => undefined,
      nextOf: () => undefined,
    };
    const scopes = new Scopes(trace, () => "/main.ts");
    assert.equal(scopes.moduleOf(9_999_999), "/other.ts");
    assert.equal(scopes.previous({ module: "/other.ts" }, 9_999_999), 9_999_999);
    read = 0;
    assert.equal(scopes.previous({}, 9_999_999), undefined);
    assert.ok(read < 100, `${read} chunks were read`);
    assert.equal(scopes.previous({}, 500), 0, "before step 1 the session's file is to be seen");
  });
});

describe("the names in an expression", () => {
  for (const [expression, names] of [
    ["a + b.c", ["a", "b"]],
    ["state['n']", ["state"]],
    ['state["it\'s n"] + m', ["state", "m"]],
    ["r'\\n' + b\"x\" + y", ["y"]],
    ["f'{n}'", ["f", "n"]],
    [`\`$\{n} of\``, ["$", "n", "of"]],
    ["[...list, 'a\\'b', last]", ["list", "last"]],
    ["this.by", ["this"]],
  ] as const) {
    it(`of ${expression} are ${names.join(" and ")}`, () => assert.deepEqual([...namesIn(expression)], names));
  }
});
