/** A runner that is started before a session needs it. */
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { runnerCommand } from "../../../src/session/interpreter/runners";
import { unheard } from "../../../src/session/process/runnerListener";
import type { RunnerCommand } from "../../../src/session/process/runnerProcess";
import { SpareRunner, spareRunner } from "../../../src/session/process/spareRunner";
import { dist, gone, isRunning, sessionOn, stopAll } from "../sessions";

/** Whoever runs the file leaves a mark beside it, and gives the id of the process. */
const programs = {
  JavaScript: {
    name: "marks.ts",
    text: `import { writeFileSync } from "node:fs";
      writeFileSync(__filename + ".ran", "");
      export function* pid() { yield process.pid; }`,
  },
  Python: {
    name: "marks.py",
    text: "import os\nopen(__file__ + '.ran', 'w').close()\ndef pid():\n    yield os.getpid()\n",
  },
};

for (const [language, { name, text }] of Object.entries(programs)) {
  describe(`a spare runner of ${language}`, () => {
    let folder: string;
    let file: string;
    let command: RunnerCommand;

    beforeEach(async () => {
      folder = mkdtempSync(join(tmpdir(), "yieldpoint-spare-"));
      file = join(folder, name);
      writeFileSync(file, text);
      const own = { executable: process.execPath, env: {} };
      command = { ...(await runnerCommand({ file, nodePath: process.execPath, pythonPath: "", own, dist })), input: "typed" };
    });

    afterEach(() => {
      stopAll();
      spareRunner.end();
      rmSync(folder, { recursive: true });
    });

    it("is taken by the next session, whose steps are its own", async () => {
      await spareRunner.keep(command, file);
      const { pid } = spareRunner;
      const session = await sessionOn(file);
      assert.equal(spareRunner.pid, undefined);
      await session.open();
      await session.add("pid()");
      await session.step();
      assert.equal(session.run.trace.at(1).value, String(pid));
      assert.equal(session.head, 1);
      assert.equal(session.run.runtime?.language, language.toLowerCase());
      assert.deepEqual(session.run.output.of(0), []);
    });

    it("has run nothing of the file before", async () => {
      await spareRunner.keep(command, file);
      assert.ok(!existsSync(`${file}.ran`));
      await (await sessionOn(file)).open();
      assert.ok(existsSync(`${file}.ran`));
    });

    it("loads the file as it is when it is taken", async () => {
      await spareRunner.keep(command, file);
      writeFileSync(file, language === "Python" ? "def other():\n    yield 7\n" : "export function* other() { yield 7; }\n");
      const session = await sessionOn(file);
      await session.open();
      await session.add("other()");
      await session.step();
      assert.equal(session.run.trace.at(1).value, "7");
    });

    it("is the same one as long as the command is", async () => {
      await spareRunner.keep(command, file);
      const { pid } = spareRunner;
      assert.ok(pid);
      await spareRunner.keep({ ...command }, file);
      assert.equal(spareRunner.pid, pid);
      await spareRunner.keep({ ...command, cwd: tmpdir() }, file);
      assert.notEqual(spareRunner.pid, pid);
      await gone(pid);
    });

    const others: Record<string, () => Partial<RunnerCommand>> = {
      "other arguments": () => ({ args: [...command.args, "observe"] }),
      "another folder": () => ({ cwd: tmpdir() }),
      "another environment": () => ({ env: { ...command.env, COLOUR: "blue" } }),
      "nothing to read": () => ({ input: resolve("package.json") }),
    };
    for (const [what, change] of Object.entries(others)) {
      it(`ends when a session needs one with ${what}`, async () => {
        await spareRunner.keep(command, file);
        const { pid = 0 } = spareRunner;
        assert.ok(isRunning(pid));
        assert.equal(spareRunner.take({ ...command, ...change() }, unheard), undefined);
        assert.equal(spareRunner.pid, undefined);
        await gone(pid);
      });
    }

    it("ends when nobody takes it", async () => {
      const brief = new SpareRunner(1);
      await brief.keep(command, file);
      while (brief.pid !== undefined) await new Promise(setImmediate);
    });

    it("is forgotten when its process ends", async () => {
      await spareRunner.keep(command, file);
      process.kill(spareRunner.pid ?? 0, "SIGKILL");
      while (spareRunner.pid !== undefined) await new Promise(setImmediate);
    });

    it("is not started if it could run code of the user's as it starts", async () => {
      for (const variable of ["NODE_OPTIONS", "PYTHONPATH"]) {
        await spareRunner.keep({ ...command, env: { ...command.env, [variable]: folder } }, file);
        assert.equal(spareRunner.pid, undefined);
      }
    });

    it("is none if the interpreter does not start", async () => {
      await spareRunner.keep({ ...command, executable: join(folder, "none") }, file);
      assert.equal(spareRunner.pid, undefined);
    });
  });
}
