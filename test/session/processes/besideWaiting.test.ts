/**
 * Processes that wait, beside others that work: neither the work nor a step of it has to wait for them, and they wake in time.
 */
import assert from "node:assert/strict";
import { resolve } from "node:path";
import type { Session, SessionOptions } from "../../../src/session/session";
import { rowsOf } from "../../../src/session/view/view";
import { sessionOn, stopAll, until } from "../sessions";

const all = Number.POSITIVE_INFINITY;
/** Longer than any test runs. */
const forLong = "nap(1000000)";
const states = (session: Session) => session.run.tasks.map(({ state }) => state);
const tasks = (session: Session) => rowsOf(session, 1, session.head).map(({ task }) => task);

for (const name of ["piles.ts", "piles.py"]) {
  const file = resolve("test/fixtures/processes", name);

  describe(`processes of ${name} that wait beside others`, () => {
    afterEach(() => stopAll());

    async function sessionOf(calls: readonly string[], options: Partial<SessionOptions> = {}): Promise<Session> {
      const session = await sessionOn(file, { until: "all", processes: true, ...options });
      await session.open();
      for (const call of calls) await session.add(call);
      return session;
    }

    it("leave the work to the others, also if it is more steps than one plan has", async () => {
      const session = await sessionOf([forLong, "atTheDesk(5000)"]);
      const going = session.go(all);
      await until(session, () => states(session)[1] === "returned");
      await session.pause();
      assert.equal(await going, "paused");
    });

    it("are not said to be all that is left, while others can go on", async () => {
      const session = await sessionOf(["waits()", "atTheDesk(5000)"]);
      assert.equal(await session.go(all), "blocked");
      assert.deepEqual(states(session), ["blocked", "returned"]);
    });

    it("are not waited for by a step of another one", async () => {
      const session = await sessionOf([forLong, "atTheDesk(10)"]);
      for (let step = 0; step < 6; step += 1) await session.step();
      assert.deepEqual(tasks(session), [0, 1, 1, 1, 1, 1]);
    });

    for (const policy of ["round-robin", "priority"]) {
      it(`wake while another one is stepped under the policy ${policy}`, async () => {
        const session = await sessionOf(["nap(20)", "atTheDesk(100000)"], { policy });
        while (states(session)[0] !== "ready") await session.step();
        assert.equal(states(session)[1], "ready");
      });
    }

    it("end by a step each if their process is killed, whatever the policy", async () => {
      const session = await sessionOf(["keepsTwo()", "atTheDesk(10)"], { policy: "random" });
      await session.order.pick(0);
      await session.step();
      await session.order.pick(0);
      await session.step();
      const { value } = rowsOf(session, 1, 1)[0] ?? {};
      process.kill(Number(value), "SIGKILL");
      for (const task of [0, 2]) {
        await session.order.pick(task);
        await session.step();
      }
      assert.deepEqual(states(session), ["threw", "created", "threw"]);
      assert.equal(session.status, "paused");
    });
  });
}
