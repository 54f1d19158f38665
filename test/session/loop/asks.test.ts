import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Recording } from "../../../src/session/openedRecording";
import { saveTrace } from "../../../src/session/recording/save";
import type { Session, SessionOptions } from "../../../src/session/session";
import { rowsOf, viewOf } from "../../../src/session/view/view";
import type { Viewed } from "../../../src/session/view/viewed";
import { ended, start } from "../../cli/commandLine";
import { sessionOn, stopAll, until } from "../sessions";

const asked = (session: Session) => until(session, () => session.takesInput?.asks !== undefined);
const values = (session: Viewed) => rowsOf(session, 1, 100).map(({ value }) => value.replaceAll(/["']/g, ""));
const output = (session: Viewed) => viewOf(session).detail?.soFar?.pieces.map(({ stream, text }) => `${stream} ${text}`);

for (const file of ["asks.ts", "asks.py"].map((name) => resolve("test/fixtures/session", name))) {
  async function asking(calls: readonly string[], options: Partial<SessionOptions> = {}): Promise<Session> {
    const session = await sessionOn(file, { until: "all", ...options });
    await session.open();
    for (const call of calls) await session.add(call);
    return session;
  }

  describe(`a session of ${file.slice(-7)} that reads standard input`, () => {
    afterEach(stopAll);

    it("says who asks and where, and goes on with what is typed", async () => {
      const session = await asking(["greets(2)", "counts()"]);
      const stepped = session.step();
      await asked(session);
      assert.match(session.takesInput?.asks ?? "", /^greets asks for a line of standard input, in \w+ at asks\.(ts|py):\d+$/);
      assert.equal(session.takesInput?.prompt, "name? ");
      assert.equal(session.shownStatus, "running");
      assert.equal(viewOf(session).notice, undefined);
      session.give("<b>ann</b>\n");
      await stepped;
      assert.equal(session.takesInput, undefined);
      assert.deepEqual(values(session), ["<b>ann</b>"]);
      assert.deepEqual(output(session), ["stdout name? ", "stdin <b>ann</b>\n"]);
    });

    it("reads the end of the input, and is not asked again", async () => {
      const session = await asking(["greets(3)"]);
      const went = session.go();
      await asked(session);
      session.give();
      await went;
      assert.deepEqual(values(session).slice(0, 3), ["the end", "the end", "the end"]);
    });

    it("rests after the step that asks if it is paused meanwhile, and can be stopped", async () => {
      const session = await asking(["greets(2)", "counts()"]);
      const went = session.go();
      await asked(session);
      const paused = session.pause();
      session.give("ann\n");
      await paused;
      assert.equal(await went, "paused");
      const again = session.step().catch(() => undefined);
      const more = session.step().catch(() => undefined);
      await asked(session);
      session.stop();
      await Promise.all([again, more]);
      assert.equal(session.takesInput, undefined);
      assert.equal(session.status, "stopped");
    });

    it("asks anew after a restart, also while it asks", async () => {
      const session = await asking(["greets(1)"]);
      const stepped = session.step().catch(() => undefined);
      await asked(session);
      await session.restart();
      await stepped;
      assert.deepEqual([session.head, session.takesInput], [0, undefined]);
      const went = session.step();
      await asked(session);
      session.give("bob\n");
      await went;
      assert.deepEqual(values(session), ["bob"]);
    });

    it("is given again what was typed: in a replay, a branch and a rebuilt step", async () => {
      const session = await asking(["greets(3)", "counts()"]);
      const went = session.go(5);
      for (const name of ["ann", "bob"]) {
        await asked(session);
        session.give(`${name}\n`);
      }
      await asked(session);
      session.give();
      await went;
      assert.deepEqual(values(session), ["ann", "1", "bob", "2", "the end"]);
      const before = output(session);
      session.select(3);
      await session.rebuild();
      assert.equal(session.rebuilding.state, undefined);
      await session.order.restartSame("schedule");
      await session.go();
      assert.deepEqual(values(session), ["ann", "1", "bob", "2", "the end"]);
      assert.deepEqual(output(session), before);
      session.select(2);
      const forked = session.branches.fork(0);
      await asked(session);
      session.give("eve\n");
      await forked;
      assert.deepEqual(values(session), ["ann", "1", "eve"]);
    });

    it("shows in a saved trace what was typed, which the command line gives again", async () => {
      const session = await asking(["greets(2)"]);
      const went = session.go();
      for (const name of ["ann", "bob"]) {
        await asked(session);
        session.give(`${name}\n`);
      }
      await went;
      const folder = await mkdtemp(join(tmpdir(), "yieldpoint-"));
      try {
        const path = join(folder, "saved.yieldtrace");
        await saveTrace(session, path);
        const recording = new Recording(path, "file");
        recording.select(2);
        assert.deepEqual(output(recording), ["stdout name? ", "stdin ann\n", "stdout name? ", "stdin bob\n"]);
        recording.close();
        const replayed = await ended(start("trace", file, "--against", path));
        assert.equal(replayed.code, 0, replayed.stderr);
        assert.match(replayed.stdout, /bob/);
      } finally {
        await rm(folder, { recursive: true });
      }
    });

    it("can be asked by a thread, and while the file is loaded", async () => {
      const threads = await asking(["thread()"], { threads: "lines" });
      const went = threads.go();
      await asked(threads);
      threads.give("ann\n");
      await went;
      assert.match(values(threads).at(-1) ?? "", /ann/);
      process.env.YIELDPOINT_TEST_ASKS = "yes";
      try {
        const session = await sessionOn(file);
        const opened = session.open();
        await asked(session);
        assert.match(session.takesInput?.asks ?? "", /^The program asks/);
        session.give("ann\n");
        await opened;
        const restarted = session.restart();
        await asked(session);
        session.give("bob\n");
        await restarted;
        assert.deepEqual(output(session), ["stdout who? ", "stdin bob\n", "stdout hello bob\n"]);
      } finally {
        delete process.env.YIELDPOINT_TEST_ASKS;
      }
    });

    if (file.endsWith(".py")) {
      it("no longer asks when the slice was interrupted", async () => {
        const session = await asking(["greets(1)", "counts()"]);
        const stepped = session.step();
        await asked(session);
        session.interrupt();
        await stepped;
        assert.match(values(session)[0] ?? "", /Interrupt/);
        assert.equal(session.takesInput, undefined);
        await session.step();
        assert.equal(session.head, 2);
      });
    }

    it("takes several lines at once, and very long ones", async () => {
      const session = await asking(["greets(3)"]);
      const went = session.go();
      await asked(session);
      const long = "x".repeat(file.endsWith(".py") ? 3_000_000 : 100_000);
      session.give(`ann\nbob\n${long}`);
      await went;
      assert.deepEqual(values(session).slice(0, 2), ["ann", "bob"]);
      assert.ok(values(session)[2]?.startsWith("xxx"));
    });

    it("does not freeze while it is asked a thousand times", async () => {
      const session = await asking(["greets(1000)"]);
      session.onChange(() => session.takesInput?.asks !== undefined && session.give("again\n"));
      assert.equal(await session.go(), "all-finished");
      assert.equal(session.head, 1_001);
    });

    it("gives processes nothing to read", async () => {
      const session = await asking(["greets(1)"], { processes: true });
      await session.step();
      assert.deepEqual(values(session), ["the end"]);
    });
  });
}
