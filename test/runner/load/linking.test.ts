/**
 * ES modules mean what they mean in Node: what is imported must be exported, and a namespace object is read only. The oracle is Node, which
 * runs the same file.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { Failure } from "../../../src/protocol/runner";
import type { RunnerClient } from "../client";
import { folderWith, removeFolders } from "../folder";
import { refusal } from "../refusal";
import { everyRunner, type RunnerUnderTest } from "../runners";
import { endAll, startBare } from "../starting";

type Files = Readonly<Record<string, string>>;

const javascript = everyRunner[0] as RunnerUnderTest;
const task = "\nexport function* task() { yield 1; }";

async function hello(): Promise<RunnerClient> {
  const client = startBare(javascript);
  await client.hello();
  return client;
}

function inNode(file: string): { readonly stdout: string; readonly stderr: string } {
  return spawnSync(process.execPath, ["--no-warnings", file], { encoding: "utf8" });
}

/** The error with which Node refuses a file, and its place. */
function faultInNode(file: string): { readonly message: string; readonly place: string } {
  const { stderr } = inNode(file);
  const [, path = "", line = ""] = /^file:\/\/(\S+):(\d+)$/m.exec(stderr) ?? [];
  return { message: /^\w*Error: .*$/m.exec(stderr)?.[0] ?? stderr, place: `${path}:${line}` };
}

const faults: Readonly<Record<string, Files>> = {
  "a name, in a later line": {
    "main.mjs": `import { a,\n  nope } from "./b.mjs";${task}`,
    "b.mjs": 'console.log("b ran"); export const a = 1, c = 2; export default 1;',
  },
  "a name that is exported again": { "main.mjs": `export { nope } from "./b.mjs";${task}`, "b.mjs": "export const a = 1;" },
  "the default export": { "main.mjs": `import d from "./b.mjs";${task}`, "b.mjs": "export const a = 1;" },
  "a default export that is exported as a whole": {
    "main.mjs": `import d from "./b.mjs";${task}`,
    "b.mjs": 'export * from "./c.mjs";',
    "c.mjs": "export default 1;",
  },
  "anything at all": { "main.mjs": `import { a } from "./b.mjs";${task}`, "b.mjs": "" },
  "a name of a third file": {
    "main.mjs": `import { a } from "./b.mjs";${task}`,
    "b.mjs": 'export { a } from "./c.mjs";',
    "c.mjs": "export const b = 1;",
  },
  "a name in a circle": {
    "main.mjs": `import { a } from "./b.mjs"; export const m = 1;${task}`,
    "b.mjs": 'import { m, zzz } from "./main.mjs"; export const a = 1;',
  },
  "one of several things with that name": {
    "main.mjs": `import { x } from "./s.mjs";${task}`,
    "s.mjs": 'export * from "./a.mjs"; export * from "./b.mjs";',
    "a.mjs": "export const x = 1;",
    "b.mjs": "export const x = 2, y = 1;",
  },
  "a name that is a text": {
    "main.mjs": `import { "a b" as q, "c d" as z } from "./b.mjs";${task}`,
    "b.mjs": 'const v = 1; export { v as "a b" };',
  },
  "a name of a module of Node": { "main.mjs": `import { readFileSync, nope } from "node:fs";${task}` },
  "an inherited name of a module of Node": { "main.mjs": `import { on } from "node:process";${task}` },
  "a name of a package": {
    "main.mjs": `import { nope } from "lib";${task}`,
    "node_modules/lib/package.json": '{ "type": "module", "exports": "./lib.js" }',
    "node_modules/lib/lib.js": "export const yes = 1;",
  },
  "a value before it has one": {
    "main.mjs": `import { f } from "./b.mjs";\nexport class Late {}${task}`,
    "b.mjs": 'import { Late } from "./main.mjs";\nexport const now = Late;\nexport function f() {}',
  },
};

