/**
 * Programs that do not answer: a module that never finishes loading, and a process that is suspended from outside.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { mock } from "node:test";
import type { Session } from "../../src/session/session";
import { viewOf } from "../../src/session/view/view";
import { folderWith, removeFolders } from "../runner/folder";
import { gone, sessionOn, stopAll, until } from "../session/sessions";
import { isSuspended, languages } from "./programs";

const programs = {
  JavaScript: {
    name: "program.cjs",
    text: "function* counts() {\n  for (let n = 1; n < 4; n += 1) yield n;\n}\n",
    endless: "for (;;);\n",
    pid: "process.pid",
  },
  Python: {
    name: "program.py",
    text: "def counts():\n    for n in range(1, 4):\n        yield n\n",
    endless: "while True:\n    pass\n",
    pid: "__import__('os').getpid()",
  },
};

for (const language of languages) {
  const { name, text, endless, pid } = programs[language];

  describe(`a program in ${language} that does not answer`, () => {
    afterEach(() => {
      mock.timers.reset();
      stopAll();
      removeFolders();
    });

    async function sessionOf(source: string): Promise<Session> {
      return sessionOn(join(folderWith({ [name]: source }), name), { until: "all" });
    }

    it("is named while it is loaded, and can be stopped", async () => {
      const session = await sessionOf(endless);
      const open = session.open();
      await until(session, () => session.run.hung !== undefined);
      assert.match(viewOf(session).notice?.message ?? "", /^The file has been running for \d+ s without returning control/);
      session.stop();
      await assert.rejects(open);
      assert.equal(session.status, "stopped");
    });

    for (const { signal, ends, title } of [
      { signal: "SIGCONT", ends: "finished", title: "goes on after it was suspended" },
      { signal: "SIGKILL", ends: "failed", title: "is said to be killed while it was suspended" },
    ] as const) {
      it(title, async () => {
        const session = await sessionOf(text);
        await session.open();
        await session.add("counts()");
        const runner = Number((await session.run.evaluate(pid)).text);
        process.kill(runner, "SIGSTOP");
        const going = session.go(Number.POSITIVE_INFINITY);
        process.kill(runner, signal);
        await going;
        assert.equal(session.status, ends);
      });
    }

    for (const { signal, ends, said, title } of [
      { signal: "SIGCONT", ends: "finished", said: undefined, title: "until it answers" },
      { signal: "SIGKILL", ends: "failed", said: /was ended by SIGKILL/, title: "until it is killed" },
    ] as const) {
      it(`is named with its process while it is suspended, ${title}`, async () => {
        mock.timers.enable({ apis: ["setInterval"] });
        const session = await sessionOf(text);
        await session.open();
        await session.add("counts()");
        const runner = Number((await session.run.evaluate(pid)).text);
        mock.timers.tick(60_000);
        assert.equal(viewOf(session).notice, undefined, "nothing is awaited");
        process.kill(runner, "SIGSTOP");
        while (!isSuspended(runner)) await new Promise(setImmediate);
        const step = session.step();
        while (!session.run.isAdvancing) await new Promise(setImmediate);
        mock.timers.tick(11_000);
        const { status, notice } = viewOf(session);
        assert.match(notice?.message ?? "", new RegExp(`^The process .*, process ID ${runner}\\) has not answered for 11 s`));
        assert.deepEqual([status, notice?.actions], ["running", ["restart", "stop"]]);
        process.kill(runner, signal);
        await step;
        await session.go(Number.POSITIVE_INFINITY).catch(() => undefined);
        assert.equal(session.status, ends);
        const after = viewOf(session).notice?.message;
        if (said) assert.match(after ?? "", said);
        else assert.equal(after, undefined);
      });
    }

    it("is ended by a restart while it is suspended, and the new process runs", async () => {
      const session = await sessionOf(text);
      await session.open();
      await session.add("counts()");
      const runner = Number((await session.run.evaluate(pid)).text);
      process.kill(runner, "SIGSTOP");
      const step = session.step();
      await session.restart();
      await step;
      await gone(runner);
      await session.go(Number.POSITIVE_INFINITY);
      assert.equal(session.status, "finished");
    });
  });
}
