// A runner is ready for the next session before it is started.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { begun, cleared, command, extension, settingOf, shown, viewAt } from "./host";

const languages = {
  JavaScript: { name: "whose.ts", text: "export function* whose() {\n  yield process.pid;\n}\n" },
  Python: { name: "whose.py", text: "import os\n\n\ndef whose():\n    yield os.getpid()\n" },
};

describe("the runner that is ready", function () {
  before(async () => {
    if (process.platform !== "linux") this.ctx.skip();
    await extension().activate();
  });
  afterEach(cleared);

  for (const [language, { name, text }] of Object.entries(languages)) {
    it(`is started when a file in ${language} shows lenses, and is taken by its session, after which there is another one`, async () => {
      await shown(name, text);
      const [pid = 0] = await ready(name);
      await begun(name, "whose");
      command("step");
      const { tasks } = await viewAt(1);
      assert.equal(tasks[0]?.value, String(pid));
      const [next = 0] = await ready(name, pid);
      const restored = await settingOf(name.endsWith("py") ? "pythonPath" : "nodePath", "");
      while (runners(name).includes(next)) await pause(50);
      await restored();
    });
  }
});

/** The runners that this process has started for files with the ending of a name, once there is one besides another. */
async function ready(name: string, besides?: number): Promise<number[]> {
  for (;;) {
    const found = runners(name).filter((pid) => pid !== besides);
    if (found.length > 0) return found;
    await pause(50);
  }
}

function runners(name: string): number[] {
  const main = name.endsWith("py") ? "dist/runner/python/main.py" : "dist/runner/javascript/main.js";
  return readdirSync("/proc")
    .filter((pid) => /^\d+$/.test(pid))
    .filter((pid) => isOurs(pid, main))
    .map(Number);
}

function isOurs(pid: string, main: string): boolean {
  try {
    const parent = /\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, "utf8"))?.[1];
    return parent === String(process.pid) && readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(main);
  } catch {
    return false;
  }
}
