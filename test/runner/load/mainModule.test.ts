/**
 * A file is loaded for its functions: the code that is only for the case that an interpreter runs the file does not run, in whatever way it
 * is written. All the same, the program finds itself where it looks for the file that is run.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import type { RunnerClient } from "../client";
import { searchAll, startSearch } from "../explore/searching";
import { folderWith, removeFolders } from "../folder";
import { everyRunner } from "../runners";
import { endAll, startBare } from "../starting";

const programs = {
  "es.mjs": `import { basename, dirname, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
const ran = [];
if (process.argv[1] === fileURLToPath(import.meta.url)) ran.push(1);
if (import.meta.url === pathToFileURL(process.argv[1]).href) ran.push(2);
if (resolve(process.argv[1]) === import.meta.filename) ran.push(3);
if (import.meta.main) ran.push(4);
export function* task() { const found = [ran.length, dirname(process.argv[1]) === import.meta.dirname, basename(process.argv[1]), process.argv.length].join(); yield found; return found; }`,
  "common.cjs": `const { basename, dirname } = require("node:path");
const ran = [];
if (require.main === module) ran.push(1);
if (!module.parent) ran.push(2);
if (process.mainModule === module) ran.push(3);
if (require.main.filename === __filename) ran.push(4);
if (process.argv[1] === __filename) ran.push(5);
function* task() { const found = [ran.length, dirname(require.main.filename) === __dirname, basename(process.argv[1]), process.argv.length].join(); yield found; return found; }`,
  "program.py": `import os, sys
import __main__
ran = []
if __name__ == "__main__":
    ran.append(1)
def task():
    from __main__ import ran as found
    here = os.path.dirname(__file__)
    facts = [len(ran), found is ran and os.path.dirname(__main__.__file__) == here, sys.argv[0] == __file__, len(sys.argv)]
    text = ",".join(map(str, facts))
    yield text
    return text
`,
};

const expected: Readonly<Record<string, string>> = {
  "es.mjs": "0,true,es,2",
  "common.cjs": "0,true,common,2",
  "program.py": "0,True,True,1",
};

async function firstValue(client: RunnerClient): Promise<string> {
  const { length } = client.steps;
  await client.ask("spawn", { task: 0, call: "task()" });
  await client.run(1, 0);
  return client.steps[length]?.value.slice(1, -1) ?? "";
}

for (const runner of everyRunner) {
  describe(`${runner.name} runner, the main part of a program`, () => {
    afterEach(() => {
      endAll();
      removeFolders();
    });

    const own = Object.keys(programs).filter((file) => file.endsWith(".py") === (runner.language === "python"));
    for (const file of own) {
      it(`does not run in ${file}, also after a reset`, async () => {
        const client = startBare(runner);
        await client.hello();
        await client.ask("load", { file: join(folderWith(programs), file) });
        assert.equal(await firstValue(client), expected[file]);
        await client.ask("reset", {});
        assert.equal(await firstValue(client), expected[file]);
      });

      it(`does not run in ${file} when its orders are explored`, async () => {
        const path = join(folderWith(programs), file);
        const client = await startSearch(runner, file, ["task()", runner.language === "python" ? "__main__.task()" : "task()"], {
          file: path,
        });
        const { found } = await searchAll(client);
        const values = found.flatMap(({ outcome }) => outcome.tasks.map(({ value }) => value?.slice(1, -1)));
        assert.deepEqual(values, [expected[file], expected[file]]);
      });
    }
  });
}
