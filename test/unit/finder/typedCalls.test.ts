import assert from "node:assert/strict";
import { type Language, namesUsed, typedCalls } from "../../../src/finder";

const read = (text: string, language: Language = "typescript") => {
  const { calls, problem } = typedCalls(text, language);
  return problem ?? calls;
};

describe("typed calls", () => {
  it("are several expressions with ; between them", () => {
    for (const language of ["typescript", "javascript", "tsx", "python"] as const) {
      assert.deepEqual(read("a(1); b(2)", language), ["a(1)", "b(2)"]);
      assert.deepEqual(read(" a(';') ;b([1, 2]); ", language), ["a(';')", "b([1, 2])"]);
      assert.deepEqual(read("", language), []);
      assert.deepEqual(read("shop.open().serve(x)", language), ["shop.open().serve(x)"]);
    }
    assert.deepEqual(read("new W(3).run(4); (x => g(x))(1)"), ["new W(3).run(4)", "(x => g(x))(1)"]);
    assert.deepEqual(read("f(x=1); (lambda: g())()", "python"), ["f(x=1)", "(lambda: g())()"]);
  });

  it("may be what would be a statement elsewhere", () => {
    assert.deepEqual(read("function* () { yield 1; }()"), ["function* () { yield 1; }()"]);
    assert.deepEqual(read("{ *run() { yield 1; } }.run("), ["{ *run() { yield 1; } }.run()"]);
  });

  it("have the brackets closed that are open at the end", () => {
    for (const language of ["typescript", "python"] as const) {
      assert.deepEqual(read("bogosort([3, 1", language), ["bogosort([3, 1])"]);
      assert.deepEqual(read("a(1); b(", language), ["a(1)", "b()"]);
      assert.deepEqual(read("a({", language), ["a({})"]);
    }
  });

  const wrong: [text: string, javascript: string, python?: string][] = [
    ["a(1;b(2)", "The ( at column 2 is not closed."],
    ['a("x', 'The " at column 3 is not closed.'],
    ["a(1))", ") is not expected at column 5."],
    ["a(1 2)", "2 is not expected at column 5."],
    ["a(1) b(2)", "A ; is missing before b at column 6."],
    ["a(1), b(2)", "Calls are separated by ; but there is a comma at column 5."],
    ["if (1) a()", "if (1) a() is not an expression, at column 1.", "Something is missing before a at column 8."],
    ["a().", "Something is missing at column 5, at the end."],
  ];
  for (const [text, javascript, python = javascript] of wrong) {
    it(`that cannot be read are told with the place: ${text}`, () => {
      assert.equal(read(text), javascript);
      assert.equal(read(text, "python"), python);
    });
  }

  it("use names of their scope", () => {
    assert.deepEqual([...namesUsed("bogosort(unsorted, x => x + y)", "typescript").keys()], ["bogosort", "unsorted", "y"]);
    assert.deepEqual([...namesUsed("f(a=b, *c, key=lambda q: q)", "python").keys()], ["f", "b", "c"]);
    assert.equal(namesUsed("a(); b(n)", "python").get("n"), 7);
  });
});
