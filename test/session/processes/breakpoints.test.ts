/**
 * Breakpoints in a run whose tasks run at the same time, each in a process of its own: one that is met lets all rest.
 */
import assert from "node:assert/strict";
import { resolve } from "node:path";
import type { NewBreakpoint } from "../../../src/session/run/breakpoints";
import type { Session } from "../../../src/session/session";
import { sessionOn, stopAll } from "../sessions";

const all = Number.POSITIVE_INFINITY;

for (const name of ["piles.ts", "piles.py"]) {
  describe(`breakpoints of processes of ${name}`, () => {
    afterEach(() => stopAll());

    async function sessionOf(breakpoint: NewBreakpoint, ...calls: readonly string[]): Promise<Session> {
      const session = await sessionOn(resolve("test/fixtures/processes", name), { until: "all", processes: true });
      await session.open();
      for (const call of calls) await session.add(call);
      session.breakpoints.add(breakpoint);
      return session;
    }
    const states = (session: Session) => session.run.tasks.map(({ state }) => state);

    it("at a return, whoever makes steps after it", async () => {
      const session = await sessionOf({ kind: "returned" }, 'serve(["a"])', "atTheDesk(100000)");
      assert.equal(await session.go(all), "breakpoint");
      assert.equal(states(session)[0], "returned");
      assert.notEqual(states(session)[1], "returned");
    });

    it("at a return of one of the tasks", async () => {
      const kept = { kind: "returned", task: "keeps" } as const;
      const session = await sessionOf(kept, 'serve(["a"])', 'serve(["a", "b"], 30)', "keeps()", "atTheDesk(100000)");
      assert.equal(await session.go(all), "breakpoint");
      assert.equal(states(session)[2], "returned");
      assert.notEqual(states(session)[3], "returned");
    });

    it("at a throw, as of a process that is killed", async () => {
      const session = await sessionOf({ kind: "threw" }, 'serve(["a"])', "dies(2)", "atTheDesk(100000)");
      assert.equal(await session.go(all), "breakpoint");
      assert.equal(states(session)[1], "threw");
      assert.notEqual(states(session)[2], "returned");
    });

    it("at a step that fulfils a condition of one of the tasks", async () => {
      const third = { kind: "condition", expression: "served == 3", task: "serve #2" } as const;
      const session = await sessionOf(third, 'serve(["a", "b", "c", "d"])', 'serve(["a", "b", "c", "d"])', "atTheDesk(100000)");
      assert.equal(await session.go(all), "breakpoint");
      assert.equal((await session.run.evaluate("served", 1)).text, "3");
    });

    it("before a step of one of the tasks", async () => {
      const session = await sessionOf({ kind: "resumed", task: "keeps" }, "atTheDesk(3)", "keeps()");
      assert.equal(await session.go(all), "breakpoint");
      assert.equal(states(session)[1], "created");
      assert.equal(await session.go(all), "breakpoint");
      assert.equal(states(session)[1], "ready");
    });
  });
}
