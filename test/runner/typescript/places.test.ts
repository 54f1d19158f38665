import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import type { RunnerClient } from "../client";
import { refusal } from "../refusal";
import { type RunnerUnderTest, runners } from "../runners";
import { endAll, startBare } from "../starting";
import { type Program, written } from "./program";

const runner = runners.find(({ language }) => language === "javascript") as RunnerUnderTest;

/** Uses everything for which the compiler needs variables of its own. */
const temporaries = `
  class Resource { constructor(readonly name: string) {} [Symbol.dispose]() {} }
  const key = () => "k";
  const mark: any = (target: any) => target;
  function* go(given = 1) {
    using held = new Resource("held");
    class Fields { [key()] = 1; static [key() + "2"] = 2; accessor [key() + "3"] = 3; @mark [key() + "4"]() {} }
    @mark class Decorated { static self = () => Decorated; }
    const made = new Fields();
    const { name, ...rest } = { name: "n", other: 1 };
    for (using each of [new Resource("r")]) { const inner = each.name; yield inner; }
    yield [made, held, Decorated, name, rest, given].length;
  }`;

const renamed = `
  const replaced: any = (target: any) => class Replaced extends target { static kind = "replaced"; };
  @replaced class Jobs { declare static kind: string }
  @replaced export default class Main { declare static kind: string }
  const module = { kind: "mine" };
  function* pass(...values: string[]) {
    @replaced class Local { declare static kind: string }
    yield [...values, Local.kind];
  }`;

const refused: readonly [source: string, line: number, column: number][] = [
  ["\n\nfunction* go() {\n  yield 1;\n  let x: = 2;\n}", 5, 10],
  ["interface A {\n  x: number\n  y z\n}", 3, 5],
  ["enum E {\n  [computed()] = 1\n}", 2, 3],
  ["const a = <string>1;\nclass B { constructor(public ...x) {} }", 2, 30],
  ["@mark! class A {\n  run( {\n}", 3, 2],
  ["let a = 1;\r\n\tlet a = 2;", 2, 6],
];

/** The engine throws at the code after the empty comment. */
const throwing: Record<string, string> = {
  "below types of the same names": "yield 1 as missing; const missing: missing = (nothing as missing)!.missing./**/deep;",
  "in a call with type arguments": "const call = nothing.call<string>; yield id<nothing>(nothing as nothing)./**/call<call>();",
  "in an enum": "enum E { a = 1, b = nothing.a./**/b } yield E.b;",
  "in a decorator": "@(nothing.one./**/two) class C {} yield C;",
  "in a field": "class C { a: a = 1; b: b = nothing.b./**/c; } yield new C();",
  "in a block with resources": "using r: r = null as r; yield r ?? nothing.r./**/r;",
  "in a call of an import":
    "yield String(existsSync as existsSync); existsSync<existsSync>(existsSync(), nothing./**/existsSync());",
};

async function localsAt(client: RunnerClient): Promise<string[]> {
  const { frames } = await client.ask("inspect", { task: 0 });
  return (frames[0]?.locals ?? []).map(({ name }) => name).sort();
}

/** Loads a program without its output. */
async function inFolder<T>(program: Omit<Program, "about">, use: (client: RunnerClient, file: string) => Promise<T>): Promise<T> {
  const folder = written({ about: "", ...program });
  try {
    const client = startBare(runner);
    await client.hello();
    return await use(client, join(folder, "main.ts"));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("TypeScript, as displayed", () => {
  afterEach(endAll);

  for (const options of [{}, { target: "es2017", experimentalDecorators: true }]) {
    it(`has only the variables of the source, with ${JSON.stringify(options)}`, () =>
      inFolder({ main: temporaries, options }, async (client, file) => {
        await client.ask("load", { file });
        await client.ask("spawn", { task: 0, call: "go()" });
        await client.run(1, 0);
        assert.deepEqual(await localsAt(client), [
          "Decorated",
          "Fields",
          "each",
          "given",
          "held",
          "inner",
          "made",
          "name",
          "rest",
        ]);
      }));
  }

  it("has source names for what the compiler renames", () =>
    inFolder({ main: renamed }, async (client, file) => {
      await client.ask("load", { file });
      await client.ask("spawn", { task: 0, call: "pass(Jobs.kind, Main.kind, module.kind)" });
      await client.run(1, 0);
      const { value, frames } = await client.ask("inspect", { task: 0 });
      assert.equal(value?.text, '["replaced", "replaced", "mine", "replaced"]');
      assert.deepEqual(frames[0]?.locals.map(({ name, value: { text } }) => `${name}=${text}`).sort(), [
        'Local=class Replaced {kind: "replaced"}',
        'values=["replaced", "replaced", "mine"]',
      ]);
    }));

  for (const [about, body] of Object.entries(throwing)) {
    it(`has the place where the engine threw ${about}`, () => {
      const head = 'import { existsSync } from "node:fs"; const nothing: any = {}; const id: any = (x: any) => x;';
      const line = `function* go(): Generator<unknown, void, any> { ${body} }`;
      return inFolder({ main: `${head}\n${line}` }, async (client, file) => {
        await client.ask("load", { file });
        await client.ask("spawn", { task: 0, call: "go()" });
        await client.run(1, 0, 0);
        const { thrown } = await client.event("thrown");
        assert.deepEqual([thrown.at?.line, thrown.at?.column], [2, line.indexOf("/**/") + "/**/".length + 1]);
      });
    });
  }

  for (const [source, line, column] of refused) {
    it(`has the place of a syntax error: ${JSON.stringify(source)}`, () =>
      inFolder({ main: "", files: { "main.ts": source } }, async (client, file) => {
        const failure = await refusal(client.ask("load", { file }));
        assert.deepEqual([failure.code, failure.line, failure.column], ["syntax", line, column]);
        assert.match(failure.remedy ?? "", /^Check the code there\. .* valid TypeScript that Yieldpoint cannot run yet/);
      }));
  }
});
