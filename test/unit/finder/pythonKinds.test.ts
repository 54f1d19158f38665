// Which functions get a lens in Python, with which call, and which do not.

import assert from "node:assert/strict";
import { Finder, findGenerators } from "../../../src/finder";

/** The calls found in a text. */
function calls(text: string): string[] {
  return findGenerators(text, "python").map(({ call }) => call);
}

describe("the finder in Python", () => {
  it("describes a generator completely", () => {
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
    "f = lambda: (yield)",
    "f: Callable = (lambda n=1: [(yield), 2])",
    "f = g = lambda: (yield from h())",
    "if a:\n  f = lambda: (yield 1)\n",
  ];
  for (const text of generators) {
    it(`finds f in ${JSON.stringify(text)}`, () => assert.deepEqual(calls(text), ["f()"]));
  }

  it("finds coroutines only while the file imports something that they can await", () => {
    const text = "async def f(a): await a\nclass C:\n  async def g(self): pass\nasync def h(): yield\ndef i(): yield\n";
    const finder = new Finder("python");
    const found = (from: string) => finder.update(`${from}\n${text}`).map(({ call }) => call);
    assert.deepEqual(found("import asyncio"), ["i()"]);
    for (const from of ["from cotasks import sleep", "import cotasks", "if a:\n  from cotasks import sleep"]) {
      assert.deepEqual(found(from), ["f(a)", "C().g()", "i()"]);
    }
    assert.deepEqual(found("from cotasksx import sleep"), ["i()"]);
    assert.deepEqual(found("import cotasks_too"), ["i()"]);
  });

  const noGenerators = [
    "def f(): return 1",
    "def f():\n  def g(): yield\n",
    "def f():\n  g = lambda: (yield)\n",
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
    "@pytest.fixture\ndef f(): yield",
    "@pytest.fixture(scope='module')\ndef f(): yield",
    "f = lambda: lambda: (yield)",
    "f = lambda x=(lambda: (yield)): x",
    "f = [lambda: (yield)]",
    "f = (x for x in y)",
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
  members.push(
    ["run = lambda self, a, b=1: (yield a)", "W().run(a)"],
    ["def __new__(cls, id): pass\n  def run(self): yield", "W(id).run()"],
    ["def __new__(cls, id): pass\n  def __init__(self, id, n): pass\n  def run(self): yield", "W(id, n).run()"],
    ["id: int\n  def run(self): yield", "W().run()"],
  );
  for (const [member, call] of members) {
    it(`accesses a member as ${call}`, () => assert.deepEqual(calls(`class W(Base):\n  ${member}\n`), [call]));
  }

  it("lists parameters without annotations, defaults and marks", () => {
    const text = "def f(a, /, b: dict[str, int] = {1: (2, 3)}, *rest: int, key: str, kind='k', **options): yield";
    const [found] = findGenerators(text, "python");
    assert.deepEqual(found?.parameters, ["a", "b", "*rest", "key", "kind", "**options"]);
    assert.equal(found?.call, "f(a, key=key)");
  });

  it("leaves out the receiver, and knows the kinds and names of parameters", () => {
    const text =
      "class A:\n  class __B:\n    def c(self, d): yield\n    @classmethod\n    def e(cls, f=1): yield\ndef g(): yield\n";
    const found = findGenerators(text, "python").map(({ name, kind, parameters }) => [name, kind, ...parameters]);
    assert.deepEqual(found, [
      ["A.__B.c", "method", "d"],
      ["A.__B.e", "static", "f"],
      ["g", "function"],
    ]);
  });

  it("asks for the required arguments of a constructor only", () => {
    const text = "class A:\n  def __init__(self, id): pass\n  def run(self): yield\n  @staticmethod\n  def all(n=1): yield\n";
    const asked = findGenerators(text, "python").map(({ needsArguments }) => needsArguments);
    assert.deepEqual(asked, [true, false]);
  });

  it("uses the line of the def, below its decorators, and counts lines as an editor does", () => {
    const text = "@known\r\n@staticmethod\r\ndef a():\r\n  yield\r\nclass C:\n  @known\n\n  # so\n  def d(self): yield\r";
    const places = findGenerators(text, "python").map(({ line, column }) => `${line}:${column}`);
    assert.deepEqual(places, ["3:1", "9:3"]);
  });

  const runs = "  def run(self): yield\n";
  const data = "@dataclass\nclass D";
  const made: [what: string, text: string, call: string][] = [
    ["the fields of a data class", `${data}:\n  a: int\n  b: str = ""\n${runs}`, "D(a).run()"],
    ["a dotted decorator", `@dataclasses.dataclass(frozen=True)\nclass D:\n  a: int\n${runs}`, "D(a).run()"],
    [
      "fields with defaults",
      `${data}:\n  a: int\n  b: list = field(default_factory=list)\n  c: int = field(default=1)\n${runs}`,
      "D(a).run()",
    ],
    ["a field without a default", `${data}:\n  a: int = dataclasses.field(repr=False)\n${runs}`, "D(a).run()"],
    ["a field that is not taken", `${data}:\n  a: int\n  b: int = field(init=False)\n${runs}`, "D(a).run()"],
    [
      "what is the class's own",
      `${data}:\n  a: int\n  b: ClassVar[int] = 1\n  c: "typing.ClassVar[int]"\n  d = 4\n${runs}`,
      "D(a).run()",
    ],
    ["what only the constructor takes", `${data}:\n  a: InitVar[int]\n  b: InitVar[int] = 1\n${runs}`, "D(a).run()"],
    ["fields to be named", `@dataclass(kw_only=True)\nclass D:\n  a: int\n  b: int = 1\n${runs}`, "D(a=a).run()"],
    ["one field to be named", `${data}:\n  a: int = field(kw_only=True)\n  b: int\n${runs}`, "D(b, a=a).run()"],
    ["fields behind the mark", `${data}:\n  a: int\n  _: KW_ONLY\n  b: int\n${runs}`, "D(a, b=b).run()"],
    ["no constructor that is made", `@dataclass(init=False)\nclass D:\n  a: int\n${runs}`, "D().run()"],
    ["a constructor of its own", `${data}:\n  a: int\n  def __init__(self, z): pass\n${runs}`, "D(z).run()"],
    [
      "the fields of the base first",
      `${data}:\n  a: int\n  b: int\n@dataclass\nclass E(D):\n  c: int\n  a: str\n${runs}`,
      "E(a, b, c).run()",
    ],
    ["a base that is no data class", `class B:\n  x: int\n@dataclass\nclass E(B):\n  c: int\n${runs}`, "E(c).run()"],
    ["a data class that is inherited", `${data}:\n  a: int\nclass E(D):\n  c: int\n${runs}`, "E(a).run()"],
    ["a typed named tuple", `class N(typing.NamedTuple):\n  a: int\n  b: int = 2\n${runs}`, "N(a).run()"],
    ["what inherits one", `class N(NamedTuple):\n  a: int\nclass M(N):\n${runs}`, "M(a).run()"],
    ["a named tuple of a text", `class N(collections.namedtuple("N", "a b", defaults=[1])):\n${runs}`, "N(a).run()"],
    ["a named tuple of a list", `class N(namedtuple("N", ["a", "b"])):\n${runs}`, "N(a, b).run()"],
    ["a named tuple by its name", `B = namedtuple("B", ("a", "b"), defaults=((1, 2),))\nclass N(B):\n${runs}`, "N(a).run()"],
    ["a typed one by its name", `B = NamedTuple("B", [("a", int), ("b", str)])\nclass N(B):\n${runs}`, "N(a, b).run()"],
    ["an inherited constructor", `class K:\n  def __init__(self, a): pass\nclass S(K):\n${runs}`, "S(a).run()"],
    [
      "one that is inherited twice",
      `class K:\n  def __init__(self, a): pass\nclass L(K): pass\nclass S(L, metaclass=M):\n${runs}`,
      "S(a).run()",
    ],
    [
      "the first base that has one",
      `class K:\n  def __init__(self, a): pass\nclass S(Mixin, Generic[T], K):\n${runs}`,
      "S(a).run()",
    ],
    ["a generic base", `class K(Generic[T]):\n  def __init__(self, a): pass\nclass S(K[int]):\n${runs}`, "S(a).run()"],
    ["an inherited __new__", `class K:\n  def __new__(cls, a): pass\nclass S(K):\n${runs}`, "S(a).run()"],
    ["classes that inherit each other", `class K(S): pass\nclass S(K):\n${runs}`, "S().run()"],
    [
      "a base in a block",
      `try:\n  class K:\n    def __init__(self, a): pass\nexcept E: pass\nclass S(K):\n${runs}`,
      "S(a).run()",
    ],
  ];
  for (const [what, text, call] of made) {
    it(`passes the required arguments to a constructor: ${what}`, () => assert.deepEqual(calls(text), [call]));
  }

  const replaced: Record<string, number[]> = {
    "def f(): yield\ndef f(): yield\n": [2],
    "def f(): yield\ndef f(): pass\n": [],
    "def f(): yield\nclass f: pass\n": [],
    "def f(): yield\nf = 1\n": [],
    "def f(): yield\nf = traced(f)\n": [1],
    "def f(): yield\nf: Callable\n": [1],
    "def f(): yield\ng, f = f, 1\n": [1],
    "def f(): yield\nfrom other import f\n": [],
    "def f(): yield\nimport f.g as h, other.f\n": [1],
    "@overload\ndef f(a: int): ...\n@overload\ndef f(a: str): ...\ndef f(a): yield\n": [5],
    "if a:\n  def f(): yield\n  def f(): yield\n": [3],
    "if a:\n  def f(): yield\ndef f(): yield\n": [3],
    "class C:\n  def f(self): yield\n  def f(self): yield\n": [3],
    "class C:\n  def f(self): yield\nclass C:\n  def f(self): yield\n": [4],
    "class C:\n  def f(self): yield\nclass D:\n  def f(self): yield\ndef f(): yield\n": [2, 4, 5],
    "class C:\n  @property\n  def f(self): yield\n  @f.setter\n  def f(self, value): pass\n": [3],
    "class C:\n  @property\n  def f(self): yield\n  @f.getter\n  def f(self): yield\n": [5],
    "def f(): yield\n@f.register\ndef f(): pass\n": [1],
    "def f(): yield\nif __name__ == '__main__':\n  f = 1\n": [1],
    "def f():\n  f = 1\n  yield f\n": [1],
    "f = lambda: (yield 1)\nf = lambda: (yield 2)\n": [2],
  };
  for (const [text, lines] of Object.entries(replaced)) {
    it(`leaves out what is redefined in ${JSON.stringify(text)}`, () => {
      assert.deepEqual(
        findGenerators(text, "python").map(({ line }) => line),
        lines,
      );
    });
  }

  const rivals: [text: string, rivals: (number[] | undefined)[]][] = [
    ["if a:\n  def f(): yield\nelse:\n  def f(): yield\n", [[4], [2]]],
    ["try:\n  from fast import f\nexcept ImportError:\n  def f(): yield\n", [[2]]],
    ["def f(): yield\nif a:\n  def f(): yield\n", [[3], [1]]],
    ["if a:\n  class C:\n    def f(self): yield\nelse:\n  class C:\n    def f(self): yield\n", [[5], [2]]],
    ["match a:\n  case 1:\n    def f(): yield\n  case 2:\n    def f(): yield\n", [[5], [3]]],
    ["if a:\n  def f(): yield\ndef g(): yield\n", [undefined, undefined]],
  ];
  for (const [text, lines] of rivals) {
    it(`names the lines of the other definitions in ${JSON.stringify(text)}`, () => {
      assert.deepEqual(
        findGenerators(`\n${text}`, "python").map(({ rivals }) => rivals?.map((line) => line - 1)),
        lines,
      );
    });
  }

  it("takes an edited base class into account, even if the class itself is unchanged", () => {
    const finder = new Finder("python");
    const derived = `${"one = 1\n".repeat(300)}class S(K):\n${runs}`;
    assert.equal(finder.update(`class K: pass\n${derived}`)[0]?.call, "S().run()");
    assert.equal(finder.update(`class K:\n  def __init__(self, a): pass\n${derived}`)[0]?.call, "S(a).run()");
  });
});
