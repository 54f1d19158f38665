// A new run replaces the current one only once it has its tasks.
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CallFailedError,
  RuntimeNotFoundError,
  ScheduleStepError,
  UserCodeError,
  type UserError,
} from "../../src/session/common/errors";
import { runnerCommand } from "../../src/session/interpreter/runners";
import { Recording } from "../../src/session/openedRecording";
import type { RunnerCommand } from "../../src/session/process/runnerProcess";
import type { Session, SessionOptions } from "../../src/session/session";
import { rowsOf, viewOf } from "../../src/session/view/view";
import { dist, isRunning, sessionOn, stopAll, until } from "./sessions";

/** The same file in both languages: its original text, and the texts that it may have when the session is restarted. */
const languages = {
  JavaScript: {
    name: "tally.ts",
    pid: "process.pid",
    good: "export function* tally(from: number) { for (let n = from; ; n += 1) yield n; }\n",
    throwing: "throw new RangeError('no luck');\n",
    unreadable: "export function* {",
    renamed: "export function* counter() { yield 1; }\n",
    noGenerator: "export function tally() { return 7; }\n",
    exiting: "process.exit(4);\n",
    hanging: "while (true) {}\n",
  },
  Python: {
    name: "tally.py",
    pid: "__import__('os').getpid()",
    good: "def tally(start):\n    n = start\n    while True:\n        yield n\n        n += 1\n",
    throwing: "raise ValueError('no luck')\n",
    unreadable: "def tally(:",
    renamed: "def counter():\n    yield 1\n",
    noGenerator: "def tally(start):\n    return 7\n",
    exiting: "import os\nos._exit(4)\n",
    hanging: "while True:\n    pass\n",
  },
};

for (const [language, program] of Object.entries(languages)) {
  describe(`a restart in ${language}`, () => {
    let folder: string;
    let file: string;

    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), "yieldpoint-restarts-"));
      file = join(folder, program.name);
      writeFileSync(file, program.good);
    });
    afterEach(() => {
      stopAll();
      rmSync(folder, { recursive: true, force: true });
    });

    for (const what of ["throwing", "unreadable", "renamed", "noGenerator", "exiting"] as const) {
      it(`that fails, since the file is now ${what}, leaves the current run unchanged`, async () => {
        const session = await begun();
        const before = await traitsOf(session);
        writeFileSync(file, program[what]);
        const isOfCall = what === "renamed" || what === "noGenerator";
        await assert.rejects(session.restart(), (error: UserError) => {
          assert.equal(error instanceof CallFailedError, isOfCall);
          if (error instanceof CallFailedError) assert.deepEqual([error.call, error.index], ["tally(5)", 0]);
          return error.remedy !== "";
        });
        assert.deepEqual(await traitsOf(session), before);
        await session.step();
        assert.deepEqual([session.head, rowsOf(session, 4, 1)[0]?.value], [4, "8"]);
        writeFileSync(file, program.good);
        await session.restart();
        assert.deepEqual([session.status, session.head, session.calls], ["paused", 0, ["tally(5)"]]);
        assert.notEqual((await traitsOf(session)).pid, before.pid);
      });
    }

    it("that hangs while the file is loaded can be cancelled, and the current run can continue", async () => {
      const session = await begun();
      const before = await traitsOf(session);
      writeFileSync(file, program.hanging);
      const restart = session.restart();
      await until(session, () => session.fresh?.hung !== undefined);
      assert.equal(viewOf(session).notice, undefined, "the run that is shown does not hang");
      session.cancelBegin();
      await restart;
      assert.deepEqual(await traitsOf(session), before);
      await session.step();
      assert.equal(session.head, 4);
    });

    it("lets the current run continue until the new one is ready", async () => {
      const session = await begun();
      const going = session.go();
      await until(session, () => session.head > 1_000);
      const { run } = session;
      await session.restart();
      assert.equal(await going, "stopped");
      assert.notEqual(session.run, run);
      assert.deepEqual([session.status, session.head], ["paused", 0]);
    });

    it("for a schedule with a bad call leaves the current run unchanged", async () => {
      const session = await begun();
      const before = await traitsOf(session);
      const replay = session.order.follow('round-robin; "tally(1)" "nobody()"; (0 1)*5');
      await assert.rejects(replay, (error: ScheduleStepError) => {
        assert.ok(error instanceof ScheduleStepError && error.cause instanceof UserCodeError);
        assert.match(error.message, /step 1: add="nobody\(\)": .*nobody/);
        return true;
      });
      assert.deepEqual(await traitsOf(session), before);
    });

    it("uses the interpreter that is set now, or reports why not", async () => {
      let now: () => Promise<RunnerCommand> = () => Promise.reject(new RuntimeNotFoundError("It is gone.", "Name another."));
      const session = await begun({ commandNow: () => now() });
      const before = await traitsOf(session);
      await assert.rejects(session.restart(), RuntimeNotFoundError);
      assert.deepEqual(await traitsOf(session), before);
      const command = await runnerCommand({ file, nodePath: process.execPath, pythonPath: "", own, dist });
      now = async () => ({ ...command, env: { ...command.env, INTERPRETER: "another" } });
      await session.restart();
      assert.equal(session.command.env.INTERPRETER, "another");
      assert.notEqual((await traitsOf(session)).pid, before.pid);
    });

    it("keeps the trace that it replaces, unless that has no steps", async () => {
      const kept: string[] = [];
      const session = await begun({ storage: folder, traceFile: "kept", keep: (path) => kept.push(path) });
      const rows = rowsOf(session, 1, 3);
      await session.order.restartSame("schedule"); // the new run reads its schedule from that trace
      assert.equal(kept.length, 1);
      assert.equal(await session.go(3), "schedule-over");
      assert.deepEqual(valuesOf(rowsOf(session, 1, 3)), valuesOf(rows));
      await session.restart();
      await session.restart();
      assert.equal(kept.length, 2);
      for (const path of kept) {
        const recording = new Recording(path, "file");
        assert.deepEqual([recording.head, valuesOf(rowsOf(recording, 1, 3))], [3, valuesOf(rows)]);
        recording.close();
      }
      session.dispose();
      assert.ok(kept.every((path) => existsSync(path)));
    });

    async function begun(options: Partial<SessionOptions> = {}): Promise<Session> {
      const session = await sessionOn(file, { until: "all", ...options });
      await session.open();
      await session.add("tally(5)");
      for (let step = 1; step <= 3; step += 1) await session.step();
      return session;
    }

    /** What must not change: the view, and the process. */
    async function traitsOf(session: Session): Promise<{ shown: unknown; pid: string }> {
      const { status, head, cursor, tasks, now, notice } = viewOf(session);
      const { text: pid } = await session.run.evaluate(program.pid);
      assert.ok(isRunning(Number(pid)));
      return { shown: { status, head, cursor, tasks, now, notice }, pid };
    }
  });
}

