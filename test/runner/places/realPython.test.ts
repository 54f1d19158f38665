// Generators written for other purposes: those of CPython's own tests and of SimPy, if a Python includes them.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RunnerClient } from "../client";
import { refusal } from "../refusal";
import { everyRunner, type RunnerUnderTest } from "../runners";
import { endAll, startBare } from "../starting";

/** Prints the location of a module, without importing it. */
const where = "import importlib.util, sys; print(importlib.util.find_spec(sys.argv[1]).origin)";

/** Prints the functions that a doctest text defines. */
const sieve = `
import doctest
from test import test_generators
examples = doctest.DocTestParser().get_examples(test_generators.fun_tests)
print("\\n".join(each.source for each in examples if each.source.startswith("def ")))
`;

/** The output of a Python; undefined if it fails, for example because a module is missing. */
function says({ command: [executable = ""] }: RunnerUnderTest, ...args: string[]): string | undefined {
  try {
    return execFileSync(executable, ["-c", ...args], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return undefined;
  }
}

async function loaded(runner: RunnerUnderTest, file: string, ...calls: string[]): Promise<RunnerClient> {
  const client = startBare(runner);
  await client.hello();
  await client.ask("load", { file });
  for (const [task, call] of calls.entries()) await client.ask("spawn", { task, call });
  return client;
}

function values(client: RunnerClient, wanted: number): string[] {
  return client.steps.filter(({ task }) => task === wanted).map(({ value }) => value);
}

for (const runner of everyRunner.filter(({ language }) => language === "python")) {
  describe(`${runner.name} runner, published programs`, () => {
    afterEach(endAll);

    it("include CPython's queens and its knight's tour", async function () {
      const file = says(runner, where, "test.test_generators");
      if (!file) return this.skip();
      const client = await loaded(runner, file, "Queens(5).solve()", "Knights(6, 6).solve()");
      await client.run(1, ...Array.from({ length: 22 }, (_, index) => index % 2));
      // There are ten solutions for five queens, so the eleventh step finds none.
      assert.deepEqual([client.steps.length, values(client, 0)[0], values(client, 0)[10]], [21, "[0, 2, 4, 1, 3]", "None"]);
      assert.equal(values(client, 1)[0]?.split(", ").length, 36);
      assert.equal(client.steps[0]?.point?.function, "Queens.solve");
      const failure = await refusal(client.ask("spawn", { task: 2, call: "Queens('many').solve()" }));
      assert.equal(failure.file, file, "the file that was opened counts as the user's, in the library too");
    });

    it("include a prime sieve that creates another generator for each prime", async function () {
      const source = says(runner, sieve);
      if (!source) return this.skip();
      const folder = mkdtempSync(join(tmpdir(), "yieldpoint-"));
      try {
        const file = join(folder, "lazy.py");
        writeFileSync(file, `${source}\n`);
        const client = await loaded(runner, file, "sieve(intsfrom(2))");
        await client.ask("advance", { from: 1, plan: { picks: [0], times: 12 } });
        assert.equal(values(client, 0).join(" "), "2 3 5 7 11 13 17 19 23 29 31 37");
      } finally {
        rmSync(folder, { recursive: true });
      }
    });

    it("include a process of SimPy", async function () {
      const file = says(runner, where, "SimPy.test.test_simpy");
      if (!file) return this.skip();
      const client = await loaded(runner, file, 'P("p", 3).execute()');
      await client.run(1, 0, 0);
      assert.match(values(client, 0)[0] ?? "", /^\(\d+, <P .*/);
      assert.equal(values(client, 0)[1], "None");
    });
  });
}
