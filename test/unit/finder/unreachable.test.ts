// Generator functions without a lens because no call reaches them, and the reason that is shown.

import assert from "node:assert/strict";
import { Finder, findGenerators, type Language, unreachableGenerators } from "../../../src/finder";

function told(text: string, language: Language): string[] {
  return unreachableGenerators(text, language).map(({ name, line, column, where }) => `${name} ${line}:${column} ${where}`);
}

describe("generator functions that cannot be called", () => {
  it("are listed with the reason in Python", () => {
    const text = [
      'if __name__ == "__main__":',
      "    def printer():",
      "        yield 1",
      "    class Own:",
      "        def run(self): yield 2",
      "else:",
      "    def other(): yield 3",
      "def outer():",
      "    def inner(): yield 4",
      "    async def beside(): yield 5",
      "    return inner()",
      "@contextmanager",
      "def managed(): yield 6",
    ].join("\n");
    assert.deepEqual(told(text, "python"), [
      'printer 2:5 below if __name__ == "__main__"',
      'run 5:9 below if __name__ == "__main__"',
      "inner 9:5 inside outer()",
    ]);
    assert.deepEqual(
      findGenerators(text, "python").map(({ call }) => call),
      ["other()"],
    );
  });

  it("are listed with the reason in JavaScript", () => {
    const text = [
      "function* reached() {}",
      "function make() { return function* inner() {}; }",
      "const arrow = () => { function* below() {} };",
      "if (ready) { function* inBlock() {} }",
      "class Store { *#secret() {} *open() { const f = function* () {}; } }",
      "run(function* () {});",
      "const o = { *member() {}, async *other() {} };",
      "const another = () => ({ x() { async function* later() {} } });",
    ].join("\n");
    assert.deepEqual(told(text, "typescript"), [
      "inner 2:26 inside make()",
      "below 3:23 inside arrow()",
      "inBlock 4:14 inside a block",
      "#secret 5:15 private to its class",
      "f 5:49 inside open()",
      " 6:5 part of an expression that gives it no name",
      "later 8:32 inside x()",
    ]);
  });

  it("are reported as deleted in JavaScript, on their own or with the containing object", () => {
    const text = "const o = { *f() {},\n  p: { *g() {} }, *h() {} };\ndelete o.f;\ndelete o.p;\n";
    assert.deepEqual(told(text, "javascript"), [
      "f 1:13 deleted further down",
      "g 2:8 part of o.p, which is deleted further down",
    ]);
    assert.deepEqual(
      unreachableGenerators(text, "javascript").map(({ remedy }) => remedy),
      ["Remove the delete statement.", "Remove the delete statement."],
    );
  });

  it("keep their places while a line above is half typed", () => {
    const finder = new Finder("typescript");
    const text = "const a = 1;\nfunction make() {\n  function* inner() {}\n}\n";
    finder.update(text);
    assert.deepEqual(
      finder.unreachable.map(({ line }) => line),
      [3],
    );
    finder.update(`\nconst b = (\n${text}`);
    assert.deepEqual(
      finder.unreachable.map(({ name, line }) => `${name} ${line}`),
      ["inner 5"],
    );
    finder.update(`\nconst b = 2;\n${text.replace("function* inner() {}", "")}`);
    assert.deepEqual(finder.unreachable, []);
  });
});

describe("a file with syntax that the parser does not support", () => {
  it("keeps the lenses of everything that can be parsed", () => {
    const flow = [
      "function* patrol(enemy: Enemy): Generator<*, *, *> { yield 1; }",
      "function* other() { yield 2; }",
      "/*",
      "function* inComment() {}",
      "*/",
      "export function* last() { yield 3; }",
    ].join("\n");
    const calls = findGenerators(flow, "javascript").map(({ call, line }) => `${line} ${call}`);
    assert.deepEqual(calls.slice(-2), ["2 other()", "6 last()"]);
    assert.ok(calls.every((call) => !call.includes("inComment")));
  });

  for (const [what, text, expected] of [
    ["before everything", "<!-- hidden\nfunction* a() {}\n", ["a()"]],
    ["behind a statement", "let n = 1; <!-- function* no() {}\nfunction* a() {}\n", ["a()"]],
    ["at its end", "function* a() {}\n--> function* no() {}\nfunction* b() {}\n", ["a()", "b()"]],
    ["and not where it is text or an operator", 'const s = "<!--", t = `\n-->`, n = a-->b;\nfunction* a() {}\n', ["a()"]],
  ] as const) {
    it(`may contain an HTML comment, ${what}`, () => {
      assert.deepEqual(
        findGenerators(text, "javascript").map(({ call }) => call),
        expected,
      );
    });
  }
});
