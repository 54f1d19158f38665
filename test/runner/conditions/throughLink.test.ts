import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { everyRunner } from "../runners";
import { endAll, start } from "../starting";

const programs = {
  javascript: {
    "lib.ts": "export function* steps() {\n  yield 1;\n  yield 2;\n}\nconst own = 1;\n",
    "main.ts": 'import { steps } from "./lib";\nexport { steps };\n',
  },
  python: { "lib.py": "def steps():\n    yield 1\n    yield 2\n\nown = 1\n", "main.py": "from lib import steps\n" },
};

for (const runner of everyRunner) {
  describe(`${runner.name} runner, conditions in a folder that is opened through a symbolic link`, () => {
    let folder = "";

    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), "yieldpoint-link-"));
      mkdirSync(join(folder, "real"));
      const files = programs[runner.language as keyof typeof programs];
      for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, "real", name), text);
      symlinkSync(join(folder, "real"), join(folder, "link"), "junction");
    });

    afterEach(() => {
      endAll();
      rmSync(folder, { recursive: true });
    });

    it("are met at a line of an imported file, by its path through the link", async () => {
      const inside = { ...runner, fixtures: join(folder, "link") };
      const client = await start(inside, "main", "steps()");
      const line = { file: join(folder, "link", `lib${runner.extension}`), line: 2 };
      const met = await client.ask("advance", { from: 1, plan: { picks: [0], times: 9 }, until: [{ id: 1, line }] });
      assert.deepEqual(met, { ran: 1, stopped: "condition", condition: { id: 1 } });
    });

    it("find a module by any path to its file", async () => {
      const inside = { ...runner, fixtures: join(folder, "link") };
      const client = await start(inside, "main", "steps()");
      for (const [at, file] of ["link", "real"].entries()) {
        const library = { id: 1, module: join(folder, file, `lib${runner.extension}`), expression: "own", isNot: null };
        const main = { ...library, id: 2, module: join(folder, file, `main${runner.extension}`) };
        const until = [{ ...main, expression: "steps" }, library];
        const met = await client.ask("advance", { from: 2 * at + 1, plan: { picks: [0], times: 1 }, until });
        assert.deepEqual(met, { ran: 1, stopped: "condition", condition: { id: 1 } });
        await client.ask("spawn", { task: at + 1, call: "steps()" });
        const both = [library, { ...main, expression: "steps" }];
        const over = await client.ask("close", { from: 2 * at + 2, task: at + 1, until: both });
        assert.deepEqual(over, { ran: 1, stopped: "condition", condition: { id: 2 } });
      }
    });
  });
}
