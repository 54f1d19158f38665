/**
 * Which definition a name belongs to. A value of another variable of the same name must never be shown for it.
 */
import assert from "node:assert/strict";
import { type Language, Variables } from "../../../src/finder";

/** The name at the `|` in a text, and how the scope begins that defines it. */
function variableAt(marked: string, language: Language): string | undefined {
  const at = marked.indexOf("|");
  const text = marked.replace("|", "");
  const found = new Variables(text, language).at(at);
  return found && `${text.slice(found.from, found.to)} of ${text.slice(found.scope.from, found.scope.from + 12).split("\n")[0]}`;
}

describe("the variable at a place", () => {
  const inTypeScript: readonly (readonly [text: string, variable: string | undefined])[] = [
    ["function* f(a) { yield |a; }", "a of function* f("],
    ["function* f(|a) { yield a; }", "a of function* f("],
    ["function* f(abc) { yield abc|; }", "abc of function* f("],
    ["function* f({ a: { b } }, [c], ...d) { yield b + |c; }", "c of function* f("],
    ["function* f() { let a = 1; { let a = 2; yield |a; } }", "a of { let a = 2;"],
    ["function* f() { let a = 1; { let a = 2; } yield |a; }", "a of { let a = 1;"],
    ["function* f() { { var a = 1; } yield |a; }", "a of function* f("],
    ["function* f() { { var { a } = b; } yield |a; }", "a of function* f("],
    ["function* f(a) { a.map((a) => |a); }", "a of (a) => a); }"],
    ["function* f(a) { b.map(() => |a); }", "a of function* f("],
    ["function* f() { for (const a of [1]) yield |a; }", "a of for (const a"],
    ["function* f() { try {} catch (a) { yield |a; } }", "a of catch (a) { "],
    ["function* f() { function g() {} yield |g; }", "g of { function g"],
    ["function* f() { yield { a: 1, b }.|a; }", undefined],
    ["function* f(b) { yield { |b }; }", "b of function* f("],
    ["function* f(a) { yield '|a'; }", undefined],
    [`function* f(a) { yield \`\${|a}\`; }`, "a of function* f("],
    ["function* f(a) { yield `|a`; }", undefined],
    ["function* f(a) { // |a\n}", undefined],
    ["const a = 1; function* f() { yield |a; }", undefined],
    ["class C { *f(a) { yield |a; } }", "a of *f(a) { yiel"],
    ["const o = { *f(a) { yield |a; } };", "a of *f(a) { yiel"],
  ];
  for (const [text, variable] of inTypeScript) {
    it(`in TypeScript: ${text.replace("\n", " ")}`, () => assert.equal(variableAt(text, "typescript"), variable));
  }

  const inPython: readonly (readonly [text: string, variable: string | undefined])[] = [
    ["def f(a, b=c):\n  yield |a", "a of def f(a, b=c"],
    ["c = 1\ndef f(a, b=|c):\n  yield a", undefined],
    ["def f():\n  if x:\n    a = 1\n  yield |a", "a of def f():"],
    ["def f():\n  a, (b, *c) = x\n  yield |b", "b of def f():"],
    ["def f():\n  a += 1\n  yield |a", "a of def f():"],
    ["def f():\n  for a, b in x:\n    yield |b", "b of def f():"],
    ["def f(x):\n  for a in |x:\n    yield", "x of def f(x):"],
    ["def f():\n  with x as a:\n    yield |a", "a of def f():"],
    ["def f():\n  while (a := x()):\n    yield |a", "a of def f():"],
    ["def f(a):\n  return [a for a in |b]", undefined],
    ["def f(a):\n  return [|a for a in b]", "a of [a for a in "],
    ["def f(a):\n  return [|a for b in c]", "a of def f(a):"],
    ["def f(a):\n  return lambda a: |a", "a of lambda a: a"],
    ["def f(a):\n  def g():\n    a = 1\n    yield |a\n", "a of def g():"],
    ["def f(a):\n  def g():\n    nonlocal a\n    a = 1\n    yield |a\n", "a of def f(a):"],
    ["def f():\n  global a\n  a = 1\n  yield |a", undefined],
    ["def f(a):\n  g(|a=1)", undefined],
    ["def f(a):\n  yield b.|a", undefined],
    ["def f(a):\n  yield '|a'", undefined],
    ["def f(a):\n  yield f'{|a}'", "a of def f(a):"],
    ["def f(a):\n  yield # |a", undefined],
    ["def f(x):\n  match x:\n    case [a, *_]:\n      yield |a", "a of def f(x):"],
    ["def f():\n  import a\n  yield |a", "a of def f():"],
    ["def f(a):\n  class C:\n    a = 1\n    b = |a\n", "a of class C:"],
  ];
  for (const [text, variable] of inPython) {
    it(`in Python: ${text.replaceAll("\n", " ")}`, () => assert.equal(variableAt(text, "python"), variable));
  }
});
