/**
 * The functions of a text with the variables that their own code names, and the function of a frame.
 */
import assert from "node:assert/strict";
import { type FunctionCode, functionAt, functionsIn } from "../../../src/finder";

const shown = (all: readonly FunctionCode[]) =>
  all.map(({ name, named }) => `${name}: ${named.map((each) => each.name).join(" ")}`);

describe("the functions of a text", () => {
  it("have the variables of their own code, in TypeScript, and none of comments, texts, types and properties", () => {
    const text = `export class A { *run(x: Foo, { y, z: w } = {}) { yield { x, y: w.x }; /* x */ const q = (e) => e; } }
      const o = { *g(a) { yield "a"; }, h: function* named(b) { yield b; } };`;
    assert.deepEqual(shown(functionsIn(text, "typescript")), ["run: x y w x w q", ": e e", "g: a", "named: b b"]);
  });

  it("have them in Python, without the names of arguments", () => {
    const text =
      "@deco\ndef f(a, b=1):\n    k = lambda z: z\n    g(a=b)\n    yield f'{k}' # a\nclass K:\n    def m(self):\n        self.q = 1\n";
    assert.deepEqual(shown(functionsIn(text, "python")), ["f: a b k g b k", ": z z", "m: self self"]);
  });

  it("are found for the place of a frame, also before its first step, where a decorator may come first", () => {
    const text = "def outer():\n    @deco\n    def inner(a):\n        yield a\n    yield inner\n";
    const all = functionsIn(text, "python");
    const at = (found: string, name: string) => functionAt(all, text.indexOf(found), name)?.name;
    assert.deepEqual(
      [at("yield a", "outer.<locals>.inner"), at("@deco", "outer.<locals>.inner"), at("yield inner", "outer")],
      ["inner", "inner", "outer"],
    );
    assert.equal(functionAt(all, text.length, "<lambda>"), undefined);
  });
});
