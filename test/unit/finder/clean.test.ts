// Once a text is complete, the result of the finder must not depend on the edits that led to it.

import assert from "node:assert/strict";
import fc from "fast-check";
import { Finder, findGenerators } from "../../../src/finder";
import { PIECES } from "./sample";

const MORE = [
  "const total = 1 + 2;\n",
  "function plain() {\n  return function* nested() {};\n}\n",
  "export default class {\n  *run() {}\n}\n",
  "@known\nexport class Decorated {\n  *run() {}\n}\n",
  "exports.f = function* () {};\n",
  "/* function* gone() {} */\n",
  "namespace Space {\n  export function* inner() {}\n}\n",
];
const JUNK = ["{", "(", "[", "`", "'", "/*", "}", "class {", "const x =", "function*", "async ", "if (a", "=> {", "\n"];

const wholeText = fc.array(fc.constantFrom(...PIECES, ...MORE), { maxLength: 7 }).map((pieces) => pieces.join("\n"));
const junk = fc.tuple(fc.nat(), fc.constantFrom(...JUNK));
/** A version of a text with a half-typed insertion. */
function spoiled(text: string, [at, typed]: [number, string]): string {
  const offset = at % (text.length + 1);
  return text.slice(0, offset) + typed + text.slice(offset);
}

describe("an edited text", () => {
  it("gives the same result as parsing it anew, after any edits", () => {
    const edits = fc.array(fc.record({ text: wholeText, spoil: fc.array(junk, { maxLength: 3 }) }), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(edits, (versions) => {
        const finder = new Finder("typescript");
        for (const { text, spoil } of versions) {
          for (const one of spoil) finder.update(spoiled(text, one));
          assert.deepEqual(finder.update(text), findGenerators(text, "typescript"));
        }
      }),
      { numRuns: 300 },
    );
  });

  it("trusts no error that it had accepted, once an edit may have repaired it", () => {
    const twice = "function* sort(all) {\n  yield all;\n  return all;\n}\n\n".repeat(2);
    const rest = "const settings = { text: `a b` };\n".repeat(5);
    const text = `/** Sorts. */\n${twice}${rest}`;
    const opened = text.indexOf("{") + 1;
    const finder = new Finder("typescript");
    finder.update(`${text.slice(0, opened)}}${text.slice(opened)}`); // as the file was when it was opened
    assert.deepEqual(finder.update(text), findGenerators(text, "typescript"));
  });

  it("gives the same result if the editor reports the changes", () => {
    fc.assert(
      fc.property(wholeText, wholeText, fc.nat(), (text, pasted, at) => {
        const finder = new Finder("typescript");
        finder.update(text);
        const from = at % (text.length + 1);
        const pastedInto = text.slice(0, from) + pasted + text.slice(from);
        const to = from + pasted.length;
        finder.update(pastedInto, [{ fromA: from, toA: from, fromB: from, toB: to }]);
        const back = finder.update(text, [{ fromA: from, toA: to, fromB: from, toB: from }]);
        assert.deepEqual(back, findGenerators(text, "typescript"));
      }),
      { numRuns: 100 },
    );
  });

  it("computes the edit if the reported changes do not match the text", () => {
    const finder = new Finder("javascript");
    finder.update("function* a() {}\n");
    const wrong = [{ fromA: 0, toA: 0, fromB: 0, toB: 1 }];
    const text = "\n\n\nfunction* a() {}\n";
    assert.deepEqual(finder.update(text, wrong), findGenerators(text, "javascript"));
  });
});
