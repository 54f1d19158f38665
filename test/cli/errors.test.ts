// What the command line prints about throws, about calls that fail and about files that cannot be read.
import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { yieldpoint } from "./commandLine";

const throwing = (language: "javascript" | "python") =>
  resolve(`test/fixtures/runner/${language}/throwing.${language === "python" ? "py" : "ts"}`);

describe("the command line, of errors", () => {
  let folder: string;
  const file = (name: string) => join(folder, name);
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "yieldpoint-"));
    const files = {
      "hidden.py":
        'if __name__ == "__main__":\n    def printer():\n        yield 1\n\n\ndef outer():\n    def inner():\n        yield 2\n    return inner()\n',
      "hidden.js": "function make() {\n  return function* inner() { yield 1; };\n}\nexport function* open() { yield make; }\n",
      "flow.js": "function* patrol(enemy: Enemy): Generator<*, *, *> { yield 1; }\nfunction* other() { yield 2; }\n",
      "broken.py": "def fine():\n    yield 1\n\n\ndef broken(:\n    yield 2\n",
      "twice.ts": "export function* twice() {\n  let a = 1;\n  let a = 2;\n  yield a;\n}\n",
      "calls.py": "def g(n):\n    yield n\n\n\nasync def work():\n    pass\n\n\nasync def stream():\n    yield 1\n",
      "calls.mjs": "export function* g(n) { yield n; }\nexport async function work() { throw new Error('later'); }\n",
      "alias.ts": 'import { take } from "@core/order";\nexport function* g() { yield take; }\n',
      "relative.ts": 'import { take } from "./helper";\nexport function* g() { yield take; }\n',
      "Helper.ts": "export const take = 1;\n",
      "scoped.ts": 'import { take } from "@some-scope/not-there/effects";\nexport function* g() { yield take; }\n',
      "versioned.ts": 'import { take } from "not-there@4/dist/x.js";\nexport function* g() { yield take; }\n',
      "tsconfig.json": '{ "compilerOptions": { "paths": { "@core/*": ["./src/core/*"] } } }\n',
      "dotted.py": "import not_there.a.b\n\n\ndef g():\n    yield 1\n",
      "submodule.py": "import json.nothing\n\n\ndef g():\n    yield 1\n",
      "namespace.py": "from space import nothing\n\n\ndef g():\n    yield 1\n",
      "inner.mjs": 'import inner from "offers/inner";\nexport function* g() { yield inner; }\n',
      "data.js": 'const data = require("./data.json");\nfunction* g() { yield data; }\n',
      "data.json": '{ "a": }\n',
      "encoding.py": "#!/usr/bin/env python3\n# -*- coding: klingon -*-\ndef g():\n    yield 1\n",
      "null.py": "def g():\n    yield 1\n\n\nx = '\0'\n",
      "attribute.py": "from json import lods\n\n\ndef g():\n    yield 1\n",
    };
    for (const name of ["src", "space", "node_modules/offers"]) await mkdir(join(folder, name), { recursive: true });
    await writeFile(file("node_modules/offers/package.json"), '{ "name": "offers", "exports": { ".": "./index.js" } }');
    for (const [name, text] of Object.entries(files)) await writeFile(file(name), text);
  });
  after(() => rm(folder, { recursive: true }));

  it("prints the full message of a throw, with place, stack and cause", async () => {
    const { stdout, code } = await yieldpoint("trace", throwing("javascript"), "plain()", "chained()", "--until", "all");
    assert.equal(code, 1);
    assert.ok(stdout.includes(`${"of order 4711, ".repeat(20)}at the end`));
    assert.match(stdout, /^ +4 .*throw Error: no report {2}\d+:5$/m);
    assert.match(
      stdout,
      /chained {2}threw Error: no report\n +at chained \(throwing\.ts:\d+:5\)\n +cause: RangeError: out of range\n/,
    );
    assert.match(stdout, /thrown at chained \(throwing\.ts:\d+:5\)\n +at made \(throwing\.ts:\d+:10\)\n/);
  });

  it("prints them as JSON", async () => {
    const { objects } = await yieldpoint("trace", throwing("python"), "chained()", "--format", "jsonl");
    const step = objects()[1] as {
      line: number;
      column: number;
      error: { at: object; frames: object[]; related: { name: string }[] };
    };
    const { at, frames, related } = step.error;
    const place = { file: throwing("python"), line: step.line, column: step.column, function: "chained" };
    assert.deepEqual(
      { at, first: frames[0], names: related.map(({ name }) => name) },
      { at: place, first: place, names: ["__cause__"] },
    );
  });

  it("prints them for a saved trace, and in an export", async () => {
    const saved = file("run.yieldtrace");
    const traced = await yieldpoint("trace", throwing("python"), "chained()", "--save", saved, "--format", "jsonl");
    const lines = (text: string) => text.split("\n").filter((line) => line.includes('"error"'));
    assert.equal(lines(traced.stdout).length, 1);
    for (const args of [
      ["show", saved, "--format", "jsonl"],
      ["export", saved, "--as", "jsonl"],
    ]) {
      assert.deepEqual(lines((await yieldpoint(...args)).stdout), lines(traced.stdout));
    }
    assert.match((await yieldpoint("export", saved, "--as", "text")).stdout, /__cause__: LookupError: out of range\n +at made/);
  });

  for (const [language, name] of [
    ["JavaScript", "calls.mjs"],
    ["Python", "calls.py"],
  ] as const) {
    it(`names the call that failed, in ${language}`, async () => {
      for (const [call, what] of [
        ["g(2", "fails: SyntaxError: "],
        ["h(3)", "fails: (Name|Reference)Error: .*\\bh\\b"],
        ["g.x.y()", "fails: (Attribute|Type)Error: "],
        ["5", "returned 5, which is not a generator\\."],
      ] as const) {
        const { stderr, code } = await yieldpoint("trace", file(name), "g(1)", call);
        assert.equal(code, 2);
        assert.match(stderr, new RegExp(`^yieldpoint: The call ${call.replace(/[()]/g, "\\$&")} ${what}`));
      }
    });

    it(`rejects what a scheduler cannot resume, and prints nothing else about it, in ${language}`, async () => {
      for (const call of language === "Python" ? ["stream()"] : ["work()"]) {
        const { stderr, stdout, code } = await yieldpoint("trace", file(name), call);
        assert.deepEqual({ code, stdout }, { code: 2, stdout: "" });
        assert.match(
          stderr,
          /^yieldpoint: The call \w+\(\) returned .*, which is not a generator\.\n {2}(An async function runs by itself|Only asyncio can run an async generator).*\n$/,
        );
      }
    });
  }

  it("lists what cannot be called, and says where it is after such a call", async () => {
    const { stdout, code } = await yieldpoint("list", file("hidden.py"));
    assert.equal(code, 0);
    assert.match(stdout, /no generator functions in this file that can be called/);
    assert.match(stdout, /printer +2:5 +below if __name__ == "__main__"\. .*Move it above/);
    assert.match(stdout, /inner +7:5 +inside outer\(\)\. Call outer\(\)/);
    const { objects } = await yieldpoint("list", file("hidden.js"), "--format", "jsonl");
    const [open, inner] = objects();
    assert.deepEqual([open?.name, inner?.unreachable, inner?.line, inner?.barrier], ["open", "inner", 2, "function"]);
    for (const [name, call] of [
      ["hidden.py", "printer()"],
      ["hidden.js", "inner()"],
    ] as const) {
      assert.match((await yieldpoint("trace", file(name), call)).stderr, / is on line 2, (below if|inside make\(\))/);
    }
  });

  for (const [name, place, call] of [
    ["flow.js", "1:23", /other\(\)/],
    ["broken.py", "5:\\d+", /fine\(\)/],
    ["twice.ts", "3:\\d+", /twice\(\)/],
    ["encoding.py", "2:7", /g\(\)/],
    ["null.py", "5:6", /g\(\)/],
  ] as const) {
    it(`prints the same error when it lists ${name} as when it runs it, after the readable part`, async () => {
      const listed = await yieldpoint("list", file(name));
      assert.equal(listed.code, 2);
      assert.match(listed.stdout, call);
      assert.match(listed.stderr, new RegExp(`^yieldpoint: The file cannot be read: .*${name}:${place}\\)`));
      assert.equal(listed.stderr, (await yieldpoint("trace", file(name), "other()")).stderr);
    });
  }

  for (const [name, remedy] of [
    [
      "alias.ts",
      /tsconfig\.json map it to .*src\/core\/order\. The folder .*src\/core, which should contain order, does not exist/,
    ],
    ["relative.ts", /no file helper, .* in the folder .*There is Helper\.ts/],
    ["scoped.ts", /npm install @some-scope\/not-there\)/],
    ["versioned.ts", /npm install not-there@4\) and import "not-there\/dist\/x\.js"/],
    ["dotted.py", /pip install not_there\)/],
    ["submodule.py", /The package json at .* has no module nothing/],
    ["namespace.py", /The package space at .*space has no module nothing/],
    ["inner.mjs", /inner\.mjs:1:1\)\n {2}The package offers is installed in .* but has no inner, or does not export it/],
    ["data.js", /SyntaxError: .*data\.json: /],
    ["attribute.py", /json \(.*\) has no lods: .* There is loads/],
  ] as const) {
    it(`says how to fix a missing import in ${name}`, async () => {
      const { stderr, code } = await yieldpoint("trace", file(name), "g()");
      assert.equal(code, 2);
      assert.match(stderr, remedy);
    });
  }

  it("names the folder in which a file is missing", async () => {
    assert.match(
      (await yieldpoint("list", file("nowhere.ts"))).stderr,
      new RegExp(`no file nowhere\\.ts in the folder .*${basename(folder)}\\.`),
    );
    assert.match((await yieldpoint("trace", file("no/where.ts"), "g()")).stderr, /There is no folder .*no\./);
  });
});
