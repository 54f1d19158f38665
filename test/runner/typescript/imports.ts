import type { Program } from "./program";

const loads = (name: string, text: string) => ({ [name]: `say("${name} loaded"); ${text}` });

const library = {
  ...loads(
    "values.ts",
    `export const value = 1; export class Thing { x = 1 } export interface Shape { a: number } export type Text = string;
    export let counter = 0; export function count() { counter++; } export default class Main { static *walk() { yield "w"; } } export enum Kind { A = 1 }`,
  ),
  ...loads("only.ts", "export interface Shape { a: number } export type Text = string; export class Late {}"),
  ...loads("effects.ts", "export const effect = 1;"),
  "types.d.ts":
    "export interface Ambient { b: string } export type Name = string; export declare const enum Flag { On = 4, Off }",
  "described.d.ts": "export declare const real: number; export interface Described { c: 1 }",
  "described.js": 'exports.real = 7; say("described loaded");',
};

const uses = `
  import { Shape, value, type Text } from "./values";
  import Main, { Thing as Other } from "./values";
  import * as all from "./values";
  import * as unused from "./effects";
  import { Late } from "./only";
  import type { effect } from "./effects";
  import { type Text as T2 } from "./only";
  const a: Shape = { a: value };
  const b: Other = { x: 2 };
  let c: typeof unused | undefined, d: typeof Late | undefined, e: typeof effect = 1, f: Text & T2 = "f";
  say(a, b, typeof c, typeof d, e, f, all.value, Main.name, all.Kind.A);
  all.count(); say(all.counter);
  function* go() { yield* Main.walk(); }`;

