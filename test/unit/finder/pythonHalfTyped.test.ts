// Lenses stay while Python is typed. Each text here is typed letter by letter at many places of a module; after each letter, every
// generator must still be found on its own line.

import assert from "node:assert/strict";
import { Finder, type GeneratorFunction } from "../../../src/finder";
import { PYTHON_SAMPLE } from "./pythonSample";

const STATEMENTS = [
  "total = first + second",
  "call(1, [2, {3: 'three'}], lambda: 4)",
  "quoted = 'text', \"text\"",
  "template = f'a {b!r:>{width}} c'",
  '"""A string."""',
  "'''A string\n\n  of lines.'''",
  'text = """\ndef gone():\n    yield\n"""',
  "many = [\n    1,\n    (2, 3),\n]",
  "first, *rest = {1: 2, **more}",
  "if ready: go()",
  "if ready:\n    go()\nelif other:\n    stop()\nelse:\n    wait()",
  "for one in many: use(one)",
  "while busy:\n    wait()",
  "with open(path) as file, (a as b): pass",
  "try:\n    risky()\nexcept (A, B) as error:\n    pass\nfinally:\n    done()",
  "match command:\n    case Go(): pass\n    case [a, *_] if a: pass",
  "class Extra(Base, metaclass=Meta):\n    size: int = 1\n\n    def more(self):\n        yield 1",
  "async def later():\n    async with a: await b",
  "def another(a, /, b: int = 1, *c, d, **e) -> None:\n    yield a\n    x = yield",
  "def plain(a): return [x for x in a if x]",
  "# a comment (with { brackets",
  "long = 1 + \\\n    2",
  "\\",
  "import a.b as c",
  "from . import (a, b as c)",
  "raise Error('no') from None",
  "assert x == 1, 'x'",
  "del a[1:2], b",
  "x: dict[str, int] = y if z else w",
  "x += 1; y = 2",
];
const MEMBERS = [
  "size = 1",
  "def width(self): return 1",
  "def fresh(self, a):\n    yield a",
  "async def load(self): await read()",
  "names: list[str] = ['a']",
  '"""A string."""',
];

/** Every generator by its name and line; those below the inserted text are shifted. */
function expectedLines(before: readonly GeneratorFunction[], insertedLine: number, typed: string): string[] {
  const added = typed.split("\n").length;
  return before.map(({ name, line }) => `${name} on ${line >= insertedLine ? line + added : line}`);
}

/** Types before the line with that index, and fails at the first letter that loses a generator. */
function typeAt(lines: readonly string[], index: number, typed: string): void {
  const finder = new Finder("python");
  const before = finder.update(lines.join("\n"));
  assert.equal(before.length, 7);
  for (let length = 0; length <= typed.length; length++) {
    const now = typed.slice(0, length);
    const text = [...lines.slice(0, index), now, ...lines.slice(index)].join("\n");
    const seen = new Set(finder.update(text).map(({ name, line }) => `${name} on ${line}`));
    const lost = expectedLines(before, index + 1, now).filter((one) => !seen.has(one));
    assert.deepEqual(lost, [], `after ${JSON.stringify(now)} on line ${index + 1}`);
  }
}

/** The same text inside a block. */
function indented(typed: string, by: string): string {
  return by + typed.replaceAll("\n", `\n${by}`);
}

function indicesAfter(lines: readonly string[], ending: RegExp): number[] {
  return lines.flatMap((line, index) => (ending.test(line) ? [index + 1] : []));
}

describe("a half-typed line of Python", () => {
  const lines = PYTHON_SAMPLE.split("\n");
  const betweenStatements = [
    0,
    ...lines.flatMap((line, index) => (/^[@\w]/.test(line) && lines[index - 1] === "" ? [index] : [])),
  ];
  const betweenMembers = lines.flatMap((line, index) =>
    /^ {4}(@|def|class)/.test(line) && lines[index - 1] === "" ? [index] : [],
  );

  for (const typed of STATEMENTS) {
    it(`keeps the other lenses: ${JSON.stringify(typed)}`, () => {
      for (const index of betweenStatements) typeAt(lines, index, typed);
    });
  }
  for (const typed of STATEMENTS.slice(0, 14)) {
    it(`keeps the other lenses if it is inside a body: ${JSON.stringify(typed)}`, () => {
      for (const index of indicesAfter(lines, /^ {8}yield/)) typeAt(lines, index, indented(typed, "        "));
    });
    it(`keeps the other lenses despite broken indentation: ${JSON.stringify(typed)}`, () => {
      for (const index of indicesAfter(lines, /^ {8}yield/)) typeAt(lines, index, indented(typed, "  "));
    });
  }
  for (const typed of MEMBERS) {
    it(`keeps the other lenses if it is in a class: ${JSON.stringify(typed)}`, () => {
      for (const index of betweenMembers.filter((at) => at < lines.indexOf("try:")))
        typeAt(lines, index, indented(typed, "    "));
    });
  }
  it("keeps the other lenses while a decorator is typed", () => {
    for (const index of indicesAfter(lines, /^$/).filter((at) => /^\s*(@|def)/.test(lines[at] ?? ""))) {
      typeAt(lines, index, `${/^\s*/.exec(lines[index] ?? "")?.[0]}@known(1, key="a")`);
    }
  });

  it("keeps a body whose lines are joined by a backslash", () => {
    const finder = new Finder("python");
    finder.update("def a():\n    yield\n\ndef b():\n    yield\n");
    assert.equal(finder.update("def a():\n    yield\n    \\\ndef b():\n    yield\n").length, 2);
    assert.equal(finder.update("def a():\n    yield\n    \ndef b():\n    yield\n").length, 2);
  });

  it("does not keep a generator that is now behind a typed comment or async", () => {
    for (const prefix of ["# ", "async "]) {
      const finder = new Finder("python");
      finder.update("a = 1\ndef b(): yield\n");
      finder.update("a = (1\ndef b(): yield\n");
      assert.deepEqual(finder.update(`a = (1\n${prefix}def b(): yield\n`), []);
    }
  });

  it("does not keep lenses of deleted functions", () => {
    const finder = new Finder("python");
    finder.update("def a(): yield\ndef b(): yield\n");
    finder.update("(\ndef a(): yield\ndef b(): yield\n");
    assert.deepEqual(
      finder.update("(\ndef a(): yield\n").map(({ name, line }) => `${name} ${line}`),
      ["a 2"],
    );
    assert.deepEqual(finder.update("def a(): pass\n"), []);
  });
});
