import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { RuntimeTooOldError, UserCodeError } from "../../../src/session/common/errors";
import { runnerCommand } from "../../../src/session/interpreter/runners";
import type { Session } from "../../../src/session/session";
import { viewOf } from "../../../src/session/view/view";
import { tooOld } from "../../runner/runners";
import { dist, gone, sessionOn, stopAll, until } from "../sessions";

const tasksFile = resolve("test/fixtures/session/tasks.py");

async function sessionWith(...calls: string[]): Promise<Session> {
  const session = await sessionOn(tasksFile);
  await session.open();
  for (const call of calls) await session.add(call);
  return session;
}

function values(session: Session): string[] {
  return session.run.trace.window(1, session.head).map(({ value }) => value);
}

describe("a session in Python", () => {
  afterEach(stopAll);

  it("shows which Python runs", async () => {
    const session = await sessionWith("forever()");
    const { runtime, executable } = viewOf(session);
    assert.match(runtime, /^Python 3\.\d+\.\d+/);
    assert.match(executable, /python/);
  });

  it("steps its tasks in turn, and keeps each step unchanged", async () => {
    const session = await sessionWith("forever()", "up_to(9)");
    for (let step = 0; step < 4; step += 1) await session.step();
    assert.deepEqual(values(session), ["{'turn': 0}", "1", "{'turn': 1}", "2"]);
    session.select(1);
    const [task] = viewOf(session).tasks;
    assert.deepEqual([task?.value, task?.stack[0]?.function], ["{'turn': 0}", "forever"]);
    const { properties } = await session.run.inspections.expand(viewOf(session).detail?.value?.handle ?? -1, 0);
    assert.deepEqual(
      properties.map(({ name, value }) => `${name} ${value.text}`),
      ["'turn' 0"],
    );
  });

  it("pauses at the first return, then at an exception, and continues to the end", async () => {
    const session = await sessionWith("up_to(2)", "thrower()", "up_to(9)");
    assert.equal(await session.go(), "first-return");
    assert.equal(session.result?.value, "2");
    assert.equal(await session.go(), "threw");
    assert.equal(values(session).at(-1), "TypeError('on purpose')");
    assert.equal(await session.go(), "all-finished");
    assert.equal(session.status, "finished");
  });

  it("runs many steps, pauses, and restarts", async () => {
    const session = await sessionWith("forever()", "forever()");
    assert.equal(await session.go(100_000), "step-limit");
    const run = session.go();
    await until(session, () => session.head > 100_000);
    await session.pause();
    assert.equal(await run, "paused");
    await session.restart();
    await session.step();
    assert.deepEqual(values(session), ["{'turn': 0}"]);
  });

  it("assigns output to the step that printed it", async () => {
    const session = await sessionWith("prints('a')", "up_to(3)");
    await session.go();
    assert.deepEqual(session.run.output.of(1), [{ stream: "stdout", text: "a\n" }]);
    assert.deepEqual(session.run.output.of(3), [{ stream: "stderr", text: "a\n" }]);
  });

  it("continues after a call that does not return a generator", async () => {
    const session = await sessionWith("up_to(3)");
    for (const call of ["no_generator()", "missing()", "up_to("]) await assert.rejects(session.add(call), UserCodeError);
    assert.equal(await session.go(), "first-return");
  });

  for (const call of ["hangs()", "sleeps()"]) {
    it(`reports a task that never yields, and interrupts only that: ${call}`, async () => {
      const session = await sessionWith("forever()", call);
      const run = session.go();
      await until(session, () => session.run.hung !== undefined);
      assert.match(
        viewOf(session).notice?.message ?? "",
        /^\w+ has been running for \d+ s without returning control, now in \w+ at tasks\.py:\d+\.$/,
      );
      session.interrupt();
      assert.equal(await run, "interrupted");
      const before = session.head;
      await session.go(3);
      assert.equal(session.head, before + 3);
    });
  }

  it("interrupts a call that hangs", async () => {
    const session = await sessionWith("forever()");
    const add = session.add("hanging_call()");
    await until(session, () => session.run.hung !== undefined);
    session.interrupt();
    await assert.rejects(add, UserCodeError);
    await session.step();
    assert.equal(session.head, 1);
  });

  it("has failed when its process ends, and can be restarted", async () => {
    const session = await sessionWith("forever()", "exits()");
    await session.go(2);
    assert.equal(await session.go(), "failed");
    assert.match(viewOf(session).notice?.message ?? "", /exit code 3.*os\._exit\(3\)/);
    assert.equal(values(session)[1], "'once'");
    await session.restart();
    await session.step();
    assert.equal(session.head, 1);
  });

  it("leaves no process behind when it is stopped in a slice that never ends", async () => {
    const session = await sessionWith("hangs()");
    const pid = Number((await session.run.evaluate("runner_pid")).text);
    await session.step();
    const step = session.step();
    await until(session, () => session.status === "running");
    session.stop();
    await step;
    await gone(pid);
  });

  for (const { name, command } of tooOld) {
    it(`reports that ${name} is too old`, async () => {
      const session = await sessionOn(tasksFile, {
        command: { executable: command[0] ?? "", args: command.slice(1), cwd: dirname(tasksFile), env: {} },
      });
      await assert.rejects(session.open(), RuntimeTooOldError);
      assert.equal(session.status, "failed");
    });
  }
  if (tooOld.length === 0) it("says that a Python is too old: no such one is on this machine");
});

describe("the environment of a Python task", () => {
  const facts = `import os, sys
from .names import name

def facts():
    yield name
    yield __name__
    yield os.getcwd()
    yield os.environ["GREETING"]
    yield sys.prefix
`;
  let folder: string;

  beforeEach(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), "yieldpoint-")));
    await mkdir(join(folder, "project", "app"), { recursive: true });
    const files = {
      "pyproject.toml": "",
      ".env": 'GREETING="hello there"\nPYTHONDONTWRITEBYTECODE=1\n',
      "app/__init__.py": "",
      "app/names.py": 'name = "from the package"\n',
      "app/tasks.py": facts,
    };
    await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(folder, "project", name), text)));
  });

  afterEach(async () => {
    stopAll();
    await rm(folder, { recursive: true });
  });

  async function told(pythonPath: string): Promise<string[]> {
    const file = join(folder, "project", "app", "tasks.py");
    const own = { executable: process.execPath, env: {} };
    const command = await runnerCommand({ file, nodePath: "", pythonPath, own, dist });
    const session = await sessionOn(file, { command });
    await session.open();
    await session.add("facts()");
    await session.go(5);
    return values(session).map((value) => value.slice(1, -1));
  }

  it("has its package, the project's folder and .env file", async () => {
    assert.deepEqual((await told("")).slice(0, 4), ["from the package", "app.tasks", join(folder, "project"), "hello there"]);
  });

  it("is the one that a script runs, as pyenv's do", async function () {
    if (process.platform === "win32") this.skip();
    const script = join(folder, "python3");
    await writeFile(script, '#!/bin/sh\nexec python3 "$@"\n', { mode: 0o755 });
    assert.deepEqual(await told(script), await told(""));
  });

  it("has those of the selected virtual environment", async () => {
    const environment = join(folder, "environment");
    await promisify(execFile)("python3", ["-m", "venv", "--without-pip", environment]);
    const [bin, executable] = process.platform === "win32" ? ["Scripts", "python.exe"] : ["bin", "python"];
    assert.equal((await told(join(environment, bin, executable)))[4], environment);
  });
});
