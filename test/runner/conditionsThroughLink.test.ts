import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { everyRunner } from "./runners";
import { endAll, start } from "./starting";

const programs = {
  javascript: {
    "lib.ts": "export function* steps() {\n  yield 1;\n}\n",
    "main.ts": 'import { steps } from "./lib";\nexport { steps };\n',
  },
  python: { "lib.py": "def steps():\n    yield 1\n", "main.py": "from lib import steps\n" },
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
  });
}
