/**
 * Sessions whose tasks run at the same time, each in a process of its own, in both languages. Real processes on real processors.
 */
import assert from "node:assert/strict";
import { join, resolve } from "node:path";
import { Recording } from "../../../src/session/openedRecording";
import { scheduleTextOf } from "../../../src/session/order/scheduleExport";
import { saveTrace } from "../../../src/session/recording/save";
import type { Session, SessionOptions } from "../../../src/session/session";
import { rowsOf, viewOf } from "../../../src/session/view/view";
import { folderWith, removeFolders } from "../../runner/folder";
import { sessionOn, stopAll, until } from "../sessions";

const all = Number.POSITIVE_INFINITY;
const trace = (session: Session) => rowsOf(session, 1, session.head).map(({ task, event, value }) => `${task} ${event} ${value}`);
const of = (session: Session, task: number) => trace(session).filter((each) => each.startsWith(`${task} `));
const states = (session: Session) => session.run.tasks.map(({ state }) => state);

for (const name of ["piles.ts", "piles.py"]) {
  const file = resolve("test/fixtures/processes", name);
  const isPython = name.endsWith("py");
  const text = (value: string) => (isPython ? `'${value}'` : `"${value}"`);

  describe(`a session of ${name} with processes`, () => {
    afterEach(() => {
      stopAll();
      removeFolders();
    });

    async function sessionOf(calls: readonly string[], options: Partial<SessionOptions> = {}): Promise<Session> {
      const session = await sessionOn(file, { until: "all", processes: true, ...options });
      await session.open();
      for (const call of calls) await session.add(call);
      return session;
    }

    it("gives each task a state of its own, and the results of all", async () => {
      const session = await sessionOf(['serve(["a", "b", "c"])', 'serve(["d", "e"])']);
      assert.equal(await session.go(all), "all-finished");
      assert.deepEqual(of(session, 0), ["a", "b", "c"].map((each) => `0 yielded ${text(each)}`).concat("0 returned 3"));
      assert.deepEqual(of(session, 1), ["d", "e"].map((each) => `1 yielded ${text(each)}`).concat("1 returned 2"));
      const printed = session.run.output.entries.map(({ step, text }) => `${session.run.trace.at(step).task} ${text.trim()}`);
      assert.deepEqual(printed.toSorted(), ["0 a is served", "0 b is served", "0 c is served", "1 d is served", "1 e is served"]);
      assert.equal(viewOf(session).processes, true);
    });

    it("lets tasks run at the same time, and tells when each slice began", async () => {
      const session = await sessionOf(['serve(["a", "b", "c", "d"], 20)', 'serve(["e", "f", "g", "h"], 20)']);
      await session.go(all);
      const rows = session.run.trace.window(1, session.head);
      const ends = rows.map(({ began = Number.NaN, micros }) => began + micros);
      assert.deepEqual(
        ends,
        ends.toSorted((one, other) => one - other),
      );
      const [mine, others] = [0, 1].map((id) => rows.filter(({ task, micros }) => task === id && micros > 10_000));
      const overlaps = (mine ?? []).some(({ began = 0, micros }) =>
        (others ?? []).some((other) => (other.began ?? 0) < began + micros && began < (other.began ?? 0) + other.micros),
      );
      assert.ok(overlaps, JSON.stringify(rows.map(({ task, began, micros }) => [task, began, micros])));
      for (const own of [mine, others]) {
        for (const [index, { began = 0 }] of (own ?? []).entries()) {
          const before = own?.[index - 1];
          if (before) assert.ok(began >= (before.began ?? 0) + before.micros);
        }
      }
    });

    it("steps one task at a time, as the policy says or by hand", async () => {
      const session = await sessionOf(['serve(["a", "b"])', 'serve(["c", "d"])']);
      for (let step = 0; step < 3; step += 1) await session.step();
      assert.deepEqual(trace(session), [`0 yielded ${text("a")}`, `1 yielded ${text("c")}`, `0 yielded ${text("b")}`]);
      await session.order.pick(1);
      await session.step();
      assert.equal(trace(session).at(-1), `1 yielded ${text("d")}`);
      assert.equal(await session.go(all), "all-finished");
    });

    it("makes exactly the number of steps that it is asked for", async () => {
      const session = await sessionOf(['serve(["a"] * 1)'.replace(" * 1", ""), "atTheDesk(500)", "atTheDesk(500)"]);
      await session.go(100);
      assert.equal(session.head, 100);
      await session.go(1);
      assert.equal(session.head, 101);
    });

    it("looks at the locals and the children of values of each process, also of a past step", async () => {
      const session = await sessionOf(["keeps()", "keeps()"]);
      await session.step();
      await session.step();
      const pids = session.run.trace.window(1, 2).map(({ value }) => value);
      assert.notEqual(pids[0], pids[1]);
      for (const [task, pid] of pids.entries()) {
        session.select(task + 1);
        const { frames } = session.run.inspections.of(task + 1) ?? { frames: [] };
        const pile = frames.at(-1)?.locals.find((local) => local.name === "pile")?.value;
        assert.match(pile?.text ?? "", new RegExp(pid as string));
        const { properties } = await session.run.inspections.expand(pile?.handle as number, 0);
        assert.ok(properties.some(({ value }) => value.text === pid));
      }
    });

    it("ends only the lane of a process that is killed, says why, and the others go on", async () => {
      const session = await sessionOf(["dies(2)", 'serve(["a", "b", "c"], 5)', "exits()"]);
      assert.equal(await session.go(all), "all-finished");
      assert.deepEqual(states(session), ["threw", "returned", "threw"]);
      assert.equal(of(session, 0).at(-1), "0 threw Process 1 was ended by SIGKILL.");
      assert.match(of(session, 2).at(-1) ?? "", /^2 threw Process 3 ended with exit code 3\./);
      assert.equal(of(session, 1).at(-1), "1 returned 3");
    });

    it("ends a lane whose process was killed from outside while all rest", async () => {
      const session = await sessionOf(["keeps()", 'serve(["a", "b"])']);
      await session.step();
      process.kill(Number(session.run.trace.at(1).value), "SIGKILL");
      assert.equal(await session.go(all), "all-finished");
      assert.deepEqual(states(session), ["threw", "returned"]);
      await session.restart();
      assert.equal(await session.go(all), "all-finished");
      assert.deepEqual(states(session), ["returned", "returned"]);
    });

    it("waits for times at the same time, and for a lock only of its own process", async () => {
      const session = await sessionOf(["nap(60)", "nap(60)", "atTheDesk(2)", "atTheDesk(2)"]);
      assert.equal(await session.go(all), "all-finished");
      assert.deepEqual(states(session), ["returned", "returned", "returned", "returned"]);
      assert.deepEqual(
        session.run.waits.resources.map(({ name }) => name).toSorted(),
        [1, 2, 3, 4].map((each) => `desk of process ${each}`),
      );
    });

    it("interrupts what hangs, and nothing else", async () => {
      const session = await sessionOf(["hangs()", 'serve(["a", "b", "c"], 5)']);
      session.onChange(() => {
        if (session.run.hung?.task === 0) session.interrupt();
      });
      assert.equal(await session.go(all), "interrupted");
      await session.go(all);
      assert.deepEqual(states(session), ["threw", "returned"]);
    });

    it("is paused in the middle of work, and goes on", async () => {
      const session = await sessionOf(["atTheDesk(100000)", "atTheDesk(100000)"]);
      const going = session.go(all);
      await new Promise<void>((resolve) => {
        const stop = session.onChange(() => {
          if (session.head > 50) resolve(stop());
        });
      });
      await session.pause();
      assert.equal(await going, "paused");
      const { head } = session;
      await session.step();
      assert.equal(session.head, head + 1);
    });

    it("is stopped in the middle of work, which ends no task", async () => {
      const session = await sessionOf(["atTheDesk(100000)", "hangs()"]);
      const going = session.go(all);
      await until(session, () => session.head > 50 && states(session)[1] === "ready");
      session.stop();
      await going.catch(() => undefined);
      assert.deepEqual([session.status, ...states(session)], ["stopped", "ready", "ready"]);
    });

    it("is replayed by its schedule and rebuilt, since nothing is shared", async () => {
      const session = await sessionOf(['serve(["a", "b"], 2)', "atTheDesk(2)"]);
      await session.go(all);
      const schedule = await scheduleTextOf(session.run);
      assert.match(schedule, /^processes; round-robin; /);
      const other = await sessionOn(file, { until: "all" });
      await other.open();
      await other.order.follow(schedule);
      await other.go(all);
      assert.equal(other.run.processes, true);
      assert.deepEqual(of(other, 0), of(session, 0));
      session.select(2);
      await session.rebuild();
      assert.equal(viewOf(session).rebuild, undefined);
    });

    it("is saved and opened with its times, and refuses what processes cannot do", async () => {
      const session = await sessionOf(['serve(["a", "b"], 2)', 'serve(["c"], 2)']);
      await session.go(all);
      const path = join(folderWith({}), "own.yieldtrace");
      await saveTrace(session, path);
      const recording = new Recording(path, "file");
      const began = (run: Pick<Session["run"], "trace">) => run.trace.window(1, 9).map((row) => row.began);
      assert.deepEqual(began(recording.run), began(session.run));
      assert.equal(viewOf(recording).processes, true);
      recording.close();
      await assert.rejects(session.restartUnder({ virtualTime: { virtual: 1, seed: 0 } }), /at the same time, which is real/);
      await session.exploration.explore();
      assert.match(JSON.stringify(viewOf(session).exploring), /share nothing/);
    });

    it("refuses more processes than can be, with the reason", async () => {
      const session = await sessionOf([]);
      await assert.rejects(session.begin({ calls: new Array(1_000).fill("keeps()") }), /1000 tasks.*64/s);
      assert.equal(session.status, "paused");
    });

    it("becomes cooperative by a restart, and processes again", async () => {
      const session = await sessionOf(['serve(["a"])', 'serve(["b"])']);
      await session.restartUnder({ processes: undefined });
      await session.go(all);
      assert.equal(of(session, 1).at(-1), "1 returned 2");
      await session.restartUnder({ processes: true });
      await session.go(all);
      assert.equal(of(session, 1).at(-1), "1 returned 1");
    });
  });
}
