// What gets a lens, how it is called, and what gets none.

import assert from "node:assert/strict";
import { findGenerators, type Language, languageOf } from "../../../src/finder";

/** The calls found in a text. */
function calls(text: string, language: Language = "typescript"): string[] {
  return findGenerators(text, language).map(({ call }) => call);
}

describe("the finder", () => {
  it("describes a generator whole", () => {
    assert.deepEqual(findGenerators("\nexport function* bogosort(unsorted, tries = 9) {}", "javascript"), [
      {
        name: "bogosort",
        kind: "function",
        line: 2,
        column: 1,
        parameters: ["unsorted", "tries"],
        call: "bogosort(unsorted)",
        needsArguments: true,
      },
    ]);
  });

  const reached: Record<string, string[]> = {
    "function* a() {} export function* b() {}": ["a()", "b()"],
    "export default function* () {}": ["exports.default()"],
    "export default function* named() {}": ["named()"],
    "export default { *run() {} }": ["exports.default.run()"],
    "export default class { *run() {} }": ["new exports.default().run()"],
    "const a = function* () {}, b = (function* () {} as any) satisfies T, c = <T>function* () {};": ["a()", "b()", "c()"],
    "let a; a = function* () {};": ["a()"],
    "exports.f = function* (a) {}; module.exports.g = exports.h = function* () {};": ["exports.f(a)", "module.exports.g()"],
    "module.exports = { *a() {}, b: function* () {} };": ["module.exports.a()", "module.exports.b()"],
    "module.exports = function* () {};": ["module.exports()"],
    "class W { constructor(id, n = 1) {} *run(count) {} static *all() {} }": ["new W(id).run(count)", "W.all()"],
    "class W { f = function* () {}; static g = function* () {}; static o = { *h() {} } }": ["new W().f()", "W.g()", "W.o.h()"],
    "const C = class Inner { *[Symbol.iterator]() {} };": ["new C()[Symbol.iterator]()"],
    "const o = { *a() {}, b: { c: function* () {} }, 'my name': function* () {}, *'d'() {}, *5() {} };": [
      "o.a()",
      "o.b.c()",
      "o['my name']()",
      "o.d()",
      "o[5]()",
    ],
    "namespace A.B { export function* c() {} function* hidden() {} }": ["A.B.c()"],
    "abstract class S { *run() {} abstract *no(): void }": ["new S().run()"],
  };
  for (const [text, expected] of Object.entries(reached)) {
    it(`reaches ${text}`, () => assert.deepEqual(calls(text), expected));
  }

  const unreachable = [
    "function outer() { function* a() {} }",
    "if (x) { function* a() {} }",
    "async function* a() {}",
    "const o = { async *a() {}, get b() { return function* () {}; } };",
    "class W { *#a() {} async *b() {} static { function* c() {} } }",
    "function* over(a: number): void;",
    "declare function* a(): void; declare class D { *b(): void }",
    "run(function* () {}); new (class { *a() {} })();",
    "const o = { *[next()]() {}, ...{ *a() {} } };",
    "const { a = function* () {} } = o;",
    "// function* a() {}",
  ];
  for (const text of unreachable) {
    it(`gives no lens to ${text}`, () => assert.deepEqual(calls(text), []));
  }

  it("writes parameters without types, defaults and comments", () => {
    const [found] = findGenerators(
      "function* f(this: T, a: string, { b, // c\n c: [d] }: X, e?: Y, g = [1], ...rest: Z[]) {}",
      "typescript",
    );
    assert.deepEqual(found?.parameters, ["a", "{ b, c: [d] }", "e", "g", "...rest"]);
    assert.equal(found?.call, "f(a, { b, c: [d] })");
  });

  it("keeps the position of a required parameter behind an optional one", () => {
    assert.deepEqual(calls("function* f(a = 1, b) {}"), ["f(undefined, b)"]);
  });

  it("asks for a constructor's arguments, not for optional ones", () => {
    const text = "class A { constructor(private id: number) {} *run() {} static *all(n?: number) {} }";
    const asked = findGenerators(text, "typescript").map(({ needsArguments }) => needsArguments);
    assert.deepEqual(asked, [true, false]);
  });

  it("counts lines as an editor does, and stays at the generator when its binding begins on an earlier line", () => {
    const text = "const a = 1;\r\nconst b =\r\n  function* () {};\rclass C {\n  @known\n  static *d() {}\n}";
    const places = findGenerators(text, "typescript").map(({ line, column }) => `${line}:${column}`);
    assert.deepEqual(places, ["3:3", "6:10"]);
  });

  it("knows a language by the file's name", () => {
    const names = [
      "a.js",
      "a.mjs",
      "a.cjs",
      "a.jsx",
      "a.ts",
      "a.mts",
      "a.cts",
      "A.TSX",
      "a.d.ts",
      "a.pyw",
      "a.pyi",
      "ts",
      "a.py",
    ];
    const javascript = Array.from({ length: 3 }, () => "javascript");
    const typescript = Array.from({ length: 3 }, () => "typescript");
    assert.deepEqual(names.map(languageOf), [
      ...javascript,
      "jsx",
      ...typescript,
      "tsx",
      undefined,
      undefined,
      undefined,
      undefined,
      "python",
    ]);
  });
});
