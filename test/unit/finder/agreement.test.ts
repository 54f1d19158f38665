// On published code, the finder and the TypeScript compiler must find the same generators. The code is that of the development
// dependencies.

import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { findGenerators, languageOf } from "../../../src/finder";
import { compilerFinds, type Sighting } from "./compilerWalk";

const LARGEST_FILE = 200_000;
const LARGEST_BODY = 40_000_000;
/** Fewer generators than this would make the comparison weak; the dependencies contain more. */
const FEWEST = 100;
const LIKELY = /function\s*\*|\*\s*(?:[\w$]+|\[[^\]\n]+\]|["'][^"'\n]+["'])\s*\([^()\n]*\)\s*\{/;

/** The files below a folder that may contain generators, ordered by name, up to a maximum size. */
function* candidates(root: string): Generator<{ path: string; text: string }> {
  let read = 0;
  for (const path of filesBelow(root)) {
    if (!languageOf(path) || statSync(path).size > LARGEST_FILE) continue;
    const text = readFileSync(path, "utf8");
    if (!LIKELY.test(text)) continue;
    read += text.length;
    if (read > LARGEST_BODY) return;
    yield { path, text };
  }
}

function* filesBelow(folder: string): Generator<string> {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else if (entry.isFile()) yield path;
  }
}

function lines(sightings: readonly Sighting[]): string[] {
  return sightings.map(({ name, line, column }) => `${line}:${column} ${name}`).sort();
}

describe("the finder and the TypeScript compiler", () => {
  it("find the same generators in published code", () => {
    let files = 0;
    let agreed = 0;
    for (const { path, text } of candidates("node_modules")) {
      const language = languageOf(path);
      const expected = compilerFinds(path, text);
      if (!language || !expected) continue;
      assert.deepEqual(lines(findGenerators(text, language)), lines(expected), path);
      files++;
      agreed += expected.length;
    }
    console.log(`      agreed on ${agreed} generators in ${files} files`);
    assert.ok(agreed >= FEWEST, `only ${agreed} generators were compared`);
  });
});
