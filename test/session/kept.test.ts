import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { Row } from "../../src/protocol/panel";
import { adopt, leave, removeLeftovers } from "../../src/session/leftovers";
import { Recording } from "../../src/session/recording/recording";
import { saveTrace } from "../../src/session/recording/save";
import { scheduleTextOf } from "../../src/session/scheduleExport";
import type { Session } from "../../src/session/session";
import { rowsOf, viewOf } from "../../src/session/view";
import type { Viewed } from "../../src/session/viewed";
import { whyOf } from "../unit/session/recording/viewed";
import { sessionWith, stopAll, tasksFile } from "./sessions";

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

  it("can be read while its session lives, as after a crash: all but what came since it was written last", async () => {
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
    await session.order.setPolicy("random:seed=4"); // in its place
    await session.order.pick(0);
    await session.step();
    await session.order.hold(2);
    await session.step();
    session.checkpoint();
    await looksTheSame(new Recording(fileOf(session), "reload"), session);
  });

  it("says why only of steps up to which all is known that was done to the order", async () => {
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

  it("is left to the next process, with its calls to be run again, and its source as it was", async () => {
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
    removeLeftovers(folder);
    assert.deepEqual(readdirSync(folder), []);
  });

  it("is gone when its session is, or runs again from the beginning", async () => {
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

  it("of a process that died is removed, that of one that lives is not", async () => {
    const child = fork("-e", ["process.on('message', () => 0)"], { execArgv: [] });
    await once(child, "spawn");
    const name = `live-${child.pid}-1.yieldtrace`;
    writeFileSync(join(folder, name), "");
    writeFileSync(join(folder, "notes.txt"), "");
    removeLeftovers(folder);
    assert.deepEqual(readdirSync(folder).sort(), [name, "notes.txt"]);
    child.kill("SIGKILL");
    await once(child, "exit");
    removeLeftovers(folder);
    assert.deepEqual(readdirSync(folder), ["notes.txt"]);
  });

  it("is saved from what is left as from the session itself", async () => {
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

  function kept(calls: readonly string[]): Promise<Session> {
    return sessionWith(calls, { storage: folder, traceFile: "kept", until: "all" });
  }

  function fileOf(session: Session): string {
    return join(folder, session.run.file.name ?? "no file");
  }
});

/** Compares what is seen at the first, the last and some other steps; closes the recording. */
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

/** Rows have the reasons that were asked for so far. */
function withoutWhy({ why: _, ...row }: Row): Row {
  return row;
}

/** What is recorded of a step; handles, and what only a session that lives has, are left out. */
function seenAt(viewed: Viewed, step: number): unknown {
  viewed.select(step);
  const { now, tasks, detail, result, watches, file, runtime } = viewOf(viewed);
  const comparable = { now, tasks, detail, result, watches, file, runtime };
  return JSON.parse(JSON.stringify(comparable, (key, value: unknown) => (["handle", "why"].includes(key) ? undefined : value)));
}
