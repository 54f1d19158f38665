import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Recording } from "../../../src/session/openedRecording";
import { saveTrace } from "../../../src/session/recording/save";
import type { Session } from "../../../src/session/session";
import { expandedOf } from "../../../src/session/view/detail";
import { rowsOf, viewOf } from "../../../src/session/view/view";
import { sessionOn, stopAll } from "../sessions";

async function sessionWith(file: string, calls: readonly string[]): Promise<Session> {
  const session = await sessionOn(resolve("test/fixtures/runner", file), { until: "all" });
  await session.open();
  for (const call of calls) await session.add(call);
  return session;
}

/** The content of the value at the cursor, at a path of names. */
async function inside(session: Session, ...path: string[]): Promise<string[]> {
  let handle = viewOf(session).detail?.value?.handle ?? assert.fail("The value cannot be opened.");
  for (const name of path) {
    const { properties } = await expandedOf(session, handle, 0);
    handle = properties.find((each) => each.name === name)?.value.handle ?? assert.fail(`There is no ${name} to be opened.`);
  }
  return (await expandedOf(session, handle, 0)).properties.map(({ name, value }) => `${name}: ${value.text}`);
}

for (const { language, file, call, path, part } of [
  {
    language: "JavaScript",
    file: "javascript/throwing.ts",
    call: "several()",
    path: ["errors", "0", "cause"],
    part: 'message: "below"',
  },
  { language: "Python", file: "python/throwing.py", call: "chained()", path: ["__cause__", "args"], part: "0: 'out of range'" },
]) {
  describe(`a step in ${language} that throws`, () => {
    afterEach(stopAll);

    it("is shown with its place, its stack and its causes, at once and at any later time", async () => {
      const session = await sessionWith(file, [call]);
      await session.go(2);
      const { now, tasks, detail } = viewOf(session);
      assert.ok(now?.point && detail?.thrown?.related);
      assert.deepEqual(tasks[0]?.threwAt, now.point);
      assert.deepEqual(detail.thrown.at, now.point);
      session.select(1);
      assert.equal(viewOf(session).tasks[0]?.threwAt, undefined);
      session.select(2);
      assert.deepEqual(viewOf(session).detail?.thrown, detail.thrown);
      assert.deepEqual(rowsOf(session, 2, 1)[0]?.point, now.point);
    });

    it("can be inspected if it was made by hand, after the process has moved on", async () => {
      const session = await sessionWith(file, [call, "odd()"]);
      for (let step = 0; step < 4; step += 1) await session.step();
      session.select(3);
      assert.ok((await inside(session, ...path)).includes(part));
    });

    it("can be inspected after it was rebuilt", async () => {
      const session = await sessionWith(file, [call, "odd()"]);
      await session.go();
      session.select(3);
      assert.equal(viewOf(session).rebuild?.state, "possible");
      await session.rebuild();
      session.stop();
      assert.ok((await inside(session, ...path)).includes(part));
    });

    it("is the same in a saved trace", async () => {
      const session = await sessionWith(file, [call]);
      await session.go();
      const folder = await mkdtemp(join(tmpdir(), "yieldpoint-"));
      try {
        await saveTrace(session, join(folder, "run.yieldtrace"));
        const recording = new Recording(join(folder, "run.yieldtrace"), "file");
        assert.deepEqual(viewOf(recording).detail?.thrown, viewOf(session).detail?.thrown);
        assert.deepEqual(viewOf(recording).tasks[0]?.threwAt, viewOf(session).tasks[0]?.threwAt);
        recording.close();
      } finally {
        await rm(folder, { recursive: true });
      }
    });
  });
}