/** Programs that print what they find. */
const meanings: Readonly<Record<string, Files>> = {
  "namespace objects that cannot be changed, with all that belongs to them": {
    "main.mjs": `import * as ns from "./b.mjs";
import * as again from "./c.mjs";
import * as fs from "node:fs";
import * as lib from "lib";
import main, { x, bump } from "./b.mjs";
const say = (run) => { try { console.log(run()); } catch (error) { console.log(error.name, error.message); } };
say(() => { ns.x = 1; });
say(() => { ns.other = 1; });
say(() => delete ns.x);
say(() => delete ns.other);
say(() => Object.defineProperty(ns, "x", { value: 3 }));
say(() => Reflect.set(ns, "x", 5));
say(() => [Object.isExtensible(ns), Object.isSealed(ns), Object.getPrototypeOf(ns), typeof ns.toString, "__esModule" in ns]);
say(() => [Object.prototype.toString.call(ns), ns[Symbol.toStringTag]]);
for (const each of [ns, again, lib]) say(() => [Object.keys(each), JSON.stringify(each), Object.entries({ ...each }).length]);
say(() => [ns.n, bump(), ns.n, again.n, again.b === ns, main(), x]);
for (const key in ns) console.log(key);
console.log(ns, again, { deep: { ns } }, lib);
say(() => { fs.readFileSync = 1; });
say(() => { lib.y = 1; });
say(() => [Object.isExtensible(fs), Object.isExtensible(lib), Object.keys(fs).length]);
const later = await import("./b.mjs");
say(() => [later === ns, Object.keys(later)]);
export function* task() { yield 1; }`,
    "b.mjs": `export const x = 1; export let n = 5; export function bump() { n += 1; } export const A = { q: 1 }; export { x as y };
export class Zed {} export default function () { return "main"; } export let unset; export var late;`,
    "c.mjs": `export * from "./b.mjs"; export * as b from "./b.mjs"; export { default } from "./b.mjs"; export const own = 3;
export { bump as hop } from "./b.mjs"; export * from "./d.mjs"; export const x = 7;`,
    "d.mjs": "export const x = 8, z = 9;",
    "node_modules/lib/package.json": '{ "type": "module", "exports": "./lib.js" }',
    "node_modules/lib/lib.js": "export const yes = 1; export default { no: 1 }; export let y = 3;",
  },
  "names that stand for two things are not in a namespace object": {
    "main.mjs": `import * as s from "./s.mjs"; console.log(Object.keys(s), "x" in s);${task}`,
    "s.mjs": 'export * from "./a.mjs"; export * from "./b.mjs";',
    "a.mjs": "export const x = 1, z = 2;",
    "b.mjs": 'export const x = 2, y = 1; export default 4; export { z } from "./a.mjs";',
  },
  "what an ES module has no name for": {
    "main.mjs": `console.log(typeof this, (() => typeof this)(), typeof require, typeof module, typeof exports, typeof __filename, typeof __dirname);
for (const name of ["require", "module", "exports", "__filename", "__dirname"]) try { eval(name); } catch (error) { console.log(error.name, error.message); }
{ const require = 1, exports = 2; console.log(require, exports); }${task}`,
  },
  "bindings without a value, in a circle": {
    "main.mjs": `import { f } from "./b.mjs"; export const late = 5; export default class {} export var soon = 1; console.log(f());${task}`,
    "b.mjs": `import * as m from "./main.mjs"; import { late, soon } from "./main.mjs"; console.log(m, soon, typeof m.task);
for (const read of [() => late, () => m.late, () => m.default]) try { read(); } catch (error) { console.log(error.name, error.message); }
export function f() { return late + typeof m.default; }`,
  },
  "assignments to imports": {
    "main.mjs": `import { a } from "./b.mjs"; import * as n from "./b.mjs";
for (const change of [() => { a = 1; }, () => { a++; }, () => { [a] = [1]; }, () => { n = 1; }, () => { for (a of [1]); }, () => { a ||= 0; }]) {
  try { console.log(change()); } catch (error) { console.log(error.name, error.message); }
}${task}`,
    "b.mjs": "export const a = 1;",
  },
  "an import that fails is a rejected promise": {
    "main.mjs": `import("./b.mjs").catch((error) => console.log(error.name, error.message));${task}`,
    "b.mjs": 'import { zip } from "./c.mjs";',
    "c.mjs": "",
  },
  "ES modules that are required": {
    "main.cjs": `const m = require("./b.mjs"), n = require("./c.mjs"); console.log(m, n, m.__esModule, n.__esModule, Object.keys(m));
function* task() { yield 1; }`,
    "b.mjs": "export default 3; export let z = 4;",
    "c.mjs": "export let z = 4;",
  },
};

