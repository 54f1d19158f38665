/**
 * Steps made by throwing into a task or closing one: they count as steps, and a replay repeats them.
 */
import assert from "node:assert/strict";
import { resolve } from "node:path";
import { UserCodeError } from "../../../src/session/common/errors";
import type { Session } from "../../../src/session/session";
import { rowsOf, viewOf } from "../../../src/session/view/view";
import { sessionOn, stopAll } from "../sessions";

const script = resolve("test/fixtures/session/catching.ts");

async function sessionWith(file: string, calls: readonly string[]): Promise<Session> {
  const session = await sessionOn(file, { until: "all" });
  await session.open();
  for (const call of calls) await session.add(call);
  return session;
}

const shown = (session: Session, from: number, count: number) =>
  rowsOf(session, from, count).map(({ task, event, value }) => `${task} ${event} ${value}`.replaceAll("'", '"'));

for (const [language, file] of [
  ["JavaScript", script],
  ["Python", script.replace(/ts$/, "py")],
] as const) {
  describe(`steps by hand in ${language}`, () => {
    afterEach(stopAll);

    it("throw into a task, which may continue, and are replayed", async () => {
      const session = await sessionWith(file, ["catches()", "catches()"]);
      await session.go(1_000);
      await session.run.resuming.throwInto(1, "failure");
      await session.go(3);
      await session.run.resuming.throwInto(0, "failure");
      await session.go(500);
      // After step 1,000 task 0 is next; throwing into task 1 does not change that.
      assert.deepEqual(shown(session, 1_001, 6), [
        "1 yielded 10",
        "0 yielded 0",
        "1 yielded 10",
        "0 yielded 0",
        "0 yielded 10",
        "1 yielded 10",
      ]);
      session.select(1_200);
      await session.rebuild();
      assert.equal(viewOf(session).rebuild, undefined);
      assert.deepEqual(viewOf(session).detail?.frames[0]?.locals[0], { name: "caught", value: { text: "10" } });
      session.select(1_001);
      await session.rebuild();
      const [caught] = viewOf(session).detail?.frames[0]?.locals ?? [];
      assert.deepEqual([caught?.value.text, caught?.was], ["10", "0"]);
    });

    it("close a task, after which the others continue, and are replayed", async () => {
      const session = await sessionWith(file, ["catches()", "catches()", "catches()"]);
      await session.go(10);
      while (session.run.scheduler.tasks[1]?.state === "ready") await session.run.resuming.close(1);
      const { head } = session;
      assert.equal(session.run.trace.at(head).event, session.run.scheduler.tasks[1]?.state);
      await session.go(10);
      assert.ok(shown(session, head + 1, 10).every((row) => !row.startsWith("1 ")));
      session.select(head + 5);
      await session.rebuild();
      assert.equal(viewOf(session).rebuild, undefined);
      assert.equal(viewOf(session).detail?.frames[0]?.function, "catches");
    });

    it("end a task that does not catch the exception", async () => {
      const session = await sessionWith(file, ["catches()", "catches()"]);
      await session.go(4);
      const error = language === "Python" ? "ValueError('no')" : "new RangeError('no')";
      assert.equal((await session.run.resuming.throwInto(0, error)).ran, 1);
      while (session.run.scheduler.ready.includes(0)) await session.go(1);
      assert.equal(session.run.scheduler.tasks[0]?.state, "threw");
      await session.go(100);
      session.select(60);
      await session.rebuild();
      assert.equal(viewOf(session).rebuild, undefined);
    });

    it("are not made if the expression throws, or the task has ended", async () => {
      const session = await sessionWith(file, ["catches()"]);
      await session.go(2);
      await assert.rejects(session.run.resuming.throwInto(0, "missing"), UserCodeError);
      while (session.run.scheduler.ready.includes(0)) await session.run.resuming.close(0);
      const { head } = session;
      await assert.rejects(session.run.resuming.close(0), UserCodeError);
      assert.deepEqual([session.head, session.run.resuming.byHand.length], [head, head - 2]);
    });
  });
}
