/**
 * Following a schedule again repeats the run. If it does not, the first step that differs is reported.
 */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { scheduleTextOf } from "../../../src/session/order/scheduleExport";
import type { Session } from "../../../src/session/session";
import { rowsOf, viewOf } from "../../../src/session/view/view";
import { folderWith, removeFolders } from "../../runner/folder";
import { sessionOn, stopAll } from "../sessions";

/** One task is the same each time; the other differs from its second step on. */
const programs = {
  "tasks.ts": `
    function* steady() { for (const word of ["a", "b", "c"]) yield word; }
    function* fickle() { yield 1; yield process.hrtime.bigint(); yield 3; }
    function* talking() { yield 1; console.log("at", process.hrtime.bigint()); yield 2; yield 3; }
    function* leaving() { yield 1; if (require("node:fs").existsSync(__filename + ".gone")) return; yield 2; }
  `,
  "tasks.py": `
import os, time

def steady():
    yield from {"ape", "bee", "cat", "dog", "eel", "fox"}

def fickle():
    yield 1
    yield time.perf_counter_ns()
    yield 3

def talking():
    yield 1
    print("at", time.perf_counter_ns())
    yield 2
    yield 3

def leaving():
    yield 1
    if os.path.exists(__file__ + ".gone"):
        return
    yield 2
`,
};

const trace = (session: Session) => rowsOf(session, 1, session.head).map(({ task, event, value }) => `${task} ${event} ${value}`);

for (const [name, source] of Object.entries(programs)) {
  describe(`a repeated run of ${name}`, () => {
    afterEach(() => {
      stopAll();
      removeFolders();
    });

    async function sessionWith(...calls: string[]): Promise<Session> {
      const session = await sessionOn(join(folderWith({ [name]: source }), name), { until: "all" });
      await session.open();
      for (const call of calls) await session.add(call);
      await session.go();
      return session;
    }

    it("is the same, also in a new session with the pasted schedule", async () => {
      const session = await sessionWith("steady()", "steady()");
      const [first, schedule] = [trace(session), await scheduleTextOf(session.run)];
      await session.order.restartSame("schedule");
      await session.go();
      assert.deepEqual([trace(session), viewOf(session).notice], [first, undefined]);
      const other = await sessionOn(session.options.file, { until: "all" });
      await other.order.follow(schedule);
      await other.go();
      assert.deepEqual([trace(other), viewOf(other).notice], [first, undefined]);
    });

    for (const how of ["restarted", "pasted"] as const) {
      it(`reports the first step that differs when the schedule is ${how}, with both values`, async () => {
        const session = await sessionWith("steady()", "fickle()");
        const recorded = session.run.trace.at(4).value;
        if (how === "restarted") await session.order.restartSame("schedule");
        else await session.order.follow(await scheduleTextOf(session.run));
        await session.go(3);
        assert.equal(viewOf(session).notice, undefined);
        await session.go();
        const { message = "" } = viewOf(session).notice ?? {};
        assert.match(message, /differs from the trace at step 4: fickle yielded/);
        assert.match(message, /Before, fickle called (process\.hrtime\.bigint|time\.perf_counter_ns)\(\) in step 4, which gives/);
        for (const value of [recorded, session.run.trace.at(4).value]) assert.ok(message.includes(value), message);
      });
    }

    it("reports the first step that prints something else, once a later step shows that its output is complete", async () => {
      const session = await sessionWith("steady()", "talking()");
      const printed = () => session.run.output.of(4).map(({ text }) => text.trim());
      const [recorded] = printed();
      await session.order.restartSame("schedule");
      await session.go(3);
      assert.equal(viewOf(session).notice, undefined);
      await session.go();
      const { message = "" } = viewOf(session).notice ?? {};
      assert.match(message, /differs from the trace at step 4 in what is printed: talking printed "at/);
      for (const text of [recorded, ...printed()]) assert.ok(text && message.includes(text), message);
    });

    it("is no longer compared once it leaves the schedule", async () => {
      const session = await sessionWith("fickle()", "steady()");
      await session.order.restartSame("schedule");
      await session.go(1);
      await session.order.pick(0);
      await session.go();
      assert.equal(viewOf(session).notice, undefined);
    });

    it("reports the differing step rather than that the schedule no longer fits", async () => {
      const session = await sessionWith("leaving()");
      writeFileSync(`${session.options.file}.gone`, "");
      await session.order.restartSame("schedule");
      assert.equal(await session.go(), "refused");
      assert.match(viewOf(session).notice?.message ?? "", /differs from the trace at step 2: leaving yielded 2/);
    });
  });
}
