// Tracking what slices touch changes nothing else: programs with all kinds of statements do the same with and without it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { everyRunner } from "../runners";

const folder = resolve("test/fixtures/tracking");
const compare = "compare.py";

/** The programs that a version of Python can parse: the name of one that needs a newer one ends with it. */
function programsFor(minor: string): string[] {
  const names = readdirSync(folder).filter((name) => name.endsWith(".py") && name !== compare);
  return names
    .filter((name) => Number(/_3(\d+)\.py$/.exec(name)?.[1] ?? 0) <= Number(minor))
    .map((name) => resolve(folder, name));
}

for (const { name, command } of everyRunner.filter(({ language }) => language === "python")) {
  describe(`tracking on ${name}`, () => {
    it("changes nothing else", () => {
      const [python = ""] = command;
      const programs = programsFor(/3\.(\d+)/.exec(name)?.[1] ?? "0");
      const args = ["-B", resolve(folder, compare), resolve("src/runner/python"), ...programs];
      const { count, different } = JSON.parse(execFileSync(python, args, { encoding: "utf8", maxBuffer: 2 ** 30 }));
      assert.ok(count >= 36, `only ${count} comparisons`);
      assert.deepEqual(different, []);
    });
  });
}
