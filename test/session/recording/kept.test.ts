import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { encodeChunk } from "../../../src/protocol/chunk";
import type { Row } from "../../../src/protocol/panel";
import { Recording } from "../../../src/session/openedRecording";
import { scheduleTextOf } from "../../../src/session/order/scheduleExport";
import type { RunnerCommand } from "../../../src/session/process/runnerProcess";
import { adopt, leave, removeOrphans } from "../../../src/session/recording/orphanedFiles";
import { saveTrace } from "../../../src/session/recording/save";
import type { Session, SessionOptions } from "../../../src/session/session";
import { rowsOf, viewOf } from "../../../src/session/view/view";
import type { Viewed } from "../../../src/session/view/viewed";
import { whyOf } from "../../unit/session/recording/viewed";
import { fakeRunner } from "../process/fakeRunner";
import { pidOf, sessionWith, stopAll, tasksFile, until } from "../sessions";

/** More than two segments. */
const steps = 150_000;

describe("a trace that is kept", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "yieldpoint-kept-"));
  });
  afterEach(() => {
    stopAll();
    rmSync(folder, { recursive: true, force: true });
  });

  it("can be read while its session lives, as after a crash, except for what came after the last write", async () => {
    const session = await kept(["forever()", 'prints("a\\nb")', "forever()"]);
    session.watches.add("runnerPid > 0");
    for (let step = 1; step <= 3; step += 1) {
      await session.step();
      session.checkpoint();
    }
    await session.go(steps);
    session.checkpoint();
    await looksTheSame(new Recording(fileOf(session), "reload"), session);
    await session.order.setPolicy("lottery:seed=4");
    session.checkpoint();
    await session.order.setPolicy("random:seed=4"); // in the same position
    await session.order.pick(0);
    await session.step();
    await session.order.hold(2);
    await session.step();
    session.checkpoint();
    await looksTheSame(new Recording(fileOf(session), "reload"), session);
  });

  it("has reasons only for steps up to which all changes of the order are known", async () => {
    const session = await kept(["forever()", "forever()"]);
    await session.go(100);
    session.checkpoint();
    await session.order.setPolicy("fcfs");
    await session.go(steps);
    const recording = new Recording(fileOf(session), "reload");
    assert.ok(recording.head >= 65_536);
    assert.deepEqual([await whyOf(recording, 100), await whyOf(recording, 101)], ["next in the ring", undefined]);
    assert.deepEqual(
      [recording.hasSchedule, viewOf(recording).schedule, viewOf(recording).policy],
      [false, undefined, undefined],
    );
    recording.close();
  });

  it("has the reason for every step, even within a plan, and after that was cut short", async () => {
    for (const end of ["kill", "stop"] as const) {
      const session = await kept(["forever()", "hangs()"]);
      await session.go(2);
      const pid = await pidOf(session);
      const run = session.go();
      // Of the plan that begins with step 3, the first step arrived; the second never ends.
      await until(session, () => session.head === 3);
      session.checkpoint();
      const left = new Recording(fileOf(session), "reload");
      assert.deepEqual([left.hasSchedule, await whyOf(left, 3)], [true, "next in the ring"]);
      left.close();
      if (end === "stop") session.stop();
      else process.kill(pid, "SIGKILL");
      await run;
      session.checkpoint();
      assert.equal(session.run.scheduler.steps, 3);
      await looksTheSame(new Recording(fileOf(session), "reload"), session);
    }
  });

  it("has the reason for a step by hand that arrived just before the process died", async () => {
    for (const [how, why] of [
      ["close", "closed by hand"],
      ["send", "picked by hand"],
      ["advance", "picked by hand"],
    ] as const) {
      const session = await kept(["f()"], { command: dyingIn(how) });
      if (how === "close") await session.order.close(0).catch(() => undefined);
      else {
        await session.order.pick(0, how === "send" ? "1" : undefined);
        await session.step();
      }
      assert.deepEqual([session.status, session.head], ["failed", 1]);
      session.checkpoint();
      const left = new Recording(fileOf(session), "reload");
      assert.deepEqual([left.hasSchedule, await whyOf(left, 1), await whyOf(session, 1)], [true, why, why]);
      left.close();
    }
  });

  it("is left to the next process, with its calls for a restart, and its original source", async () => {
    const session = await kept(["upTo(3)", "upTo(9)"]);
    await session.go();
    session.checkpoint();
    const name = basename(fileOf(session));
    assert.equal(adopt(folder, name), undefined, "its process lives");
    session.leave();
    const path = adopt(folder, name);
    assert.ok(path);
    const recording = new Recording(path, "reload");
    assert.deepEqual(recording.calls, ["upTo(3)", "upTo(9)"]);
    assert.equal(recording.options.file, tasksFile);
    assert.match(recording.run.sources.all.get(tasksFile) ?? "", /function\* upTo/);
    assert.deepEqual(viewOf(recording).tasks, viewOf(session).tasks);
    assert.match(recording.notice?.message ?? "", /The window was reloaded, .* can still be read\.$/);
    recording.close();
    leave(path);
    removeOrphans(folder);
    assert.deepEqual(readdirSync(folder), []);
  });

  it("is deleted when its session ends or restarts", async () => {
    const session = await kept(["upTo(3)"]);
    await session.step();
    session.checkpoint();
    const first = fileOf(session);
    await session.restart();
    session.checkpoint();
    assert.deepEqual(readdirSync(folder), [basename(fileOf(session))]);
    assert.notEqual(fileOf(session), first);
    session.dispose();
    assert.deepEqual(readdirSync(folder), []);
  });

  it("is removed if its process died, but not if that is running", async () => {
    const child = fork("-e", ["process.on('message', () => 0)"], { execArgv: [] });
    await once(child, "spawn");
    const name = `live-${child.pid}-1.yieldtrace`;
    writeFileSync(join(folder, name), "");
    writeFileSync(join(folder, "notes.txt"), "");
    removeOrphans(folder);
    assert.deepEqual(readdirSync(folder).sort(), [name, "notes.txt"]);
    child.kill("SIGKILL");
    await once(child, "exit");
    removeOrphans(folder);
    assert.deepEqual(readdirSync(folder), ["notes.txt"]);
  });

  it("is saved from its file in the same way as from the session itself", async () => {
    const session = await kept(["forever()"]);
    await session.go(70_000);
    session.checkpoint();
    const left = new Recording(fileOf(session), "reload");
    const [one, other] = ["one", "other"].map((name) => join(folder, `${name}.yieldtrace`)) as [string, string];
    await saveTrace(session, one);
    await saveTrace(left, other);
    left.close();
    for (const path of [one, other]) await looksTheSame(new Recording(path, "file"), session);
  });

  function kept(calls: readonly string[], options: Partial<SessionOptions> = {}): Promise<Session> {
    return sessionWith(calls, { storage: folder, traceFile: "kept", until: "all", ...options });
  }

  function fileOf(session: Session): string {
    return join(folder, session.run.file.name ?? "no file");
  }
});

