/**
 * Sessions with processes of which one is suspended by a signal, and those that branch off.
 */
import assert from "node:assert/strict";
import { resolve } from "node:path";
import type { Session } from "../../../src/session/session";
import { rowsOf } from "../../../src/session/view/view";
import { sessionOn, stopAll, until } from "../sessions";

const all = Number.POSITIVE_INFINITY;
const trace = (session: Session) => rowsOf(session, 1, session.head).map(({ task, value }) => `${task} ${value}`);
const states = (session: Session) => session.run.tasks.map(({ state }) => state);

for (const name of ["piles.ts", "piles.py"]) {
  const file = resolve("test/fixtures/processes", name);

  describe(`a session of ${name} with processes`, () => {
    afterEach(stopAll);

    async function sessionOf(...calls: readonly string[]): Promise<Session> {
      const session = await sessionOn(file, { until: "all", processes: true });
      await session.open();
      for (const call of calls) await session.add(call);
      return session;
    }

    for (const { signal, title, ends } of [
      { signal: "SIGCONT", title: "and with that one when it may go on", ends: "returned" },
      { signal: "SIGKILL", title: "and ends the lane of that one when it is killed", ends: "threw" },
    ] as const) {
      it(`goes on while one process is suspended from outside, ${title}`, async () => {
        const session = await sessionOf("keeps()", 'serve(["a", "b", "c"])');
        await session.step();
        const pid = Number(session.run.trace.at(1).value);
        process.kill(pid, "SIGSTOP");
        const going = session.go(all);
        await until(session, () => states(session)[1] === "returned");
        process.kill(pid, signal);
        assert.equal(await going, "all-finished");
        assert.deepEqual(states(session), [ends, "returned"]);
      });
    }

    it("branches off in the past", async () => {
      const session = await sessionOf('serve(["a", "b", "c"])', 'serve(["d", "e"])');
      assert.equal(await session.go(all), "all-finished");
      const before = trace(session).slice(0, 2);
      session.select(2);
      await session.branches.fork(1);
      assert.deepEqual(trace(session).slice(0, -1), before);
      assert.equal(session.run.trace.at(3).task, 1);
      assert.equal(await session.go(all), "all-finished");
      assert.deepEqual(states(session), ["returned", "returned"]);
      assert.equal(session.branches.list.length, 2);
    });
  });
}
