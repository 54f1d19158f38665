/** What takes the place of parts of Babel's packages in the compiler's bundle. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type * as types from "@babel/types";

type Named = Record<string, unknown>;
type Check = (node: object, fields?: object) => boolean;
type Builder = (...given: unknown[]) => object;

interface Packages {
  readonly types: typeof types & Named;
  readonly names: Record<"isIdentifierStart" | "isIdentifierChar", (code: number) => boolean> & {
    isIdentifierName(name: string): boolean;
  };
}

const folder = mkdtempSync(join(tmpdir(), "yieldpoint-light-"));
let full: Packages;
let light: Packages;

/** Built in a process of its own: in this one, what else uses the packages may have changed their tables. */
const building = `
  import { build } from "esbuild";
  import { lightBabel } from "./build/lightBabel.mjs";
  const contents = 'exports.types = require("@babel/types"); exports.names = require("@babel/helper-validator-identifier");';
  for (const [name, plugins] of [["full", []], ["light", [lightBabel]]]) {
    const outfile = process.argv[1] + "/" + name + ".js";
    await build({ stdin: { contents, resolveDir: "." }, outfile, bundle: true, platform: "node", plugins });
  }`;

describe("Babel's packages in the compiler's bundle", () => {
  before(() => {
    execFileSync(process.execPath, ["--input-type=module", "-e", building, folder]);
    const required = createRequire(__filename);
    full = required(join(folder, "full.js"));
    light = required(join(folder, "light.js"));
  });

  after(() => rmSync(folder, { recursive: true }));

  it("have the same tables of node types, in the same order", () => {
    const tables = Object.keys(full.types).filter((name) => /^[A-Z_]+$/.test(name) && !name.startsWith("NODE_"));
    assert.ok(tables.length > 50);
    for (const name of tables) assert.equal(JSON.stringify(light.types[name]), JSON.stringify(full.types[name]), name);
    const fields = ({ types }: Packages) => Object.entries(types.NODE_FIELDS).map(([type, all]) => [type, ...Object.keys(all)]);
    assert.deepEqual(fields(light), fields(full));
  });

  it("tell the type of a node in the same way", () => {
    const nodes = full.types.TYPES.map((type) => ({ type, name: "a" }));
    const checks = full.types.TYPES.map((type) => `is${type}`).filter((name) => !isOld(name));
    assert.ok(checks.length > 300);
    for (const name of checks) {
      const answers = ({ types }: Packages) =>
        nodes.map((node) => [undefined, { name: "a" }, { name: "b" }].map((fields) => (types[name] as Check)(node, fields)));
      assert.deepEqual(answers(light), answers(full), name);
    }
    assert.equal(light.types.isIdentifier(undefined), false);
  });

  it("make the same nodes", () => {
    // What Babel checks is what is left out.
    for (const fields of Object.values(full.types.NODE_FIELDS)) {
      for (const field of Object.values(fields as Record<string, { validate?: unknown }>)) delete field.validate;
    }
    const builders = Object.keys(full.types).filter(
      (name) => /^[a-z]/.test(name) && has(full.types.BUILDER_KEYS, name) && !isOld(name),
    );
    assert.ok(builders.length > 200);
    for (const name of builders) {
      for (const given of [[], [1, 2, 3, 4, 5, 6, 7, 8, 9]]) {
        const made = ({ types }: Packages) => JSON.stringify((types[name] as Builder)(...given));
        assert.equal(made(light), made(full), name);
      }
    }
  });

  it("accept the names that the engine accepts", () => {
    // Of the characters of which Babel's tables, from another version of Unicode, say otherwise, the engine decides.
    for (let code = 0; code <= 0x10ffff; code += 1) {
      for (const [check, name] of [
        ["isIdentifierStart", String.fromCodePoint(code)],
        ["isIdentifierChar", `a${String.fromCodePoint(code)}`],
      ] as const) {
        const answer = light.names[check](code);
        if (answer !== full.names[check](code)) assert.equal(answer, isName(name), `${check}: ${code.toString(16)}`);
      }
    }
    for (const name of ["caf\u00e9", "a\u200db", "\u{20000}", "\u{1f600}", "1a", "a b", ""])
      assert.equal(light.names.isIdentifierName(name), isName(name), name);
  });
});

/** Whether a builder makes nodes of one of the types: `tsEnumBody` those of `TSEnumBody`. */
function has(types: object, builder: string): boolean {
  return Object.keys(types).some((type) => type.toLowerCase() === builder.toLowerCase());
}

/** Names that Babel keeps only to warn of them. */
function isOld(name: string): boolean {
  return /(Number|Regex)Literal$|(Rest|Spread)Property$|ModuleDeclaration$/i.test(name) && !/TS|Flow|Declare/i.test(name);
}

function isName(name: string): boolean {
  try {
    new Function(`var ${name};`);
    return /^\S+$/.test(name);
  } catch {
    return false;
  }
}
