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

  it("of an observed program's scheduler are those of the function that has resumed the task", () => {
    const driver = (step: number) => ({ file: "/main.ts", function: step % 3 === 0 ? "odd" : "even", line: step });
    const trace = {
      length: 1_000_000,
      points: [],
      chunkAt: () => assert.fail(),
      previousOf: () => assert.fail(),
      nextOf: () => assert.fail(),
    };
    const scopes = new Scopes(
      trace,
      () => "/main.ts",
      (step) => (step > 500_000 ? driver(step) : undefined),
    );
    assert.equal(scopes.previous({ driver: driver(3) }, 999_998), 999_996);
    assert.equal(scopes.previous({ driver: driver(1) }, 999_996), 999_995);
    assert.equal(scopes.previous({ driver: null }, 999_996), undefined, "which is too far back");
    assert.equal(scopes.previous({ driver: driver(3) }, 500_000), undefined);
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
