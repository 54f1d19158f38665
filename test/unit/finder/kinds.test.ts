// Which functions get a lens, with which call, and which do not.

import assert from "node:assert/strict";
import { Finder, findGenerators, type Language, languageOf } from "../../../src/finder";

/** The calls found in a text. */
function calls(text: string, language: Language = "typescript"): string[] {
  return findGenerators(text, language).map(({ call }) => call);
}

describe("the finder", () => {
  it("describes a generator completely", () => {
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
    "export default { *run() {} };": ["exports.default.run()"],
    "export default (function* () {});": ["exports.default()"],
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
    "async function* a() {} export default async function* () {}": ["a()", "exports.default()"],
    "const o = { async *a() {}, b: async function* () {} };": ["o.a()", "o.b()"],
    "class W { async *run(count) {} static async *all() {} f = async function* () {} }": [
      "new W().run(count)",
      "W.all()",
      "new W().f()",
    ],
    "namespace A.B { export function* c() {} function* hidden() {} }": ["A.B.c()"],
    "abstract class S { *run() {} abstract *no(): void }": ["new S().run()"],
    "class B {} export default class extends B { *run() {} }": ["new exports.default().run()"],
    "export default class extends mixed(A, B) { *run() {} }": ["new exports.default().run()"],
    "export default class extends ns.B<T> implements I { *run() {} }": ["new exports.default().run()"],
    "export default abstract class extends B { *run() {} }": ["new exports.default().run()"],
    "export default class implements I { *run() {} }": ["new exports.default().run()"],
    "export default class<T> extends B<T> { *run() {} }": ["new exports.default().run()"],
    "export default class\nextends B { *run() {} }": ["new exports.default().run()"],
    "export default class Extends extends B { *run() {} }": ["new Extends().run()"],
    "class B { constructor(a, b = 1) {} } class C extends B { *run(n) {} }": ["new C(a).run(n)"],
    "class C extends B { *run() {} } class A { constructor(a) {} } class B extends A {}": ["new C(a).run()"],
    "const A = class { constructor(a) {} }; const B = class extends A { *run() {} };": ["new B(a).run()"],
    "export class A { constructor(private a: string) {} } export default class extends A { *run() {} }": [
      "new exports.default(a).run()",
    ],
    "class A { constructor(a) {} } class B extends A { constructor() { super(1); } *run() {} }": ["new B().run()"],
    "class A extends B { *run() {} } class B extends A { *run() {} }": ["new A().run()", "new B().run()"],
    "class A { constructor(a) {} } class B extends A { static *all() {} }": ["B.all()"],
  };
  for (const [text, expected] of Object.entries(reached)) {
    it(`finds the path to ${text}`, () => assert.deepEqual(calls(text), expected));
  }

  const replaced: Record<string, number[]> = {
    "function* f() {}\nfunction* f() {}": [2],
    "var f = function* () {};\nfunction* f() {}": [1],
    "function* f() {}\nfunction f() {}": [],
    "function* f() {}\nfunction f(a: string): void;": [1],
    "var f = function* () {};\nvar f = function* () {};": [2],
    "let f = function* () {};\nf = function* () {};": [2],
    "let f = function* () {};\nf = other;": [],
    "let f = function* () {};\nf = traced(f);": [1],
    "let f = function* () {};\nf = offset;": [],
    "const o = { *f() {},\n*f() {} };": [2],
    "const o = { *f() {},\nget f() { return 1; } };": [],
    "const o = { *f() {} };\no.f = function* () {};": [2],
    "let o = { *f() {} };\no = { ...o, *g() {} };": [1, 2],
    "class C { *f() {}\n*f() {} }": [2],
    "class C { *f() {}\nstatic *f() {} }": [1, 2],
    "class C { f = function* () {};\n*f() {} }": [1],
    "var C = class { *f() {} };\nC = class { *g() {} };": [2],
    "exports.f = function* () {};\nexports.f = function* () {};": [2],
    "module.exports = function* () {};\nmodule.exports = function* () {};": [2],
    "const o = { *f() {},\n*g() {} };\ndelete o.f;": [2],
    'const o = { *f() {} };\ndelete (o["f"]);': [],
    'const o = { *f() {} };\no["f"] = other;': [],
    "const o = { p: { *f() {} },\n*g() {} };\ndelete o.p;": [2],
    "class C { static *f() {} }\ndelete C.f;": [],
    "exports.f = function* () {};\ndelete exports.f;": [],
    "const o = { *f() {} };\ndelete o.f;\no.f = function* () {};": [3],
    "const o = { *f() {} };\nif (old) delete o.f;": [1],
    "const o = { *f() {} };\nfunction clear() { delete o.f; }": [1],
  };
  for (const [text, lines] of Object.entries(replaced)) {
    it(`leaves out what is redefined or deleted in ${JSON.stringify(text)}`, () => {
      assert.deepEqual(
        findGenerators(text, "typescript").map(({ line }) => line),
        lines,
      );
    });
  }

  it("takes an edited base class into account, even if the class itself is unchanged", () => {
    const finder = new Finder("typescript");
    const filler = "const one = 1;\n".repeat(200);
    const derived = `${filler}class C extends B { *run() {} }`;
    assert.deepEqual(finder.update(`class B {}\n${derived}`)[0]?.call, "new C().run()");
    assert.deepEqual(finder.update(`class B { constructor(a) {} }\n${derived}`)[0]?.call, "new C(a).run()");
  });

  const unreachable = [
    "function outer() { function* a() {} }",
    "if (x) { function* a() {} }",
    "async function a() {}",
    "const o = { async a() {}, get b() { return function* () {}; } };",
    "class W { *#a() {} async b() {} static { async function* c() {} } }",
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

  it("lists parameters without types, defaults and comments", () => {
    const [found] = findGenerators(
      "function* f(this: T, a: string, { b, // c\n c: [d] }: X, e?: Y, g = [1], ...rest: Z[]) {}",
      "typescript",
    );
    assert.deepEqual(found?.parameters, ["a", "{ b, c: [d] }", "e", "g", "...rest"]);
    assert.equal(found?.call, "f(a, { b, c: [d] })");
  });

  it("keeps the position of a required parameter after an optional one", () => {
    assert.deepEqual(calls("function* f(a = 1, b) {}"), ["f(undefined, b)"]);
  });

  it("asks for the required arguments of a constructor only", () => {
    const text = "class A { constructor(private id: number) {} *run() {} static *all(n?: number) {} }";
    const asked = findGenerators(text, "typescript").map(({ needsArguments }) => needsArguments);
    assert.deepEqual(asked, [true, false]);
  });

  it("counts lines as an editor does, and uses the generator's line if its binding begins on an earlier one", () => {
    const text = "const a = 1;\r\nconst b =\r\n  function* () {};\rclass C {\n  @known\n  static *d() {}\n}";
    const places = findGenerators(text, "typescript").map(({ line, column }) => `${line}:${column}`);
    assert.deepEqual(places, ["3:3", "6:10"]);
  });

  it("determines the language by the file's name", () => {
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
