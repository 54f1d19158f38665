/**
 * Every call that the finder proposes for a file can be made in it. The files contain many kinds of functions that look like callable
 * generator functions, some of which are not.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { findGenerators, languageOf, unreachableGenerators } from "../../../src/finder";
import { everyRunner } from "../runners";
import { endAll, startBare } from "../starting";

const folder = resolve("test/fixtures/finder/callable");

/** By file, the functions that cannot be called. */
const hidden: Readonly<Record<string, readonly string[]>> = {
  "kinds.py": [
    "abstract Bare.go",
    "abstract Shape.gen",
    "abstract Alone.go",
    "deleted deleted",
    "deleted again",
    "deleted Gone.go",
    "deleted go",
    "never never",
    "never typed",
    "never old",
    "never two",
    "never looped",
    "never ancient",
    "never checked",
  ],
  "typeParameters.py": [],
  "kinds.ts": [
    "private #hidden",
    "block never",
    "block inner",
    "block ",
    "function gen().",
    "unnamed ",
    "unnamed inside",
    "block labeled",
    "block tried",
  ],
  "kinds.cjs": ["function constructor().", "unnamed iife", "unnamed ", "unnamed ", "unnamed x"],
};

/** Type parameters require 3.12. */
const isFor = (file: string, name: string) => file !== "typeParameters.py" || !/ 3\.(?:8|9|10|11)\./.test(name);

for (const runner of everyRunner) {
  describe(`${runner.name} runner, the calls that the finder proposes`, () => {
    afterEach(endAll);

    const files = Object.keys(hidden).filter((file) => (languageOf(file) === "python") === (runner.language === "python"));
    for (const file of files.filter((each) => isFor(each, runner.name))) {
      it(`can be made in ${file}`, async () => {
        const path = join(folder, file);
        const client = startBare(runner);
        await client.hello();
        await client.ask("load", { file: path });
        const found = findGenerators(readFileSync(path, "utf8"), languageOf(file) ?? "python");
        assert.ok(found.length > 1);
        for (const [task, { call, needsArguments }] of found.entries()) {
          if (!needsArguments) await client.ask("spawn", { task, call });
        }
      });
    }
  });
}

describe("what the finder says about functions that cannot be called", () => {
  for (const [file, expected] of Object.entries(hidden)) {
    it(`is the reason, in ${file}`, () => {
      const text = readFileSync(join(folder, file), "utf8");
      const said = unreachableGenerators(text, languageOf(file) ?? "python");
      const told = said.map(({ barrier, name, where }) => {
        const [, owner] = /^(?:part of|inside) ([\w()]+)/.exec(where) ?? [];
        const isOwned = barrier === "abstract" || barrier === "deleted";
        return `${barrier} ${isOwned && owner ? `${owner}.` : ""}${barrier === "function" ? `${owner}.` : ""}${name}`;
      });
      assert.deepEqual(told, expected);
    });
  }
});
