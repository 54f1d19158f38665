import assert from "node:assert/strict";
import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import fc from "fast-check";
import * as v from "valibot";
import { View } from "../../src/protocol/panel";
import { UserCodeError } from "../../src/session/common/errors";
import type { Session } from "../../src/session/session";
import { rowsOf, viewOf } from "../../src/session/view/view";
import { gone, pidOf, sessionOn, sessionWith, stopAll, tasksFile, until } from "./sessions";

function notice(session: Session): string {
  return v.parse(View, structuredClone(viewOf(session))).notice?.message ?? "";
}

describe("when the file is gone", () => {
  afterEach(stopAll);

  it("a restart reports that, and works once the file is back", async () => {
    const folder = await mkdtemp(join(tmpdir(), "yieldpoint-"));
    const file = join(folder, "tasks.ts");
    const text = "export function* once() { yield 1; }";
    await writeFile(file, text);
    const session = await sessionOn(file);
    await session.open();
    await session.add("once()");
    await rm(file);
    await assert.rejects(session.restart(), {
      message: `There is no file ${file} any more.`,
      remedy: "Bring it back, or start a session with another file.",
    });
    await writeFile(file, text);
    await session.restart();
    assert.equal(session.status, "paused");
    await rm(folder, { recursive: true });
  });
});

describe("when the process ends by itself", () => {
  afterEach(stopAll);

  for (const [call, why] of [
    ["exits()", /exit code 3/],
    ["dies()", /SIGKILL/],
  ] as const) {
    it(`in ${call}, the session has failed, the trace stays, and Restart works`, async () => {
      const session = await sessionWith(["forever()", call]);
      await session.go(2);
      assert.equal(await session.go(), "failed");
      assert.equal(session.status, "failed");
      assert.match(notice(session), why);
      assert.equal(session.run.trace.at(2).value, '"once"');
      await session.restart();
      await session.step();
      assert.deepEqual({ status: session.status, head: session.head }, { status: "paused", head: 1 });
    });
  }

  it("while it is paused, the session has failed", async () => {
    const session = await sessionWith(["forever()"]);
    await session.go(3);
    process.kill(await pidOf(session), "SIGKILL");
    await until(session, () => session.status === "failed");
    assert.match(notice(session), /SIGKILL.*step 3/);
  });

  for (const [language, file, pid] of [
    ["JavaScript", "rebuilding.ts", "process.pid"],
    ["Python", "rebuilding.py", "__import__('os').getpid()"],
  ] as const) {
    it(`in a run of ${language} at full speed, every received step can be read, selected and rebuilt`, async () => {
      const session = await sessionOn(resolve("test/fixtures/session", file), { until: "all" });
      await session.open();
      for (const call of ["counts(1)", "counts(2)"]) await session.add(call);
      const { text } = await session.run.evaluate(pid);
      const run = session.go();
      await until(session, () => session.head > 200_000);
      process.kill(Number(text), "SIGKILL");
      assert.equal(await run, "failed");
      assert.match(notice(session), /SIGKILL.*trace up to step \d+ can still be read/);
      const { head } = session;
      assert.deepEqual(
        rowsOf(session, head - 1, 5).map(({ step }) => step),
        [head - 1, head],
      );
      assert.equal(viewOf(session).tasks[0]?.steps, Math.ceil(head / 2));
      session.goTo("firstOfTask", { task: 1 });
      assert.equal(session.cursor, 2);
      session.select(100_001);
      await session.rebuild();
      const locals = viewOf(session).detail?.frames[0]?.locals ?? [];
      assert.equal(locals.find(({ name }) => name === "n")?.value.text, "50000");
    });
  }

  it("every pending request is settled, at any time", async () => {
    const moments = fc.record({ steps: fc.nat(3), changes: fc.integer({ min: 1, max: 12 }) });
    await fc.assert(
      fc.asyncProperty(moments, async ({ steps, changes }) => {
        const session = await sessionWith(["forever()", "upTo(1e9)"]);
        const pid = await pidOf(session);
        let seen = 0;
        session.onChange(() => {
          seen += 1;
          if (seen === changes) process.kill(pid, "SIGKILL");
        });
        const asked: Promise<unknown>[] = Array.from({ length: steps }, () => session.step());
        asked.push(session.go(), session.add("upTo(5)"), session.run.evaluate("1"), session.pause());
        await Promise.allSettled(asked);
        await until(session, () => session.status === "failed");
      }),
      { numRuns: 8 },
    );
  });
});

describe("no process is left behind", () => {
  afterEach(stopAll);

  it("after stop", async () => {
    const session = await sessionWith(["forever()"]);
    const pid = await pidOf(session);
    void session.go();
    session.stop();
    await gone(pid);
  });

  it("after stop in a slice that does not end", async () => {
    const session = await sessionWith(["hangs()"]);
    const pid = await pidOf(session);
    await session.step();
    const step = session.step();
    await until(session, () => session.status === "running");
    session.stop();
    await step;
    await gone(pid);
  });

  it("after restart", async () => {
    const session = await sessionWith(["forever()"]);
    const pid = await pidOf(session);
    await session.restart();
    assert.notEqual(await pidOf(session), pid);
    await gone(pid);
  });

  it("after stop while the file loads, which is not reported as a failure", async () => {
    const session = await sessionOn(tasksFile);
    const open = session.open();
    session.stop();
    await assert.rejects(open);
    assert.deepEqual({ status: session.status, failure: session.failure }, { status: "stopped", failure: undefined });
  });

  it("after restart and stop at once", async () => {
    const session = await sessionWith(["forever()"]);
    const restart = session.restart();
    session.stop();
    await restart;
    assert.equal(session.status, "stopped");
  });
});

describe("a task that never yields", () => {
  afterEach(stopAll);

  it("is named, and the other tasks continue after an interrupt", async () => {
    const session = await sessionWith(["forever()", "hangs()"]);
    const run = session.go();
    await until(session, () => session.run.hung !== undefined);
    assert.match(
      notice(session),
      /^hangs has been running for \d+ s without returning control, now in hangs at tasks\.ts:\d+\.$/,
    );
    assert.equal(viewOf(session).tasks[1]?.state, "running");
    session.interrupt();
    assert.equal(await run, "interrupted");
    assert.equal(notice(session), "");
    assert.equal(session.run.trace.at(session.head).event, "threw");
    const before = session.head;
    await session.go(3);
    assert.equal(session.head, before + 3);
  });

  it("may be a call, and can be interrupted too", async () => {
    const session = await sessionWith(["forever()"]);
    const add = session.add("hangingCall()");
    await until(session, () => session.run.hung !== undefined);
    session.interrupt();
    await assert.rejects(add, UserCodeError);
    await session.step();
    assert.equal(session.head, 1);
  });
});

describe("a file that is temporarily invalid", () => {
  afterEach(stopAll);

  it("runs with the same calls once it is corrected", async () => {
    const folder = await mkdtemp(join(tmpdir(), "yieldpoint-"));
    try {
      const file = join(folder, "tasks.ts");
      await copyFile(tasksFile, file);
      const session = await sessionOn(file);
      await session.open();
      await session.add("forever()");
      await session.add("upTo(3)");
      await writeFile(file, "export function* {");
      await assert.rejects(session.restart(), UserCodeError);
      assert.equal(session.status, "paused");
      await writeFile(file, "export function* forever() { yield 1; }");
      await assert.rejects(session.restart(), UserCodeError);
      await copyFile(tasksFile, file);
      await session.restart();
      assert.deepEqual(
        session.run.scheduler.tasks.map(({ call }) => call),
        ["forever()", "upTo(3)"],
      );
      session.stop();
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
