/** The compiler as it ships: its packages are bundled without what is never used, and it compiles the same. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import * as sources from "../../../src/runner/javascript/compiler";

const shipped = createRequire(__filename)(resolve("dist/runner/javascript/compiler.js")) as typeof sources;

/** Among them are files that do not compile. */
const files = ["media/examples", "packages", "test/fixtures"].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.([cm]?[jt]s|[jt]sx)$/.test(file))
    .map((file) => join(folder, file)),
);

const grammar = ["ts", "tsx"].flatMap((ending) => {
  const file = `test/fixtures/typescript/grammar.${ending}`;
  const programs = readFileSync(`${file}.txt`, "utf8").split("\n----\n");
  return programs.map((source) => ({ filename: resolve(file), source }));
});

describe("The compiler's bundle", () => {
  it("compiles the grammar of TypeScript as its sources do", () => {
    assert.ok(grammar.length > 100);
    for (const { filename, source } of grammar) compare(filename, source);
  });

  it("compiles the examples and the programs of the tests as its sources do", () => {
    assert.ok(files.length > 100);
    for (const file of files) compare(resolve(file), readFileSync(file, "utf8"));
  });
});

function compare(filename: string, source: string): void {
  assert.equal(outcome(shipped, filename, source), outcome(sources, filename, source), filename);
}

function outcome({ compile }: typeof sources, filename: string, source: string): string {
  try {
    return compile({ source, filename, sourceType: "unambiguous", isOwn: true, awaits: true }).code;
  } catch (error) {
    return String(error);
  }
}
