/**
 * The choice of the next task, with real runners: policies, picks by hand, held-back tasks, and replayed schedules.
 */
import assert from "node:assert/strict";
import { resolve } from "node:path";
import fc from "fast-check";
import { policies } from "../../../src/core/policies/registry";
import { OrderError, UserCodeError } from "../../../src/session/common/errors";
import { scheduleTextOf } from "../../../src/session/order/scheduleExport";
import type { Session, SessionOptions } from "../../../src/session/session";
import { rowsOf, viewOf } from "../../../src/session/view/view";
import { sessionOn, stopAll, until } from "../sessions";

const script = resolve("test/fixtures/session/order.ts");
const languages = [
  ["JavaScript", script],
  ["Python", script.replace(/ts$/, "py")],
] as const;

async function sessionWith(file: string, calls: readonly string[], options: Partial<SessionOptions> = {}): Promise<Session> {
  const session = await sessionOn(file, { until: "all", ...options });
  await session.open();
  for (const call of calls) await session.add(call);
  return session;
}

/** What a replay must reproduce. */
const traceOf = (session: Session) =>
  rowsOf(session, 1, session.head).map(({ task, event, value, output }) => `${task} ${event} ${value} ${output ?? ""}`);

const picksOf = (session: Session) => rowsOf(session, 1, session.head).map(({ task }) => task);

