// Once a Python text is complete, the result of the finder must not depend on the edits that led to it.

import assert from "node:assert/strict";
import fc from "fast-check";
import { Finder, findGenerators } from "../../../src/finder";
import { PYTHON_PIECES } from "./pythonSample";

const MORE = [
  "total = 1. + 2\n",
  "def plain():\n    def nested():\n        yield\n    return nested\n",
  "class Point:\n    def run(self):\n        yield\n\f\n    def go(self):\n        x = yield\n",
  "with (a as b, c as d.e):\n    def inner():\n        yield\n",
  "match x:\n    case Point() | []:\n        def matched():\n            yield\n",
  "x = 1 + \\\n    2\n",
  "y = lambda a, /: a\n",
  "@made[0].by(1)\ndef decorated():\n    yield\n",
  "z = many[*rest]\n",
  "text = r'\\\\' + f\"{x!r:>{y}}\" '''\n(\n'''\n",
  "if a:\n    if b:\n        if c:\n            def deep(): yield\n",
];
const JUNK = [
  "(",
  "[",
  "{",
  ")",
  '"""',
  "'''",
  "'",
  "f'{",
  "\\\n",
  "def ",
  "class C:",
  "if a:",
  "lambda",
  "@",
  "#",
  "\n",
  "    ",
  "yield",
];

const wholeText = fc.array(fc.constantFrom(...PYTHON_PIECES, ...MORE), { maxLength: 7 }).map((pieces) => pieces.join("\n"));
const junk = fc.tuple(fc.nat(), fc.constantFrom(...JUNK));

/** A version of a text with a half-typed insertion. */
function spoiled(text: string, [at, typed]: [number, string]): string {
  const offset = at % (text.length + 1);
  return text.slice(0, offset) + typed + text.slice(offset);
}

describe("an edited Python text", () => {
  it("gives the same result as parsing it anew, after any edits", () => {
    const edits = fc.array(fc.record({ text: wholeText, spoil: fc.array(junk, { maxLength: 3 }) }), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(edits, (versions) => {
        const finder = new Finder("python");
        for (const { text, spoil } of versions) {
          for (const one of spoil) finder.update(spoiled(text, one));
          assert.deepEqual(finder.update(text), findGenerators(text, "python"));
        }
      }),
      { numRuns: 300 },
    );
  });

  it("gives the same result when a text that was opened with syntax errors is corrected", () => {
    const text = [
      "def plain():\n    def nested():\n        yield\n    return nested\n",
      "z = many[*rest]\n",
      "def last():\n    yield from counter()\n",
      "class Point:\n    def run(self):\n        yield\n\f\n    def go(self):\n        x = yield\n",
      "try:\n    import fast\nexcept ImportError:\n",
      "    def slow():\n        for one in range(3):\n            yield one\n",
    ].join("\n");
    for (let at = 0; at <= text.length; at++) {
      const finder = new Finder("python");
      finder.update(spoiled(text, [at, "("]));
      assert.deepEqual(finder.update(text), findGenerators(text, "python"), `opened at ${at}`);
    }
  });

  it("gives the same result if the editor reports the changes", () => {
    fc.assert(
      fc.property(wholeText, wholeText, fc.nat(), (text, pasted, at) => {
        const finder = new Finder("python");
        finder.update(text);
        const from = at % (text.length + 1);
        const to = from + pasted.length;
        const pastedInto = text.slice(0, from) + pasted + text.slice(from);
        finder.update(pastedInto, [{ fromA: from, toA: from, fromB: from, toB: to }]);
        const back = finder.update(text, [{ fromA: from, toA: to, fromB: from, toB: from }]);
        assert.deepEqual(back, findGenerators(text, "python"));
      }),
      { numRuns: 100 },
    );
  });
});
