// On Python's own standard library, the finder and CPython's ast module must find the same generators, file by file.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { findGenerators, unreachableGenerators } from "../../../src/finder";

const ORACLE = "test/fixtures/finder/generators_by_ast.py";
const LARGEST_FILE = 200_000;
const LARGEST_BODY = 6_000_000;
/** Fewer generators than this would make the comparison weak; every standard library contains more. */
const FEWEST = 100;

type Sighting = [name: string, line: number, column: number];

function python(args: readonly string[], input = ""): string | undefined {
  const { status, stdout } = spawnSync("python3", args, { input, encoding: "utf8", maxBuffer: 2 ** 28 });
  return status === 0 ? stdout.trim() : undefined;
}

/** The files that may contain generators, ordered by name, up to a maximum size. */
function* candidates(root: string): Generator<{ path: string; text: string }> {
  let read = 0;
  for (const path of filesBelow(root)) {
    const text = readFileSync(path, "utf8");
    if (text.length > LARGEST_FILE || !/\byield\b/.test(text)) continue;
    read += text.length;
    if (read > LARGEST_BODY) return;
    yield { path, text };
  }
}

function* filesBelow(folder: string): Generator<string> {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && entry.name !== "site-packages") yield* filesBelow(path);
    else if (entry.isFile() && path.endsWith(".py")) yield path;
  }
}

function lines(sightings: readonly Sighting[]): string[] {
  return sightings.map(([name, line, column]) => `${line}:${column} ${name}`).sort();
}

/** Python normalizes names; the finder returns them as written. */
function seen(text: string): Sighting[] {
  return findGenerators(text, "python").map(({ name, line, column }) => [name.normalize("NFKC"), line, column]);
}

/** Generators in the syntax tree that the finder reports as not callable. */
function barred(text: string): Set<string> {
  const hidden = unreachableGenerators(text, "python").filter(({ barrier }) => /^(?:abstract|never|deleted)$/.test(barrier));
  return new Set(hidden.map(({ line, column }) => `${line}:${column}`));
}

describe("the finder and CPython's ast", () => {
  it("find the same generators in the standard library", function () {
    this.timeout(0); // the number of files is finite, and their duration is irrelevant
    const library = python(["-c", "import sysconfig; print(sysconfig.get_path('stdlib'))"]);
    if (library === undefined) {
      console.log("      not compared: there is no python3 on the PATH");
      this.skip();
    }
    const files = [...candidates(library)];
    const answers = python([ORACLE], files.map(({ path }) => path).join("\n"))?.split("\n") ?? [];
    assert.equal(answers.length, files.length, `${ORACLE} failed`);
    let agreed = 0;
    let unparsed = 0;
    let uncalled = 0;
    for (const [index, { path, text }] of files.entries()) {
      const there: Sighting[] | null = JSON.parse(answers[index] ?? "null");
      const cannot = there ? barred(text) : new Set<string>();
      const expected = there?.filter(([, line, column]) => !cannot.has(`${line}:${column}`));
      uncalled += (there?.length ?? 0) - (expected?.length ?? 0);
      if (expected) assert.deepEqual(lines(seen(text)), lines(expected), path);
      else unparsed++;
      agreed += expected?.length ?? 0;
    }
    console.log(`      agreed on ${agreed} generators in ${files.length - unparsed} files; ${unparsed} do not parse`);
    console.log(`      ${uncalled} more cannot be called`);
    assert.ok(agreed >= FEWEST, `only ${agreed} generators were compared`);
  });
});
