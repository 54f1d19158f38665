/**
 * Sessions under virtual time: a run repeats exactly, whichever way it is run again, and the clock is known for every past step.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { Comparison } from "../../../src/session/compare/comparison";
import { underPolicies } from "../../../src/session/compare/lines";
import { Recording } from "../../../src/session/openedRecording";
import { scheduleTextOf } from "../../../src/session/order/scheduleExport";
import { saveTrace } from "../../../src/session/recording/save";
import type { Session, SessionOptions } from "../../../src/session/session";
import { rowsOf, viewOf } from "../../../src/session/view/view";
import { folderWith, removeFolders } from "../../runner/folder";
import { sessionOn, stopAll } from "../sessions";

const programs = {
  "tasks.ts": `
    import { now, sleep } from "cotasks";
    export function* naps(times: number) { for (let i = 0; i < times; i += 1) { const drawn = Math.random(); yield sleep(600_000); } return Date.now(); }
    export function* draws(times: number) { for (let i = 0; i < times; i += 1) { const drawn = Math.random(); yield drawn; } return now(); }
  `,
  "tasks.py": `
import random, time
from cotasks import now, sleep

def naps(times):
    for _ in range(times):
        drawn = random.random()
        yield sleep(600)
    return time.time_ns() // 1_000_000

def draws(times):
    for _ in range(times):
        drawn = random.random()
        yield drawn
    return 1000 * now()
`,
};

const calls = ["naps(6)", "draws(5)"];
const virtualTime = { virtual: 1, seed: 3 };
const hour = 3_600_000;
const trace = (session: Session) => rowsOf(session, 1, session.head).map(({ task, event, value }) => `${task} ${event} ${value}`);

for (const [name, source] of Object.entries(programs)) {
  describe(`a session of ${name} under virtual time`, () => {
    afterEach(() => {
      stopAll();
      removeFolders();
    });

    async function sessionOf(options: Partial<SessionOptions> = {}): Promise<Session> {
      const file = join(folderWith({ [name]: source }), name);
      const session = await sessionOn(file, { until: "all", virtualTime, ...options });
      await session.open();
      for (const call of calls) await session.add(call);
      return session;
    }

    async function finished(options: Partial<SessionOptions> = {}): Promise<Session> {
      const session = await sessionOf(options);
      assert.equal(await session.go(), "all-finished");
      return session;
    }

    it("lets an hour of sleeping pass immediately, and knows the time of every step", async () => {
      const session = await finished();
      // Six sleeps and five numbers, and a step for the end of each task.
      assert.equal(session.head, 13);
      const [nap = ""] = trace(session).filter((line) => line.startsWith("0 returned"));
      // The first sleep begins after step 1, each later one after the step that the previous sleep leads to.
      assert.equal(nap, `0 returned ${Date.UTC(2000, 0, 1) + hour + 6}`);
      const times = Array.from({ length: session.head }, (_, index) => {
        session.select(index + 1);
        return viewOf(session).virtual?.now;
      });
      assert.deepEqual(times.slice(0, 2), [1, 2]);
      assert.equal(times.at(-1), hour + 7);
      assert.deepEqual(
        [...times].sort((one, other) => (one ?? 0) - (other ?? 0)),
        times,
      );
      session.select(2);
      const { waits } = viewOf(session).tasks[0] ?? {};
      assert.deepEqual([waits?.since, waits?.from, waits?.parts[0]?.due], [1, 1, 600_001]);
    });

    it("repeats exactly: in a second run, step by step, and with the same schedule", async () => {
      const session = await finished();
      const first = trace(session);
      await session.restart();
      await session.go();
      assert.deepEqual(trace(session), first);
      await session.restart();
      while (session.status === "paused") await session.step();
      assert.deepEqual(trace(session), first);
      await session.order.restartSame("schedule");
      await session.go();
      assert.deepEqual([trace(session), session.control.difference], [first, undefined]);
      const other = await finished({ virtualTime: { virtual: 1, seed: 4 } });
      assert.notDeepEqual(trace(other), first);
    });

    it("is rebuilt and branched off with the same numbers", async () => {
      const session = await finished();
      const drawn = trace(session)[3]?.replace("1 yielded ", "");
      session.select(4);
      await session.rebuild();
      assert.equal(viewOf(session).rebuild, undefined);
      const locals = viewOf(session).detail?.frames.at(-1)?.locals ?? [];
      assert.equal(locals.find(({ name: local }) => local === "drawn")?.value.text, drawn);
      const first = trace(session).slice(0, 4);
      await session.branches.fork(1);
      assert.deepEqual(trace(session).slice(0, 4), first);
      assert.deepEqual(session.run.virtualTime, virtualTime);
    });

    it("uses it for compared policies", async () => {
      const { options, command } = await sessionOf();
      const program = { ...options, command, calls, virtualTime };
      const comparison = new Comparison(
        "policies",
        underPolicies(program, ["round-robin", "round-robin"]),
        { steps: 100 },
        () => undefined,
      );
      await comparison.run();
      const [one, other] = comparison.outcomes.map(({ stopped, tasks }) => [
        stopped,
        tasks.map(({ name: task, outcome }) => [task, outcome]),
      ]);
      assert.deepEqual(one?.[0], "all-finished");
      assert.match(String(one?.[1]), /naps,returned 946688400006/);
      assert.deepEqual(other, one);
    });

    it("starts and ends by a restart", async () => {
      const session = await sessionOf();
      await session.restartUnder({ virtualTime: undefined });
      assert.deepEqual([session.virtualTime, viewOf(session).virtual], [undefined, undefined]);
      const { text } = await session.run.evaluate(name.endsWith("py") ? "time.time()" : "Date.now() / 1000");
      assert.ok(Number(text) > Date.UTC(2020) / 1000);
      await session.restartUnder({ virtualTime: { virtual: 250, seed: 0 } });
      await session.go(2);
      assert.deepEqual(viewOf(session).virtual, { virtual: 250, seed: 0, now: 500 });
    });

    it("is copied with the schedule, and applied to a session that follows it", async () => {
      const session = await finished();
      const text = await scheduleTextOf(session.run);
      assert.match(text, /^virtual-time:step=1,seed=3; round-robin; "naps\(6\)" "draws\(5\)"; /);
      assert.equal(viewOf(session).schedule?.text, text);
      const other = await sessionOn(session.options.file, { until: "all" });
      await other.open();
      await other.add("draws(1)");
      await other.order.follow(text);
      assert.deepEqual([other.virtualTime, viewOf(other).virtual], [virtualTime, { ...virtualTime, now: 0 }]);
      const message = "This run is under virtual time, because the schedule is: a step is 1 ms, the seed 3.";
      assert.deepEqual(viewOf(other).notice, { severity: "info", message, actions: [] });
      await other.step();
      assert.equal(viewOf(other).notice, undefined);
      assert.equal(await other.go(), "all-finished");
      assert.deepEqual(trace(other), trace(session));
      // A schedule without a time leaves it as it is, and what is said only once is not said again.
      await other.order.follow(text.replace(/^.*?; /, ""));
      assert.deepEqual([other.virtualTime, viewOf(other).notice], [virtualTime, undefined]);
    });

    it("is saved with the trace", async () => {
      const session = await finished();
      const path = join(folderWith({}), "saved.yieldtrace");
      await saveTrace(session, path);
      const recording = new Recording(path, "file");
      try {
        assert.deepEqual(viewOf(recording).virtual, viewOf(session).virtual);
        for (const viewed of [session, recording]) viewed.select(2);
        assert.deepEqual(viewOf(recording).virtual, viewOf(session).virtual);
        assert.deepEqual(viewOf(recording).tasks[0]?.waits, viewOf(session).tasks[0]?.waits);
      } finally {
        recording.close();
      }
    });
  });
}
