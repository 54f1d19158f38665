/**
 * Staying with one task: until it has made its next step, or has ended, while the others run as the policy says. In both languages, and
 * in every way in which tasks work.
 */
import assert from "node:assert/strict";
import { join, resolve } from "node:path";
import * as v from "valibot";
import { View } from "../../../src/protocol/panel";
import type { Session, SessionOptions } from "../../../src/session/session";
import { rowsOf, viewOf } from "../../../src/session/view/view";
import { sessionOn, stopAll, until } from "../sessions";

const fixtures = resolve("test/fixtures");
const seen = (session: Session) => v.parse(View, structuredClone(viewOf(session)));
const trace = (session: Session) => rowsOf(session, 1, session.head).map(({ task, event }) => `${task} ${event}`);
const step = (task: number) => ({ task, until: "step" }) as const;
const end = (task: number) => ({ task, until: "end" }) as const;

async function sessionOf(file: string, calls: readonly string[], options: Partial<SessionOptions> = {}): Promise<Session> {
  const session = await sessionOn(join(fixtures, file), { until: "all", ...options });
  await session.open();
  for (const call of calls) await session.add(call);
  return session;
}

for (const extension of ["ts", "py"]) {
  const order = `session/order.${extension}`;

  describe(`a run of a .${extension} file that stays with a task`, () => {
    afterEach(stopAll);

    it("rests after the task's next step, whoever else runs before", async () => {
      const session = await sessionOf(order, ["counts(9)", "counts(9)", "counts(9)"]);
      // Round-robin: the third task makes every third step.
      assert.equal(await session.stay(step(2)), "task-stepped");
      assert.deepEqual(trace(session), ["0 yielded", "1 yielded", "2 yielded"]);
      assert.equal(await session.stay(step(2)), "task-stepped");
      assert.equal(session.head, 6);
      assert.equal(await session.stay(step(0)), "task-stepped");
      assert.equal(session.head, 7);
      assert.equal(seen(session).notice, undefined);
    });

    it("rests when the task has ended, not at the ends of others", async () => {
      const session = await sessionOf(order, ["counts(2)", "counts(4)", "counts(9)"]);
      assert.equal(await session.stay(end(1)), "task-ended");
      // Three rounds of three, in the last of which task 0 returns; one of two; then the fifth step of task 1 returns.
      assert.deepEqual(trace(session).slice(-2), ["2 yielded", "1 returned"]);
      assert.equal(session.head, 12);
      assert.equal(seen(session).status, "paused");
    });

    it("says so if the task has ended with an error", async () => {
      const session = await sessionOf(order, ["counts(9)", "fails(2)"]);
      assert.equal(await session.stay(end(1)), "task-ended");
      assert.equal(trace(session).at(-1), "1 threw");
    });

    it("rests for other reasons before, and says which one", async () => {
      const session = await sessionOf(order, ["counts(1)", "fails(2)", "counts(9)"], { until: "first" });
      assert.equal(await session.stay(end(2)), "first-return");
      assert.equal(seen(session).notice?.message, "counts #2 has not ended yet: another task has returned first.");
      assert.equal(await session.stay(end(2)), "threw");
      assert.equal(seen(session).notice?.message, "counts #2 has not ended yet: another task threw.");
      const id = session.breakpoints.add({ kind: "resumed", task: "counts #2" });
      assert.equal(await session.stay(step(2)), "task-stepped", "it goes on from the breakpoint before its next step");
      assert.equal(await session.stay(end(2)), "breakpoint");
      assert.deepEqual(
        [seen(session).hit, seen(session).notice?.message],
        [id, "counts #2 has not ended yet: a breakpoint came first."],
      );
      session.breakpoints.remove(id);
      assert.equal(await session.stay(end(2)), "task-ended");
    });

    it("names a breakpoint that the step has met, too", async () => {
      const session = await sessionOf(order, ["counts(9)", "counts(9)"]);
      const id = session.breakpoints.add({ kind: "condition", expression: "value == 1" });
      await session.go(1);
      assert.equal(await session.stay(step(1)), "breakpoint");
      assert.deepEqual([session.head, session.hit], [2, id]);
      assert.equal(seen(session).notice, undefined, "the task has made its step");
    });

    it("shows what is recorded already, and goes on only from there", async () => {
      const session = await sessionOf(order, ["counts(1)", "counts(9)"]);
      await session.go(5);
      session.select(1);
      assert.equal(await session.stay(step(0)), "step-limit");
      assert.equal(session.cursor, 3);
      session.select(1);
      assert.equal(await session.stay(end(0)), "step-limit");
      assert.deepEqual([session.cursor, trace(session)[2]], [3, "0 returned"]);
      session.select(1);
      assert.equal(await session.stay(step(1)), "step-limit");
      assert.deepEqual([session.cursor, session.head], [2, 5]);
      assert.equal(await session.stay(end(1)), "task-ended");
      assert.equal(session.cursor, session.head);
    });

    it("is refused for a task that has ended, is held back or does not exist", async () => {
      const session = await sessionOf(order, ["counts(0)", "counts(9)"]);
      await session.go(1);
      await assert.rejects(session.stay(step(0)), /"counts" has ended\./);
      await session.order.hold(1);
      await assert.rejects(session.stay(end(1)), /"counts #2" is held back\./);
      await assert.rejects(session.stay(step(7)), /There is no task 7/);
      assert.equal(session.head, 1);
      await session.order.release(1);
      assert.equal(await session.stay(step(1)), "task-stepped");
    });

    it("follows a schedule up to there", async () => {
      const session = await sessionOf(order, ["counts(9)", "counts(9)"]);
      await session.order.follow("fcfs; 0 0 0 1 0");
      assert.equal(await session.stay(step(1)), "task-stepped");
      assert.equal(session.head, 4);
      assert.equal(await session.stay(step(1)), "schedule-over");
      assert.match(seen(session).notice?.message ?? "", /counts #2 has not made its next step yet: the schedule ends here\./);
    });

    it("rests for a step that has a value sent", async () => {
      const session = await sessionOf(order, ["counts(9)", "echoes()"]);
      await session.stay(step(1));
      await session.order.pick(1, "5");
      assert.equal(await session.stay(step(1)), "task-stepped");
      assert.deepEqual(trace(session), ["0 yielded", "1 yielded", "1 yielded"]);
    });

    it("tells for which task it runs, and is paused as any other", async () => {
      const session = await sessionOf(`session/tasks.${extension}`, ["forever()", "forever()"], { policy: "fcfs" });
      const run = session.stay(step(1));
      await until(session, () => session.head > 20_000);
      assert.deepEqual(seen(session).staying, { task: 1, until: "step" });
      await assert.rejects(session.stay(step(0)), /The run is in progress\./);
      await session.pause();
      assert.equal(await run, "paused");
      assert.deepEqual([seen(session).staying, seen(session).notice], [undefined, undefined]);
    });

    it("works with threads", async () => {
      const session = await sessionOf(`threads/races.${extension}`, ["add()", "add()"], { threads: "accesses" });
      assert.equal(await session.stay(step(1)), "task-stepped");
      assert.deepEqual(trace(session), ["0 yielded", "1 yielded"]);
      assert.equal(await session.stay(end(1)), "task-ended");
      assert.equal(trace(session).at(-1), "1 returned");
    });

    it("works with processes, of which the others run meanwhile", async () => {
      const piles = ['serve(["a", "b", "c"])', 'serve(["d", "e", "f", "g"])'];
      const session = await sessionOf(`processes/piles.${extension}`, piles, { processes: true });
      assert.equal(await session.stay(step(1)), "task-stepped");
      const made = () => trace(session).filter((each) => each.startsWith("1 "));
      assert.deepEqual(made(), ["1 yielded"]);
      assert.equal(await session.stay(end(1)), "task-ended");
      assert.deepEqual(made(), ["1 yielded", "1 yielded", "1 yielded", "1 yielded", "1 returned"]);
    });

    it("works while the task waits, under virtual time", async () => {
      const calls = ["nap(5)", 'serve(["a", "b", "c"])'];
      const session = await sessionOf(`processes/piles.${extension}`, calls, { virtualTime: { virtual: 1, seed: 0 } });
      await session.go(1);
      assert.equal(await session.stay(step(0)), "task-stepped");
      assert.equal(trace(session).at(-1), "0 returned");
    });
  });
}

for (const language of ["JavaScript", "Python"]) {
  const extension = language === "Python" ? "py" : "cjs";

  describe(`an observed program in ${language} that is run for one task`, () => {
    afterEach(stopAll);

    const observed = async (program: string): Promise<Session> => {
      const file = `observe/${language.toLowerCase()}/${program}.${extension}`;
      return sessionOf(file, [], { observed: { arguments: [] } });
    };

    it("runs on until a switch of that task", async () => {
      const session = await observed("scheduler");
      await session.go(2);
      assert.equal(await session.stay(step(1)), "task-stepped");
      assert.deepEqual(trace(session), ["0 yielded", "1 yielded", "0 yielded", "1 yielded"]);
    });

    it("runs on until the task has ended, or else to its own end", async () => {
      const session = await observed("roundRobin");
      await session.go(1);
      assert.equal(await session.stay(end(0)), "task-ended");
      assert.equal(trace(session).at(-1), "0 returned");
      const other = await observed("scheduler");
      await other.go(1);
      assert.equal(await other.stay(end(0)), "exited");
      assert.equal(other.head, 6);
    });
  });
}
