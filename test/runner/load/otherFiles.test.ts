// Tasks of several files in one program: each call sees its own file, and a file that is also imported exists once.
import assert from "node:assert/strict";
import { join } from "node:path";
import { folderWith, removeFolders } from "../folder";
import { refusal } from "../refusal";
import { everyRunner } from "../runners";
import { endAll, startBare } from "../starting";

const programs = {
  javascript: {
    "main.ts": 'import { total } from "./shared";\nexport function* main() {\n  yield total.of;\n}\nconst name = "main";\n',
    "shared.ts":
      'export const total = { of: 1 };\nconst name = "shared";\nexport function* adds() {\n  total.of += 10;\n  yield name;\n}\n',
    "alone.ts": 'const name = "alone";\nfunction* says(): Generator<string> {\n  const heard = yield name;\n  yield heard;\n}\n',
    "broken.ts": "const a = ;\n",
  },
  python: {
    "main.py": 'import shared\ndef main():\n    yield shared.total[0]\nname = "main"\n',
    "shared.py": 'total = [1]\nname = "shared"\ndef adds():\n    total[0] += 10\n    yield name\n',
    "alone.py": 'name = "alone"\ndef says():\n    heard = yield name\n    yield heard\n',
    "broken.py": "def a(:\n",
  },
};

for (const runner of everyRunner) {
  describe(`${runner.name} runner, tasks of several files`, () => {
    const extension = runner.language === "python" ? "py" : "ts";
    let folder: string;
    before(() => {
      folder = folderWith(programs[runner.language as keyof typeof programs]);
    });
    after(removeFolders);
    afterEach(endAll);

    const path = (name: string) => join(folder, `${name}.${extension}`);
    async function begun() {
      const client = startBare(runner);
      await client.ask("load", { file: path("main") });
      return client;
    }

    it("are evaluated in their own file, of which there is one instance", async () => {
      const client = await begun();
      await client.ask("spawn", { task: 0, call: "adds()", file: path("shared") });
      const spawned = await client.ask("spawn", { task: 1, call: "says()", file: path("alone") });
      assert.deepEqual([spawned.name, spawned.point?.file, spawned.point?.line], ["says", path("alone"), 2]);
      await client.ask("spawn", { task: 2, call: "main()" });
      await client.run(1, 0, 1, 2);
      const quoted = runner.words.quoted;
      assert.deepEqual(
        client.steps.map(({ value }) => value),
        [quoted("shared"), quoted("alone"), "11"],
      );
      assert.deepEqual([...new Set(client.points.map(({ file }) => file))].sort(), [path("alone"), path("main"), path("shared")]);
      assert.equal((await client.ask("evaluate", { expression: "name" })).text, quoted("main"));
    });

    it("receive values of their own file", async () => {
      const client = await begun();
      await client.ask("spawn", { task: 0, call: "says()", file: path("alone") });
      await client.run(1, 0);
      await client.ask("send", { from: 2, task: 0, expression: "name" });
      assert.equal(client.steps.at(-1)?.value, runner.words.quoted("alone"));
    });

    it("are new in a new instance", async () => {
      const client = await begun();
      const add = () => client.ask("spawn", { task: 0, call: "adds()", file: path("shared") });
      await add();
      await client.run(1, 0);
      await client.ask("reset", {});
      await add();
      await client.ask("spawn", { task: 1, call: "main()" });
      await client.run(1, 0, 1);
      assert.equal(client.steps.at(-1)?.value, "11");
    });

    it("are not created if their file cannot be loaded, and the error has its place", async () => {
      const client = await begun();
      const failure = await refusal(client.ask("spawn", { task: 0, call: "a()", file: path("broken") }));
      assert.deepEqual([failure.file, failure.line], [path("broken"), 1]);
      assert.ok(await refusal(client.ask("spawn", { task: 0, call: "a()", file: path("missing") })));
      await client.ask("spawn", { task: 0, call: "main()" });
    });
  });
}
