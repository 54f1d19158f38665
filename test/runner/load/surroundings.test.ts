/**
 * A Python program finds the same environment as in a plain interpreter, whatever its files are called.
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import type { RunnerClient } from "../client";
import { folderWith, removeFolders } from "../folder";
import { refusal } from "../refusal";
import { everyRunner, type RunnerUnderTest } from "../runners";
import { endAll, startBare } from "../starting";

const listModules = `
import os, pkgutil, sys
folder = os.path.dirname(os.__file__)
names = {module.name for module in pkgutil.iter_modules([folder, os.path.join(folder, "lib-dynload")])}
print(*sorted(names | set(sys.builtin_module_names)))
`;

const shadow = "import sys\nsys.imported = getattr(sys, 'imported', []) + [__name__]\nmine = True\n";

const program = `
import sys

def task():
    local = {"a": [1, 2]}
    got = yield local
    yield from inner(got)
    raise ValueError("on purpose")

def inner(got):
    yield [got]

def seen():
    yield getattr(sys, "imported", [])

def imports():
    import random, json, queue, select, struct, threading, tokenize, token, weakref, inspect, typing, types, enum
    modules = random, json, queue, select, struct, threading, tokenize, token, weakref, inspect, typing, types, enum
    yield [hasattr(module, "mine") for module in modules]

if __name__ == "__main__":
    print(*imports())
`;

function output(runner: RunnerUnderTest, ...args: string[]): string {
  return execFileSync(runner.command[0] ?? "", ["-B", ...args], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
}

async function loaded(runner: RunnerUnderTest, file: string, ...calls: string[]): Promise<RunnerClient> {
  const client = startBare(runner);
  await client.hello();
  await client.ask("load", { file });
  for (const [task, call] of calls.entries()) await client.ask("spawn", { task, call });
  return client;
}

for (const runner of everyRunner.filter(({ language }) => language === "python")) {
  describe(`${runner.name} runner, beside files named like modules`, () => {
    afterEach(() => {
      endAll();
      removeFolders();
    });

    function shadowed(): string {
      const names = output(runner, "-c", listModules).split(" ");
      return folderWith({ ...Object.fromEntries(names.map((name) => [`${name}.py`, shadow])), "program.py": program });
    }

    it("never imports one of them for itself, whatever it is asked", async () => {
      const client = await loaded(runner, join(shadowed(), "program.py"), "task()", "task()", "task()", "seen()");
      await client.run(1, 0);
      await client.ask("inspect", { task: 0 }).then(({ frames }) => {
        const handle = frames[0]?.locals[0]?.value.handle ?? -1;
        return client.ask("expand", { handle, start: 0, count: 9 });
      });
      await client.ask("evaluate", { expression: "local['a']", task: 0 });
      await refusal(client.ask("evaluate", { expression: "nowhere" }));
      await refusal(client.ask("evaluate", { expression: "1 +" }));
      await client.ask("send", { from: 2, task: 0, expression: "7" });
      const until = [{ id: 1, line: { file: "program.py", line: 1 }, expression: "value == 9" }];
      await client.ask("advance", { from: 3, plan: { picks: [0], times: 1 }, until });
      await client.ask("throwInto", { from: 4, task: 1, expression: "KeyError('k')" });
      await client.ask("close", { from: 5, task: 2 });
      await client.run(6, 3);
      assert.equal(client.steps.at(-1)?.value, "[]");
      await client.ask("reset", {});
      await client.ask("spawn", { task: 0, call: "seen()" });
      await client.run(1, 0);
      assert.equal(client.steps.at(-1)?.value, "[]");
    });

    it("lets the program import those that a plain interpreter would, also after a reset", async () => {
      const file = join(shadowed(), "program.py");
      const plain = output(runner, file);
      const client = await loaded(runner, file, "imports()");
      await client.run(1, 0);
      assert.equal(client.steps[0]?.value, plain);
      await client.ask("reset", {});
      await client.ask("spawn", { task: 0, call: "imports()" });
      await client.run(1, 0);
      assert.equal(client.steps[1]?.value, plain);
    });

    for (const name of ["random", "queue", "os", "types", "tokenize"]) {
      it(`runs a program that is itself called ${name}.py`, async () => {
        const source =
          "import random\n\n\ndef task():\n    yield hasattr(random, 'task')\n\n\nif __name__ == '__main__':\n    print(*task())\n";
        const file = join(folderWith({ [`${name}.py`]: source, "random.py": source }), `${name}.py`);
        const client = await loaded(runner, file, "task()");
        await client.run(1, 0);
        assert.equal(client.steps[0]?.value, output(runner, file));
      });
    }
  });

  describe(`${runner.name} runner, names of files`, () => {
    afterEach(() => {
      endAll();
      removeFolders();
    });

    const names = [
      "a.v2.py",
      "two words.py",
      "with-dash.py",
      "2nd.py",
      "100%.py",
      "what?#1.py",
      "größe.py",
      "été 文.py",
      ".hidden.py",
      "…",
    ];
    for (const name of names) {
      it(`can be ${name === "…" ? "in a folder with dots and spaces" : name}`, async () => {
        const path = name === "…" ? "a.b/c d-1%20/x.y/tasks.py" : name;
        const source = "import helper\n\n\ndef task():\n    yield helper.value\n    yield from helper.more()\n";
        const beside = path.replace(/[^/]*$/, "helper.py");
        const folder = folderWith({ [path]: source, [beside]: "value = 5\n\n\ndef more():\n    yield 6\n" });
        const client = await loaded(runner, join(folder, path), "task()");
        await client.run(1, 0, 0);
        assert.deepEqual(
          client.steps.map(({ value, point }) => [value, point?.file, point?.line]),
          [
            ["5", join(folder, path), 5],
            ["6", join(folder, beside), 5],
          ],
        );
      });
    }
  });
}
