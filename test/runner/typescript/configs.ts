/**
 * Programs about which tsconfig.json applies to a file. Node cannot run some of them as compiled, so their output is given here.
 */
import type { Program } from "./program";

export interface ConfiguredProgram extends Program {
  readonly says: readonly string[];
}

const fieldsAssigned = `
  class A { constructor() { this.start(); } start() {} }
  class B extends A { x?: number; override start() { this.x = 5; } }
  say(String(new B().x));`;

const kindOfDecorators = `
  function mark(...args: any[]) { say(args.length === 2 && typeof args[1] === "object" ? "standard" : "legacy"); }
  class Marked { @mark run() {} }`;

export const configs: readonly ConfiguredProgram[] = [
  {
    about: "without one, what the newest compiler does counts",
    main: fieldsAssigned + kindOfDecorators,
    says: ["undefined", "standard"],
  },
  {
    about: "may have comments and trailing commas",
    main: fieldsAssigned,
    files: { "tsconfig.json": '{\n// the older way\n"compilerOptions": { /* no fields */ "target": "ES2017", }, }' },
    says: ["5"],
  },
  {
    about: "extends another, and that one a package",
    main: fieldsAssigned + kindOfDecorators,
    files: {
      "tsconfig.json": '{"extends": "./configs/base.json"}',
      "configs/base.json": '{"extends": "@scope/shared/tsconfig.json", "compilerOptions": {"experimentalDecorators": true}}',
      "node_modules/@scope/shared/package.json": '{"name": "@scope/shared"}',
      "node_modules/@scope/shared/tsconfig.json":
        '{"compilerOptions": {"useDefineForClassFields": false, "experimentalDecorators": false}}',
    },
    says: ["5", "legacy"],
  },
  {
    about: "extends several, the last before the others",
    main: fieldsAssigned + kindOfDecorators,
    files: {
      "tsconfig.json": '{"extends": ["./one.json", "./two.json"]}',
      "one.json": '{"compilerOptions": {"target": "es2017", "experimentalDecorators": true}}',
      "two.json": '{"compilerOptions": {"target": "es2022"}}',
    },
    says: ["undefined", "legacy"],
  },
  {
    about: "that only refers to others leaves it to the one that has the file",
    main: fieldsAssigned + kindOfDecorators,
    files: {
      "tsconfig.json":
        '{"files": [], "references": [{"path": "./tsconfig.node.json"}, {"path": "./app"}, {"path": "./tsconfig.main.json"}]}',
      "tsconfig.node.json": '{"include": ["vite.config.ts"], "compilerOptions": {"target": "esnext"}}',
      "app/tsconfig.json": '{"compilerOptions": {"target": "esnext"}}',
      "tsconfig.main.json": '{"include": ["*.ts"], "compilerOptions": {"target": "es2019", "experimentalDecorators": true}}',
    },
    says: ["5", "legacy"],
  },
  {
    about: "of a folder further up counts where there is none nearer",
    main: `import "./src/deep/inner";`,
    files: { "tsconfig.json": '{"compilerOptions": {"target": "es2016"}}', "src/deep/inner.ts": `${fieldsAssigned}export {};` },
    says: ["5"],
  },
  {
    about: "of each file is its own",
    main: `${fieldsAssigned}import "./old/inner";`,
    files: { "old/tsconfig.json": '{"compilerOptions": {"target": "es2016"}}', "old/inner.ts": `${fieldsAssigned}export {};` },
    says: ["5", "undefined"],
  },
  {
    about: "says where paths lead, from its own folder and from baseUrl",
    main: `
      import { a } from "@lib/a"; import { b } from "exact"; import { c } from "based/c"; import type { T } from "@lib/types"; export { U } from "@lib/types";
      const t: T = 1; say(a, b, c, t);`,
    files: {
      "tsconfig.json": '{"extends": "./configs/paths.json", "compilerOptions": {"baseUrl": "./src"}}',
      "configs/paths.json":
        '{"compilerOptions": {"paths": {"@lib/*": ["../missing/*", "../library/*"], "exact": ["../library/b.ts"]}}}',
      "library/a.ts": 'export const a = "a";',
      "library/b.ts": 'export const b = "b";',
      "library/types.d.ts": "export type T = number; export type U = string;",
      "src/based/c.ts": 'export const c = "c";',
    },
    says: ["a b c 1"],
  },
  {
    about: "keeps what is imported and not used, in the words of older compilers",
    main: `import { T } from "./kept"; import { v } from "./value"; const t: T = 1; say(t);`,
    files: { "kept.ts": 'say("kept"); export type T = number;', "value.ts": 'say("value"); export const v = 1;' },
    options: { importsNotUsedAsValues: "preserve" },
    says: ["kept", "value", "1"],
  },
  {
    about: "does not have imports of types that are not installed",
    main: `import { T } from "only-types"; import type { Q } from "not-there"; export { T } from "only-types"; const t: T = 1; say(t);`,
    files: { "node_modules/@types/only-types/index.d.ts": "export type T = number;" },
    says: ["1"],
  },
];