for (const [language, file] of languages) {
  describe(`who runs next, in ${language}`, () => {
    afterEach(stopAll);

    it("is decided by the policy, which can change at any step", async () => {
      const session = await sessionWith(file, ["counts(3)", "counts(3)"], { policy: "fcfs" });
      await session.go(2);
      await session.order.setPolicy("round-robin");
      await session.go();
      // Task 0 made the first two steps; task 1 has waited longer, so the ring begins with it.
      assert.deepEqual(picksOf(session), [0, 0, 1, 0, 1, 0, 1, 1]);
      assert.equal(await scheduleTextOf(session.run), 'fcfs; "counts(3)" "counts(3)"; 0*2 policy="round-robin" 1 0 1 0 1*2');
    });

    it("was decided in the past by the policy of that time, in a branch too, and after the end of the tasks", async () => {
      const session = await sessionWith(file, ["counts(3)", "counts(3)"], { policy: "fcfs" });
      const then = (step: number) => {
        session.select(step);
        return viewOf(session).policyThen;
      };
      await session.go(2);
      await session.order.setPolicy("random:seed=5");
      assert.equal(viewOf(session).policyThen, undefined); // the head is not in the past
      await session.go(2);
      assert.deepEqual([0, 1, 2, 3, 4].map(then), ["fcfs", "fcfs", "fcfs", "random:seed=5", undefined]);
      // A policy chosen at a past step picks from the head on.
      session.select(1);
      await session.order.setPolicy("round-robin");
      assert.equal(session.cursor, session.head);
      assert.deepEqual([1, 3].map(then), ["fcfs", "random:seed=5"]);
      assert.equal(viewOf(session).policy?.text, "round-robin");
      session.select(3);
      await session.branches.fork(session.run.trace.at(4).task === 0 ? 1 : 0);
      assert.deepEqual([2, 3, 4].map(then), ["fcfs", "random:seed=5", undefined]);
      await session.stop();
      assert.deepEqual([2, 3].map(then), ["fcfs", "random:seed=5"]);
    });

    it("is the same whether plans are long and sent ahead or short, also when tasks end on the way", async () => {
      const calls = ["counts(30000)", "counts(20)", "counts(9000)"];
      const whole = await sessionWith(file, calls, { policy: "random:seed=5" });
      await whole.go();
      const cut = await sessionWith(file, calls, { policy: "random:seed=5" });
      while ((await cut.go(3_001)) === "step-limit");
      assert.equal(whole.head, cut.head);
      assert.deepEqual(picksOf(whole), picksOf(cut));
    });

    it("stops changing at a requested pause, although plans are sent ahead", async () => {
      const session = await sessionWith(file, ["counts(10**9)", "counts(10**9)"], { policy: "random:seed=5" });
      const going = session.go();
      await until(session, () => session.head > 50_000);
      await session.pause();
      assert.equal(await going, "paused");
      assert.equal(session.run.scheduler.steps, session.head);
      const { next } = session.run;
      await session.go(1);
      assert.equal(rowsOf(session, session.head, 1)[0]?.task, next);
    });

    it("changes with the policy during a run at full speed, without resting", async () => {
      const session = await sessionWith(file, ["counts(10**9)", "counts(10**9)"]);
      const going = session.go(1_000_000);
      await new Promise<void>((resolve) => {
        const stop = session.onChange(() => {
          if (session.head < 1_000) return;
          stop();
          resolve();
        });
      });
      await session.order.setPolicy("fcfs");
      assert.equal(session.status, "running");
      assert.equal(await going, "step-limit");
      const last = rowsOf(session, session.head - 100, 100).map(({ task }) => task);
      assert.equal(new Set(last).size, 1);
    });

    it("is picked by hand, with a value if one is sent", async () => {
      const session = await sessionWith(file, ["counts(3)", "echoes()", "counts(3)"]);
      await session.order.pick(1);
      assert.deepEqual([viewOf(session).next, viewOf(session).reason], [1, "picked by hand"]);
      await session.step();
      await session.order.pick(1, "'hello'");
      await session.step();
      assert.equal(viewOf(session).now?.value.replaceAll('"', "'"), "'hello'");
      assert.equal(viewOf(session).now?.why, "picked by hand");
      await session.step();
      assert.deepEqual(picksOf(session), [1, 1, 0]);
      assert.equal(viewOf(session).now?.why, "next in the ring");
      await session.order.pick(1, "nowhere");
      await session.step();
      // An error of the sent expression is reported; nothing ran, and the next step can be another one.
      assert.deepEqual([session.head, session.lastEnd, viewOf(session).status], [3, "refused", "paused"]);
      assert.match(viewOf(session).notice?.message ?? "", /nowhere/);
      await session.order.unpick();
      await session.step();
      assert.equal(picksOf(session)[3], 2);
    });

    it("is no longer a pick of an abandoned schedule, but still the user's own pick", async () => {
      const session = await sessionWith(file, ["counts(3)", "echoes()"]);
      await session.order.follow("round-robin; 0 !0 1");
      await session.step();
      assert.deepEqual([viewOf(session).next, viewOf(session).reason], [0, "picked by hand"]);
      await session.order.setPolicy("round-robin");
      // The schedule is left together with its pick, so the task that has waited is next.
      assert.deepEqual([viewOf(session).next, viewOf(session).reason], [1, "next in the ring"]);
      await session.order.pick(0);
      await session.order.setPolicy("round-robin");
      assert.deepEqual([viewOf(session).next, viewOf(session).reason], [0, "picked by hand"]);
      await session.order.follow('round-robin; 1 !1="nowhere" 0');
      assert.equal(await session.go(), "refused");
      await session.order.leave();
      await session.step();
      assert.deepEqual(picksOf(session), [1, 0]);
    });

    it("is never a task that is held back, until it is released", async () => {
      const session = await sessionWith(file, ["counts(2)", "counts(2)"]);
      await session.order.hold(0);
      await assert.rejects(session.order.pick(0), OrderError);
      assert.deepEqual(
        viewOf(session).tasks.map(({ state, held }) => [state, held]),
        [
          ["blocked", true],
          ["created", undefined],
        ],
      );
      assert.equal(await session.go(), "held");
      assert.deepEqual([picksOf(session), session.status], [[1, 1, 1], "paused"]);
      await session.order.release(0);
      assert.equal(await session.go(), "all-finished");
      assert.deepEqual([picksOf(session), session.status], [[1, 1, 1, 0, 0, 0], "finished"]);
    });

    it("is replayed with everything that was done by hand", async () => {
      const session = await sessionWith(file, ["counts(5)", "echoes()"], { policy: "random:seed=4" });
      await session.go(3);
      if (!rowsOf(session, 1, 3).some(({ task }) => task === 1)) await session.order.pick(1);
      await session.step();
      await session.order.pick(1, "7");
      await session.step();
      await session.order.hold(0);
      await session.add("echoes()");
      await session.go(2);
      await session.order.throwInto(1, "lost");
      await session.order.release(0);
      await session.order.setPolicy("lottery:seed=2,0=3");
      await session.go(3);
      await session.order.close(2);
      await session.go();
      const [trace, text] = [traceOf(session), await scheduleTextOf(session.run)];
      await session.order.restartSame("schedule");
      assert.deepEqual([session.head, viewOf(session).schedule?.follows], [0, { done: 0, of: trace.length }]);
      assert.equal(await session.go(trace.length), "all-finished");
      assert.deepEqual(traceOf(session), trace);
      assert.equal(await scheduleTextOf(session.run), text);
      const other = await sessionWith(file, []);
      await other.order.follow(text);
      while (other.head < trace.length) await other.step();
      assert.deepEqual(traceOf(other), trace);
      assert.equal(await scheduleTextOf(other.run), text);
    });

    it("is rejected at the step where a schedule does not fit", async () => {
      const session = await sessionWith(file, ["counts(1)", "counts(9)"]);
      await session.order.follow("round-robin; 0 1 0 1 0 1");
      assert.equal(await session.go(), "refused");
      assert.equal(session.head, 4);
      const { refused } = viewOf(session).schedule ?? {};
      assert.equal(refused?.step, 5);
      assert.match(refused?.message ?? "", /^"counts" has returned/);
      assert.match(viewOf(session).notice?.message ?? "", /step 5/);
      await session.order.leave();
      assert.equal(await session.go(2), "step-limit");
      await assert.rejects(session.order.follow("round-robin; 0 1 ?"), /character 18/);
      await assert.rejects(session.order.follow("nobody; 0 1"), /no policy "nobody"/);
      assert.equal(session.head, 6);
    });

    it("is rejected with the step and the failing part of the schedule", async () => {
      const cases = [
        [`0 add="nope()"`, 2, `add="nope()": `, /nope/],
        [`0 0 throw:0="nope"`, 3, `throw:0="nope": `, /nope/],
        [`1 !0="5"`, 2, `!0="5": `, /./],
      ] as const;
      const session = await sessionWith(file, ["counts(9)", "counts(9)"]);
      for (const [steps, step, what, problem] of cases) {
        await session.order.follow(`round-robin; "counts(9)" "counts(9)"; ${steps}`);
        assert.equal(await session.go(), "refused");
        const { refused } = viewOf(session).schedule ?? {};
        const { message = "", remedy } = viewOf(session).notice ?? {};
        assert.equal(refused?.step, step);
        assert.ok(refused.message.startsWith(what), refused.message);
        assert.equal(message, `The schedule does not fit at step ${step}: ${refused.message}`);
        assert.match(message.slice(message.indexOf(what) + what.length), problem);
        assert.ok(remedy !== undefined && remedy !== "" && remedy === refused.remedy);
      }
      await session.order.leave();
      await session.order.pick(0, "5");
      await session.go(1);
      assert.doesNotMatch(viewOf(session).notice?.message ?? "", /schedule/);
    });

    it("gives the same trace again, whatever the schedule was", async () => {
      const session = await sessionWith(file, []);
      const again = await sessionWith(file, []);
      const names = policies.filter(({ name }) => name !== "fair").map(({ name }) => name);
      const program = fc.record({
        calls: fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 5 }),
        policy: fc.constantFrom(...names),
        quantum: fc.integer({ min: 1, max: 3 }),
        byHand: fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 6 })), { maxLength: 3 }),
      });
      await fc.assert(
        fc.asyncProperty(program, async ({ calls, policy, quantum, byHand }) => {
          await session.begin({ calls: calls.map((times) => `counts(${times})`), policy: `${policy}:quantum=${quantum}` });
          for (const [task, steps] of byHand) {
            await session.order.pick(task).catch(ignoreRefusal);
            if (session.status === "paused" && steps > 0) await session.go(steps);
          }
          const text = await scheduleTextOf(session.run);
          await again.order.follow(text);
          while (again.status === "paused" && again.head < session.head) await again.go();
          assert.deepEqual(traceOf(again), traceOf(session));
          assert.equal(await scheduleTextOf(again.run), text);
        }),
        { numRuns: 6 },
      );
    });
  });
}

describe("who runs next", () => {
  afterEach(stopAll);

  it("is the same in both languages for the same policy and seed", async () => {
    const texts = await Promise.all(
      languages.map(async ([, file]) => {
        const session = await sessionWith(file, ["counts(20)", "counts(5)", "counts(9)"]);
        const all: string[] = [];
        for (const { name } of policies.filter((each) => each.name !== "fair")) {
          await session.begin({ calls: session.calls, policy: `${name}:${name === "priority" ? "1=3" : "quantum=2"}` });
          if (name === "random" || name === "lottery" || name === "pct")
            await session.begin({ calls: session.calls, policy: `${name}:seed=11` });
          await session.go();
          all.push(await scheduleTextOf(session.run));
          await session.order.restartSame("policy");
          await session.go();
          assert.equal(await scheduleTextOf(session.run), all.at(-1));
        }
        return all;
      }),
    );
    assert.deepEqual(texts[0], texts[1]);
  });
});

function ignoreRefusal(error: unknown): void {
  if (!(error instanceof OrderError || error instanceof UserCodeError)) throw error;
}
