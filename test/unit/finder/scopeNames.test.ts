import assert from "node:assert/strict";
import { descriptionOf, findGenerators, type Language, scopeOf } from "../../../src/finder";

const names = (text: string, language: Language) => scopeOf(text, language).names.map(({ name, kind }) => `${kind} ${name}`);

describe("the names of a module", () => {
  it("in TypeScript are those of values", () => {
    const text = `import d, { b as c } from "x"; import * as ns from "y";
const { p, q: r, ...s } = o, [t] = v; function* g(a: number) { const inside = 1; }
class K { field = 1; } export const w = 1; export default function z() {}
interface I {} type Q = 1; let k; const f = () => 3; export abstract class A {}`;
    assert.deepEqual(names(text, "typescript"), [
      ...["import d", "import c", "import ns", "variable p", "variable r", "variable s", "variable t", "function g", "class K"],
      ...["variable w", "function z", "variable k", "function f", "class A"],
    ]);
  });

  it("in Python are those of every block outside of functions and classes", () => {
    const text = `import os.path as p, sys
from m import x as y
a, (b, [c, *rest]) = d = 1, 2
n: int = 3
for i, j in y:
    e = 1
with open(f) as g:
    pass
class K:
    inside = 1
o.attribute = 3
if (w := 3):
    h = 1
try:
    pass
except E as error:
    pass
@dec
def f(q, r=3):
    local = 1
    yield 1
squares = [z * z for z in a]
`;
    assert.deepEqual(names(text, "python"), [
      ...["import p", "import sys", "import y", "variable a", "variable b", "variable c", "variable rest", "variable d"],
      ...["variable n", "variable i", "variable j", "variable e", "variable g", "class K", "variable w", "variable h"],
      ...["variable error", "function f", "variable squares"],
    ]);
    assert.equal(scopeOf(text, "python").isOpen, false);
    assert.equal(scopeOf("from m import *\n", "python").isOpen, true);
  });
});

describe("the description of a generator function", () => {
  const described = (text: string, language: Language, name: string) => {
    const generator = findGenerators(text, language).find((one) => one.name === name);
    assert.ok(generator);
    return descriptionOf(text, language, generator);
  };

  it("has the signature and the comment above", () => {
    const text = `/** Not this one. */
const x = 1;

/**
 * Shuffles a list
 * until it is sorted.
 *
 * @param unsorted the list
 */
export function* bogosort(unsorted: number[],
  limit = 10) { yield unsorted; }
// Counts.
// For ever.
function* counter() { yield 1; }

function* bare() { yield 1; }
class W {
  /* Runs it. */
  *run(n: number) { yield n; }
}
`;
    assert.deepEqual(described(text, "typescript", "bogosort"), {
      signature: "bogosort(unsorted: number[], limit = 10)",
      comment: "Shuffles a list until it is sorted.",
    });
    assert.deepEqual(described(text, "typescript", "counter"), { signature: "counter()", comment: "Counts. For ever." });
    assert.deepEqual(described(text, "typescript", "bare"), { signature: "bare()", comment: "" });
    assert.deepEqual(described(text, "typescript", "W.run"), { signature: "W.run(n: number)", comment: "Runs it." });
  });

  it("has the docstring in Python", () => {
    const text = `# Above.
@decorated
def bogosort(unsorted: "list[int]", limit=10) -> "Iterator":
    """Shuffles a list
    until it is sorted.

    More.
    """
    yield unsorted

def counter():
    yield "no docstring"

# Commented.
def commented(n):
    yield n

class W:
    def run(self, n):
        'Runs it.'
        yield n
`;
    assert.deepEqual(described(text, "python", "bogosort"), {
      signature: 'bogosort(unsorted: "list[int]", limit=10)',
      comment: "Shuffles a list until it is sorted.",
    });
    assert.deepEqual(described(text, "python", "counter"), { signature: "counter()", comment: "" });
    assert.deepEqual(described(text, "python", "commented"), { signature: "commented(n)", comment: "Commented." });
    assert.deepEqual(described(text, "python", "W.run"), { signature: "W.run(n)", comment: "Runs it." });
  });
});
