// What gets a lens in Python, how it is called, and what gets none.

import assert from "node:assert/strict";
import { findGenerators } from "../../../src/finder";

/** The calls found in a text. */
function calls(text: string): string[] {
  return findGenerators(text, "python").map(({ call }) => call);
}

describe("the finder in Python", () => {
  it("describes a generator whole", () => {
    assert.deepEqual(findGenerators("\ndef bogosort(unsorted: list, tries=9) -> Any:\n    yield\n", "python"), [
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

  const generators = [
    "def f(): yield",
    "def f():\n  x = yield\n",
    "def f():\n  x = (yield)\n",
    "def f():\n  return (yield), 1\n",
    "def f():\n  yield from g()\n",
    "def f():\n  return f'{(yield 1)}'\n",
    "def f():\n  with a as b:\n    if b: pass\n    else:\n      yield 1\n",
    "def f():\n  def g(x=(yield)): pass\n",
    "def f():\n  @dec((yield))\n  def g(): pass\n",
    "def f():\n  class C((yield)): pass\n",
    "def f():\n  return lambda x=(yield): x\n",
    "def f():\n  return [x for x in (yield)]\n",
    "def f():\n  return all(x for x in (yield))\n",
    "def f():\n  return g((yield), 1)\n",
    "def f[T](): yield 1",
    "\ufeffdef f(): yield 1",
    "\f\ndef f(): yield 1",
    "def f():\r\n  x = 1 + \\\r\n    2\r\n  yield x\r\n",
    "def f():\r  yield 1\r",
    "def f():\n\tif a:\n\t\tyield 1\n",
    "if a: pass\nelif b: pass\nelse:\n  def f(): yield\n",
    "try: pass\nexcept* E: pass\nfinally:\n  def f(): yield\n",
    "with (a as b, c as d.e):\n  def f(): yield\n",
    "with a as (b, c):\n  def f(): yield\n",
    "for x in y:\n  while x:\n    def f(): yield\n",
    "match x:\n  case Point():\n    def f(): yield\n",
    "if __name__ != '__main__':\n  def f(): yield\n",
    "if __name__ == '__main__': pass\nelse:\n  def f(): yield\n",
    "@functools.lru_cache(maxsize=None)\n@traced\ndef f(): yield",
    "@staticmethod\ndef f(): yield",
  ];
  for (const text of generators) {
    it(`finds f in ${JSON.stringify(text)}`, () => assert.deepEqual(calls(text), ["f()"]));
  }

  const noGenerators = [
    "def f(): return 1",
    "def f():\n  def g(): yield\n",
    "def f():\n  g = lambda: (yield)\n",
    "f = lambda: (yield)",
    "def f():\n  class C:\n    def g(self): yield\n",
    "def f():\n  async def g(): yield\n",
    "async def f(): yield",
    "def f(x=(yield)): pass",
    "def f():\n  return [(yield x) for x in y]\n",
    "def f():\n  return g((yield x) for x in y)\n",
    "def f():\n  return 'yield', f'yield', unyielding, a.yield_  # yield\n",
    '"""\ndef f(): yield\n"""',
    "# def f(): yield",
    "if __name__ == '__main__':\n  def f(): yield\n",
    "@contextmanager\ndef f(): yield",
    "@traced\n@contextlib.asynccontextmanager\ndef f(): yield",
    "class C:\n  @f.setter\n  def f(self, value): yield\n",
  ];
  for (const text of noGenerators) {
    it(`gives no lens to ${JSON.stringify(text)}`, () => assert.deepEqual(calls(text), []));
  }

  const members: [text: string, call: string][] = [
    ["def __init__(self, id, n=1, *a, key, **o): pass\n  def run(self, count): yield", "W(id, key=key).run(count)"],
    ["@wraps\n  def __init__(self, id): pass\n  def run(self): yield", "W(id).run()"],
    ["def __init__(self, id): pass\n  @staticmethod\n  def all(n): yield", "W.all(n)"],
    ["def __init__(self, id): pass\n  @classmethod\n  def all(cls, n): yield", "W.all(n)"],
    ["def __init__(self, id): pass\n  @property\n  def items(self): yield", "W(id).items"],
    ["@functools.cached_property\n  def items(self): yield", "W().items"],
    ["class Inner:\n    def __init__(self, a): pass\n    def run(self): yield", "W.Inner(a).run()"],
    ["if fast:\n    def run(self): yield", "W().run()"],
    ["def run(*args): yield", "W().run()"],
    ["def run(self, /, a, *, b, c=1): yield", "W().run(a, b=b)"],
    ["def __run(self): yield", "W()._W__run()"],
    ["def __iter__(self): yield", "W().__iter__()"],
    ["class __Inner:\n    def __run(self): yield", "W._W__Inner()._Inner__run()"],
  ];
  for (const [member, call] of members) {
    it(`reaches a member as ${call}`, () => assert.deepEqual(calls(`class W(Base):\n  ${member}\n`), [call]));
  }

  it("writes parameters without annotations, defaults and marks", () => {
    const text = "def f(a, /, b: dict[str, int] = {1: (2, 3)}, *rest: int, key: str, kind='k', **options): yield";
    const [found] = findGenerators(text, "python");
    assert.deepEqual(found?.parameters, ["a", "b", "*rest", "key", "kind", "**options"]);
    assert.equal(found?.call, "f(a, key=key)");
  });

  it("leaves the receiver out of the parameters, and tells kinds and names", () => {
    const text =
      "class A:\n  class __B:\n    def c(self, d): yield\n    @classmethod\n    def e(cls, f=1): yield\ndef g(): yield\n";
    const found = findGenerators(text, "python").map(({ name, kind, parameters }) => [name, kind, ...parameters]);
    assert.deepEqual(found, [
      ["A.__B.c", "method", "d"],
      ["A.__B.e", "static", "f"],
      ["g", "function"],
    ]);
  });

  it("asks for a constructor's arguments, not for optional ones", () => {
    const text = "class A:\n  def __init__(self, id): pass\n  def run(self): yield\n  @staticmethod\n  def all(n=1): yield\n";
    const asked = findGenerators(text, "python").map(({ needsArguments }) => needsArguments);
    assert.deepEqual(asked, [true, false]);
  });

  it("stands at the def, below its decorators, and counts lines as an editor does", () => {
    const text = "@known\r\n@staticmethod\r\ndef a():\r\n  yield\r\nclass C:\n  @known\n\n  # so\n  def d(self): yield\r";
    const places = findGenerators(text, "python").map(({ line, column }) => `${line}:${column}`);
    assert.deepEqual(places, ["3:1", "9:3"]);
  });
});