export const imports: readonly Program[] = [
  { about: "that serve as types alone load nothing", main: uses, files: library },
  {
    about: "that serve as types alone load nothing, in isolated modules",
    main: uses,
    files: library,
    options: { isolatedModules: true },
  },
  {
    about: "of declaration files load nothing",
    main: `
      import { Ambient, Name } from "./types";
      import { Ambient as Again } from "./types.js";
      import type { Name as N2 } from "./types.d.ts";
      import { real, Described } from "./described";
      export { Ambient, Again };
      export { Name as Other } from "./types";
      const a: Ambient & Again = { b: "b" }, n: Name | N2 = "n", d: Described = { c: 1 };
      say(a, n, d, real);`,
    files: library,
  },
  {
    about: "stay as they are written where that is said, but for types",
    main: `
      import { type Shape } from "./values.js";
      import { type Text, Late } from "./only.js";
      import type { effect } from "./effects.js";
      import {} from "./empty.js";
      import { unusedValue } from "./unused.js";
      export { type Shape as S2 } from "./again.js";
      const s: Shape = { a: 1 }; const t: Text = "t"; say(s, t, Late.name, {} as typeof effect);`,
    files: {
      ...loads("values.ts", "export interface Shape { a: number }"),
      ...loads("only.ts", "export type Text = string; export class Late {}"),
      ...loads("effects.ts", "export const effect = 1;"),
      ...loads("empty.ts", "export {}"),
      ...loads("unused.ts", "export const unusedValue = 1;"),
      ...loads("again.ts", "export interface Shape {}"),
      "package.json": '{"type": "module"}',
    },
    options: { verbatimModuleSyntax: true, module: "nodenext" },
  },
  {
    about: "of a const enum are its values",
    main: `
      import { Level, Word } from "./levels";
      import { Flag } from "./types";
      import { Level as Deep } from "./through";
      say(Level.High, Level["Low"], Word.A, Flag.On, Flag.Off, Deep.High);
      function* go() { yield String(Level.High); }`,
    files: {
      ...library,
      ...loads("levels.ts", `export const enum Level { Low = 1, High = Low << 2 } export const enum Word { A = "a" }`),
      ...loads("through.ts", `export * from "./levels";`),
    },
  },
  {
    about: "of a const enum load its module where each file is compiled alone",
    main: `import { Level } from "./levels"; say(Level.High);`,
    files: loads("levels.ts", "export const enum Level { Low = 1, High = Low << 2 }"),
    options: { isolatedModules: true },
  },
  {
    about: "that are exported again are nothing where they are types",
    main: `
      import * as barrel from "./barrel";
      say(Object.keys(barrel).sort());
      say(new barrel.Thing().x, barrel.Hue.Red, barrel.Space.s, barrel.ns.value, barrel.default.name, barrel.renamed);`,
    files: {
      ...library,
      "barrel.ts": `
        export { Shape, Thing, value as renamed } from "./values";
        export { Shape as OnlyShape, Text } from "./only";
        export * as ns from "./values";
        export { default } from "./values";
        import { Text as Imported, Kind } from "./values";
        export { Imported, Kind };
        export type { Late } from "./only";
        export type * from "./only";
        export type * as types from "./only";
        type Own = string; interface Also {} enum Hue { Red } namespace Space { export const s = 1 } namespace Empty { export type E = 1 } export { Own, Also, Hue, Space, Empty };
        export * from "./inner";`,
      ...loads("inner.ts", `export const inner = 1; export type Inner = string; interface Hidden {} export default Hidden;`),
    },
  },
  {
    about: "change with what they are bound to",
    main: `
      import { counter, count } from "./values";
      import { counter as c2 } from "./values";
      export let own = 1; export { own as alias };
      const before = counter; count(); own++;
      say(before, counter, c2, own);
      function* go() { yield String(counter); count(); yield String(counter); }`,
    files: library,
  },
  {
    about: "with require and export = are those of CommonJS",
    main: `
      import fs = require("node:fs");
      import whole = require("./whole");
      import unused = require("./effects");
      import type Types = require("./only");
      import again from "./whole";
      let u: typeof unused | undefined, t: Types.Shape | undefined;
      say(typeof fs.readFileSync, whole(2), whole.extra, again(3), typeof u, typeof t);
      export import path = require("node:path");
      say(path.posix.join("a", "b"));`,
    files: {
      ...library,
      ...loads(
        "whole.ts",
        "function whole(x: number) { return x * 2; } namespace whole { export const extra = 5; } export = whole;",
      ),
    },
    options: { module: "commonjs" },
  },
  {
    about: "form circles, in the order of the modules",
    main: `
      import { first } from "./first";
      import { second } from "./second";
      say(first(), second());`,
    files: {
      "first.ts": `import { second } from "./second"; export function first() { return "first " + typeof second; } say("first", typeof second);`,
      "second.ts": `import { first } from "./first"; export function second() { return "second " + first(); } say("second", typeof first);`,
    },
  },
  {
    about: "of what is exported as default without a name",
    main: `
      import A from "./a.js"; import B from "./b.js"; import C from "./c.js"; import D from "./d.js"; import E from "./e.js"; import F from "./f.js"; import G from "./g.js";
      const place = () => { try { new A().fail(); } catch (error) { return (error as Error).stack?.split("\\n")[1]?.trim().split(" ")[1]; } };
      say(A.name, B.name, C.name, D.name, E.name, F.name, G.name, new A().constructor.name, place());
      export default function () {} import early from "./early.js"; say(early);
      export function* go() { yield C.name; }`,
    files: {
      "package.json": '{"type": "module"}',
      "a.ts": "export default class { x = 1; fail() { throw new Error(); } }",
      "b.ts": "export default function () {}",
      "c.ts": "export default function* () {}",
      "d.ts": "export default (x: number) => x;",
      "e.ts": "export default (async function () {});",
      "f.ts": "export default (class { static own() { return this.name; } });",
      "g.ts": 'export default class { static ["name"] = "own"; }',
      "early.ts": 'import main from "./main.js"; export default main.name;',
    },
    options: { module: "nodenext", target: "esnext" },
    isUnchecked: true,
  },
  {
    about: "of JSON, of Node and with attributes",
    main: `
      import data from "./data.json" with { type: "json" };
      import { join } from "node:path";
      import * as os from "node:os";
      import process, { argv } from "node:process";
      say(data.a, join("x", "y"), typeof os.EOL, process.argv === argv);`,
    files: { "data.json": '{"a": [1, 2]}', "package.json": '{"type": "module"}' },
    options: { resolveJsonModule: true, module: "nodenext" },
  },
  {
    about: "with endings of the compiled files and of the sources",
    main: `
      import { a } from "./a.js"; import { b } from "./b.mjs"; import { c } from "./c.cjs"; import { d } from "./d"; import { e } from "./folder"; import { f } from "./f.ts";
      say(a, b, c, d, e, f);`
      .replace(' import { f } from "./f.ts";', "")
      .replace(", f)", ")")
      .replace(' import { b } from "./b.mjs";', "")
      .replace("b, ", ""),
    files: {
      "a.ts": "export const a = 1;",
      "c.cts": "export const c = 3;",
      "d.tsx": "export const d = 4;",
      "folder/index.ts": "export const e = 5;",
    },
    options: { jsx: "react" },
  },
  {
    about: "of a namespace and of types under one name",
    main: `
      import { Both, make } from "./both";
      const value: Both = Both.create(); const made: ReturnType<typeof make> = make();
      say(value.x, made, Both.label);
      export default Both; export { make as default2 };`,
    files: {
      "both.ts": `export interface Both { x: number } export namespace Both { export const label = "l"; export function create(): Both { return { x: 3 }; } } export function make() { return "m"; }`,
    },
  },
  {
    about: "defer to when they are asked for, or sooner",
    main: `const later = async () => (await import("./values")).value; void later; export {}; say("now");`,
    files: library,
  },
  {
    about: "elided with the module of their types kept, in strict scripts",
    main: `
      function which(this: unknown) { return typeof this; }
      say(which.call(undefined), (function (this: unknown) { return this === undefined; })());`,
  },
  {
    about: "of CommonJS stand where they are written, once for each module",
    main: `
      say("first"); export * from "./values"; export { inner } from "./inner";
      say("then"); import { value } from "./values"; import "./effects"; say(value);
      import { late } from "./late"; export const own = late; export function hoisted() { return own; }
      function* go() { yield own; }`,
    files: {
      ...library,
      ...loads("inner.ts", "export const inner = 1;"),
      ...loads("late.ts", `export const late = "late";`),
    },
    options: { module: "commonjs" },
  },
  {
    about: "of CommonJS are those of a file without a type of its own",
    main: `say("first"); import { value } from "./values"; say(value);`,
    files: { ...library, "package.json": '{"name": "plain"}' },
    options: { module: "nodenext" },
  },
  ...[{ esModuleInterop: false }, { esModuleInterop: true }, {}].map((options) => ({
    about: `are what a CommonJS module exports with ${JSON.stringify(options)}`,
    main: `
      import whole, { part } from "./whole";
      import * as all from "./whole";
      import * as pack from "packed";
      import * as fs from "node:fs";
      import { default as made, value } from "./compiled";
      say(typeof whole, part, typeof all, typeof pack, typeof fs.readFileSync, made, value, typeof (all as any).part);
      export { default as again } from "./whole";
      function* go() { yield typeof all; }`,
    files: {
      ...library,
      "whole.js": "module.exports = (x) => x; module.exports.part = 1;",
      "compiled.js": 'Object.defineProperty(exports, "__esModule", { value: true }); exports.default = "d"; exports.value = "v";',
      "node_modules/packed/package.json": '{"name": "packed", "main": "index.js"}',
      "node_modules/packed/index.js": "module.exports = (x) => x;",
    },
    options: { module: "commonjs", ignoreDeprecations: "6.0", ...options },
    isUnchecked: true,
  })),
  {
    about: "are made to look like those of ES modules where the file is one",
    main: `import whole from "./whole"; import * as all from "./whole"; say(typeof whole, typeof all);`,
    files: { "whole.js": "module.exports = (x) => x;" },
    options: { module: "esnext", allowSyntheticDefaultImports: false, ignoreDeprecations: "6.0" },
    isUnchecked: true,
  },
];
