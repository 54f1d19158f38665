import assert from "node:assert/strict";
import { cpSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { folderWith, removeFolders } from "../folder";
import { everyRunner } from "../runners";
import { endAll, startBare } from "../starting";

for (const runner of everyRunner.filter(({ language }) => language === "python")) {
  describe(`The bytecode of ${runner.name}`, () => {
    afterEach(() => {
      endAll();
      removeFolders();
    });

    /** The cached modules beside a copy of the runner and beside the user's files, after a task was created. */
    async function cached(...variables: string[]): Promise<{ runner: string[]; user: string[] }> {
      const user = folderWith({ "main.py": "import helper\ndef go():\n    yield helper.one\n", "helper.py": "one = 1\n" });
      const copy = folderWith({});
      const [executable = "", option = "", main = ""] = runner.command;
      cpSync(dirname(main), copy, { recursive: true, filter: (path) => !path.includes("__pycache__") });
      const command = ["env", "-u", "PYTHONDONTWRITEBYTECODE", ...variables, executable, option, join(copy, "main.py")];
      const client = startBare({ ...runner, command });
      await client.hello();
      await client.ask("load", { file: join(user, "main.py") });
      await client.ask("spawn", { task: 0, call: "go()" });
      return { runner: compiledIn(copy), user: compiledIn(user) };
    }

    it("is kept beside the runner, which then starts faster, and never beside the user's files", async () => {
      const { runner: own, user } = await cached();
      assert.ok(
        own.some((path) => path.includes("runner.cpython")),
        own.join(),
      );
      assert.deepEqual(user, []);
    });

    it("is kept nowhere if the user's environment says so", async () => {
      assert.deepEqual(await cached("PYTHONDONTWRITEBYTECODE=1"), { runner: [], user: [] });
    });
  });
}

function compiledIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".pyc"));
}