describe("an action during a restart", () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "yieldpoint-restarts-"));
    file = join(folder, "tally.ts");
    writeFileSync(file, languages.JavaScript.good);
  });
  afterEach(() => {
    stopAll();
    rmSync(folder, { recursive: true, force: true });
  });

  it("applies to the new run", async () => {
    const session = await begun();
    const restart = session.restart();
    const asked = [session.step(), session.step(), session.add("tally(100)")];
    await Promise.all([restart, ...asked]);
    assert.deepEqual([session.head, session.calls], [2, ["tally(1)", "tally(100)"]]);
  });

  it("applies to the current run if the restart fails", async () => {
    const session = await begun();
    writeFileSync(file, "throw 1;");
    const restart = session.restart();
    const steps = [session.step(), session.step()];
    await assert.rejects(restart);
    await Promise.all(steps);
    assert.equal(session.head, 3);
  });

  it("may be another restart, or a stop: the last one counts, and nothing fails", async () => {
    const session = await begun();
    await Promise.all([session.restart(), session.restart(), session.restart(["tally(7)"])]);
    assert.deepEqual([session.status, session.head, session.calls], ["paused", 0, ["tally(7)"]]);
    const restart = session.restart();
    session.stop();
    await restart;
    assert.equal(session.status, "stopped");
    await session.restart();
    await session.step();
    assert.equal(rowsOf(session, 1, 1)[0]?.value, "7");
  });

  it("is not performed if the restart is cancelled", async () => {
    const session = await begun();
    session.stop();
    const asked = [session.restart(), session.step(), session.go()];
    session.cancelBegin();
    await Promise.all(asked);
    assert.deepEqual([session.status, session.head], ["stopped", 1]);
  });

  it("that waits for its turn is dropped, and nothing fails", async () => {
    const session = await begun();
    const asked = [session.step(), session.step(), session.go(), session.restart(), session.pause()];
    await Promise.all(asked);
    assert.deepEqual([session.status, session.head], ["paused", 0]);
    const last = [session.step(), session.go(), session.walk(50), session.step()];
    session.stop();
    session.stop();
    await Promise.all(last);
    assert.equal(session.status, "stopped");
  });

  async function begun(): Promise<Session> {
    const session = await sessionOn(file, { until: "all" });
    await session.open();
    await session.add("tally(1)");
    await session.step();
    return session;
  }
});

const own = { executable: process.execPath, env: {} };

function valuesOf(rows: readonly { task: number; value: string }[]): unknown {
  return rows.map(({ task, value }) => [task, value]);
}
