/**
 * CPython's own tests of generators, coroutines and asyncio, run as programs of the user: they pass as they do without a runner. Interpreters
 * that come without their tests are left out.
 */
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync } from "node:fs";
import { basename, join } from "node:path";
import { folderWith, removeFolders } from "../folder";
import type { RunnerUnderTest } from "../runners";
import { endAll } from "../starting";
import { observeFile, observersOf, toTheEnd } from "./observing";

const modules = ["test_coroutines", "test_yield_from", "test_contextlib_async", "test_asyncio.test_locks"];

/** Runs the tests of a module beside it, and prints how many there were, and which have failed. */
const running = (module: string) => `import sys
import unittest
import ${module} as tests

result = unittest.TextTestRunner(stream=open("/dev/null", "w")).run(unittest.defaultTestLoader.loadTestsFromModule(tests))
print(result.testsRun, len(result.skipped), [str(test) for test, _ in result.failures + result.errors])
sys.exit(not result.wasSuccessful())
`;

/** The source of a module of CPython's tests; undefined if it is not there. */
function sourceOf({ command: [python = ""] }: RunnerUnderTest, module: string): string | undefined {
  const { status, stdout } = spawnSync(python, ["-c", `import test.${module} as tests; print(tests.__file__)`], {
    encoding: "utf8",
  });
  return status === 0 ? stdout.trim() : undefined;
}

for (const runner of observersOf("python")) {
  describe(`${runner.name} runner, CPython's own tests as observed programs`, () => {
    afterEach(() => {
      endAll();
      removeFolders();
    });

    for (const module of modules) {
      it(`pass: ${module}`, async function () {
        const source = sourceOf(runner, module);
        if (source === undefined) return this.skip();
        const name = `own_${basename(source, ".py")}`;
        const folder = folderWith({ "main.py": running(name) });
        copyFileSync(source, join(folder, `${name}.py`));
        const file = join(folder, "main.py");
        const [python = ""] = runner.command;
        const alone = execFileSync(python, ["-B", file], { encoding: "utf8" });
        const client = await observeFile(runner, file);
        const { code, stdout } = await toTheEnd(client);
        assert.equal(stdout, alone);
        assert.equal(code, 0);
        assert.ok(client.steps.length > 0, "its coroutines are tasks");
      });
    }
  });
}
