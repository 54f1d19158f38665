/**
 * The file is loaded once in each process. What goes wrong in one of them concerns only the task that would have run there.
 */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Session } from "../../../src/session/session";
import { rowsOf } from "../../../src/session/view/view";
import { folderWith, removeFolders } from "../../runner/folder";
import { sessionOn, stopAll } from "../sessions";

const own = {
  "own.ts": {
    good: 'console.log("loaded");\nexport function* task() {\n  yield 1;\n}\n',
    bad: { "throws an error": 'throw new Error("not again");', "ends its process": "process.exit(5);" },
    dies: "process.kill(process.pid, 'SIGKILL')",
  },
  "own.py": {
    good: 'import os, signal\nprint("loaded")\ndef task():\n  yield 1\n',
    bad: { "throws an error": 'raise Exception("not again")\n', "ends its process": "import os\nos._exit(5)\n" },
    dies: "os.kill(os.getpid(), signal.SIGKILL)",
  },
};

for (const [name, { good, bad, dies }] of Object.entries(own)) {
  describe(`${name}, loaded by several processes`, () => {
    afterEach(() => {
      stopAll();
      removeFolders();
    });

    async function begun(): Promise<{ readonly session: Session; readonly file: string }> {
      const file = join(folderWith({ [name]: good }), name);
      const session = await sessionOn(file, { until: "all", processes: true });
      await session.open();
      await session.add("task()");
      return { session, file };
    }

    async function runsTwo(session: Session): Promise<void> {
      await session.add("task()");
      assert.equal(await session.go(Number.POSITIVE_INFINITY), "all-finished");
      assert.deepEqual(
        rowsOf(session, 1, 4)
          .map(({ task, event }) => `${task} ${event}`)
          .toSorted(),
        ["0 returned", "0 yielded", "1 returned", "1 yielded"],
      );
    }

    it("prints before the first step", async () => {
      const { session } = await begun();
      await session.add("task()");
      const printed = session.run.output.entries.map(({ step, text }) => `${step} ${text}`);
      assert.equal(printed.join("").match(/loaded/g)?.length, 2);
      assert.ok(printed.every((each) => each.startsWith("0 ")));
    });

    for (const [how, text] of Object.entries(bad)) {
      it(`can be loaded for a task after it ${how} in another process`, async () => {
        const { session, file } = await begun();
        writeFileSync(file, text);
        await assert.rejects(session.add("task()"), /not again|exit code 5|process\.exit\(\)/);
        assert.equal(session.status, "paused");
        writeFileSync(file, good);
        await runsTwo(session);
      });
    }

    it("can be loaded for a task after a call that has killed its process", async () => {
      const { session } = await begun();
      await assert.rejects(session.add(dies), /SIGKILL/);
      await runsTwo(session);
    });
  });
}