describe("javascript runner, linked ES modules", () => {
  afterEach(() => {
    endAll();
    removeFolders();
  });

  for (const [what, files] of Object.entries(faults)) {
    it(`must export what is imported: ${what}`, async () => {
      const file = join(folderWith(files), "main.mjs");
      const client = await hello();
      const { message, line, file: at }: Failure = await refusal(client.ask("load", { file }));
      const { message: expected, place } = faultInNode(file);
      assert.deepEqual({ message, place: `${at}:${line}` }, { message: expected, place });
      assert.equal(client.printed("stdout"), "");
    });
  }

  it("name what there is instead", async () => {
    const file = join(folderWith(faults["a name, in a later line"] ?? {}), "main.mjs");
    const { column, remedy } = await refusal((await hello()).ask("load", { file }));
    assert.deepEqual([column, remedy], [3, "Check the name: b.mjs exports a, c, default."]);
  });

  for (const [what, files] of Object.entries(meanings)) {
    it(`have the meaning of Node: ${what}`, async () => {
      const file = join(folderWith(files), Object.keys(files)[0] ?? "");
      const client = await hello();
      await client.ask("load", { file });
      await client.ask("spawn", { task: 0, call: "task()" });
      await client.run(1, 0);
      assert.equal(client.printed("stdout"), inNode(file).stdout);
    });
  }

  it("may import types, and names that TypeScript leaves out", async () => {
    const files = {
      "main.mts": `import { type T, Shape, value } from "./b.mts"; export { Shape } from "./b.mts"; export type { T };
const shape: Shape = { a: value }; export function* task(): Generator<T> { yield shape.a; }`,
      "b.mts": "export interface Shape { a: number } export type T = number; export const value = 3;",
    };
    const client = await hello();
    await client.ask("load", { file: join(folderWith(files), "main.mts") });
    await client.ask("spawn", { task: 0, call: "task()" });
    await client.run(1, 0);
    assert.equal(client.steps[0]?.value, "3");
  });

  it("are not those TypeScript files that need what only CommonJS has", async () => {
    const uses = 'import { one } from "./one";\ndeclare const require: (id: string) => any;';
    const gives = (...values: string[]) => `export function* task() { ${values.map((value) => `yield ${value};`).join(" ")} }`;
    const files = {
      "one.ts": "export const one = 1;",
      "requires.ts": `${uses}\n${gives('require("./one").one + one', "typeof module")}`,
      "names.ts": `import { one } from "./one";\n${gives("one", "__filename.slice(-8)")}`,
      "asks.ts": `import { one } from "./one";\n${gives("one", "typeof require")}`,
      "own.ts": `import { one } from "./one";\nconst module = "mine";\n${gives("module", "typeof require")}`,
      "meta.ts": `${uses}\n${gives("import.meta.url.slice(-7)", 'typeof require === "function" ? require("./one") : 0')}`,
      "stated.mts": `import { one } from "./one";\n${gives("one", 'typeof require === "function" ? require("./one") : 0')}`,
    };
    const folder = folderWith(files);
    const yielded = async (file: string) => {
      const client = await hello();
      await client.ask("load", { file: join(folder, file) });
      await client.ask("spawn", { task: 0, call: "task()" });
      await client.run(1, 0, 0);
      return client.steps.map(({ value }) => value);
    };
    assert.deepEqual(await yielded("requires.ts"), ["2", '"object"']);
    assert.deepEqual(await yielded("names.ts"), ["1", '"names.ts"']);
    assert.deepEqual(await yielded("asks.ts"), ["1", '"undefined"']);
    assert.deepEqual(await yielded("own.ts"), ['"mine"', '"undefined"']);
    assert.deepEqual(await yielded("meta.ts"), ['"meta.ts"', "0"]);
    assert.deepEqual(await yielded("stated.mts"), ["1", "0"]);
  });

  it("show their namespace objects with the values of now", async () => {
    const files = {
      "main.mjs": 'import * as ns from "./b.mjs"; export function* task() { yield ns; ns.up(); yield ns; yield [ns]; }',
      "b.mjs": "export let n = 1; export function up() { n += 1; } export const deep = { a: 1 };",
    };
    const client = await hello();
    await client.ask("load", { file: join(folderWith(files), "main.mjs") });
    await client.ask("spawn", { task: 0, call: "task()" });
    await client.run(1, 0, 0, 0);
    const shown = (n: number) => `[Module] {deep: {a: 1}, n: ${n}, up: ƒ up()}`;
    assert.deepEqual(
      client.steps.map(({ value }) => value),
      [shown(1), shown(2), `[${shown(2)}]`],
    );
    const { value } = await client.ask("inspect", { task: 0 });
    const { properties } = await client.ask("expand", { handle: value?.handle ?? -1, start: 0, count: 9 });
    const inner = await client.ask("expand", { handle: properties[0]?.value.handle ?? -1, start: 0, count: 9 });
    assert.deepEqual(
      inner.properties.map(({ name, value: { text } }) => [name, text]),
      [
        ["deep", "{a: 1}"],
        ["n", "2"],
        ["up", "ƒ up()"],
      ],
    );
  });
});