/** A runner that dies after it has sent the requested first step, and before it answers. */
function dyingIn(method: "close" | "send" | "advance"): RunnerCommand {
  const [event, value, point, task] = [Uint8Array.of(0), Uint16Array.of(0), Uint16Array.of(0), Uint16Array.of(0)];
  const chunk = encodeChunk({ first: 1, task, event, value, point, micros: Float32Array.of(1), values: ["1"] });
  return fakeRunner(`
    const results = {
      hello: { protocol: 1, language: "javascript", version: "24", executable: "node" },
      load: { generators: [] },
      spawn: { name: "f" },
    };
    answer(({ id, method }) => {
      if (method !== ${JSON.stringify(method)}) return send({ id, ok: true, result: results[method] });
      frame(1, Buffer.from(${JSON.stringify(Buffer.from(chunk).toString("base64"))}, "base64"));
      process.exit(1);
    });
  `);
}

/** Compares the captured data of the first, the last and some other steps, and closes the recording. */
async function looksTheSame(recording: Recording, session: Viewed): Promise<void> {
  const { head } = session;
  assert.equal(recording.head, head);
  const looked = [0, 1, 2, 3, 65_536, 65_537, 131_072, 131_073, head - 1, head].filter((step) => step <= head);
  for (const step of looked) {
    assert.deepEqual(seenAt(recording, step), seenAt(session, step), `step ${step}`);
    assert.deepEqual(rowsOf(recording, step, 3).map(withoutWhy), rowsOf(session, step, 3).map(withoutWhy));
    assert.equal(await whyOf(recording, step), await whyOf(session, step), `step ${step}`);
  }
  assert.equal(await scheduleTextOf(recording.run), await scheduleTextOf(session.run));
  assert.deepEqual(viewOf(recording).schedule, viewOf(session).schedule);
  assert.deepEqual(viewOf(recording).policy, viewOf(session).policy);
  recording.close();
  session.select(head);
}

/** Rows have the reasons that were requested so far. */
function withoutWhy({ why: _, ...row }: Row): Row {
  return row;
}

/** What is recorded of a step, without handles and without data that only a live session has. */
function seenAt(viewed: Viewed, step: number): unknown {
  viewed.select(step);
  const { now, tasks, detail, result, watches, file, runtime } = viewOf(viewed);
  const comparable = { now, tasks, detail, result, watches, file, runtime };
  return JSON.parse(JSON.stringify(comparable, (key, value: unknown) => (["handle", "why"].includes(key) ? undefined : value)));
}
