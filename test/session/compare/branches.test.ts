/**
 * Branches, with real runners: another path from a past step, while the original stays.
 */
import assert from "node:assert/strict";
import { resolve } from "node:path";
import { maxBranches } from "../../../src/protocol/schedule";
import { compareRuns } from "../../../src/session/branches/branchComparison";
import { OrderError, StoppedError } from "../../../src/session/common/errors";
import { ReplayError } from "../../../src/session/common/replayErrors";
import type { Session } from "../../../src/session/session";
import { rowsOf, viewOf } from "../../../src/session/view/view";
import { sessionOn, stopAll, until } from "../sessions";

const file = resolve("test/fixtures/session/order.ts");
const fickle = resolve("test/fixtures/session/fickle.ts");

async function sessionWith(calls: readonly string[], on = file): Promise<Session> {
  const session = await sessionOn(on, { until: "all" });
  await session.open();
  for (const call of calls) await session.add(call);
  return session;
}

const picksOf = (session: Session) => rowsOf(session, 1, session.head).map(({ task }) => task);
const branchesOf = (session: Session) => viewOf(session).branches ?? [];

describe("a branch", () => {
  afterEach(stopAll);

  it("takes another path from a past step, and keeps the original, which can continue", async () => {
    const session = await sessionWith(["bank(account)", "bank(account)"], fickle);
    await session.go();
    assert.equal(session.run.trace.at(session.head).value, "10");
    session.select(1);
    await session.branches.fork(0);
    await session.go();
    // The second task reads only after the first has written: no deposit is lost.
    assert.deepEqual(picksOf(session), [0, 0, 1, 0, 1, 1]);
    assert.equal(session.run.trace.at(session.head).value, "20");
    assert.deepEqual(
      branchesOf(session).map(({ id, name, after, parent, head, current, rests }) => [
        id,
        name,
        after,
        parent,
        head,
        current,
        rests,
      ]),
      [
        [1, "Branch 1", undefined, undefined, 6, false, true],
        [2, "Branch 2", 1, 1, 6, true, false],
      ],
    );
    const comparison = compareRuns(session.branches.runOf(1), session.branches.runOf(2));
    assert.deepEqual([comparison.step, comparison.one?.task, comparison.other?.task], [2, "bank #2", "bank"]);
    assert.deepEqual(
      comparison.tasks.map(({ one, other, differs }) => [one, other, differs]),
      [
        ["returned 10", "returned 10", false],
        ["returned 10", "returned 20", true],
      ],
    );
    await session.branches.switchTo(1);
    assert.deepEqual([session.head, session.status, picksOf(session)], [6, "finished", [0, 1, 0, 1, 0, 1]]);
    session.branches.rename(2, "no deposit lost");
    assert.throws(() => session.branches.delete(1), OrderError);
    session.branches.delete(2);
    assert.deepEqual(branchesOf(session), []);
  });

  it("at rest is replayed before it continues, with everything that was done by hand", async () => {
    const session = await sessionWith(["counts(50)", "echoes()"]);
    await session.go(4);
    await session.order.pick(1, "'sent'");
    await session.step();
    await session.go(10);
    session.select(3);
    await session.branches.fork(0);
    await session.branches.switchTo(1);
    const before = rowsOf(session, 1, 15).map(({ task, value }) => `${task} ${value}`);
    assert.equal(before.length, 15);
    assert.equal(branchesOf(session)[0]?.rests, true);
    await session.step();
    assert.equal(session.head, 16);
    assert.deepEqual(
      rowsOf(session, 1, 15).map(({ task, value }) => `${task} ${value}`),
      before,
    );
    assert.deepEqual(
      branchesOf(session).map(({ rests }) => rests),
      [false, true],
    );
    await session.order.throwInto(1, "lost");
    assert.match(viewOf(session).now?.value ?? "", /caught lost/);
  });

  it("has the captured data of the shared steps, and keeps it when it gets a process again", async () => {
    const session = await sessionWith(["counts(50)", "counts(60)"]);
    session.watches.add("1 + 1");
    for (let step = 0; step < 6; step += 1) await session.step();
    const shown = (step: number) => {
      session.select(step);
      const { detail, watches, rebuild, tasks } = viewOf(session);
      return JSON.stringify({ detail, watches, rebuild, tasks }, (key, value) =>
        key === "handle" || key === "micros" ? 0 : value,
      );
    };
    const before = [1, 2, 3, 4].map(shown);
    assert.match(before[3] ?? "", /"locals":\[\{.*"text":"2"/);
    await session.branches.fork(1);
    assert.equal(session.head, 5);
    assert.deepEqual([1, 2, 3, 4].map(shown), before);
    const fifth = shown(5);
    await session.branches.switchTo(1);
    await session.branches.switchTo(2);
    session.select(5);
    await session.step();
    assert.equal(session.head, 6);
    assert.deepEqual([1, 2, 3, 4].map(shown), before);
    assert.equal(shown(5), fifth);
  });

  it("is rejected if the task had ended or did not exist yet", async () => {
    const session = await sessionWith(["counts(1)", "counts(5)"]);
    await session.go(6);
    await session.add("counts(2)");
    await assert.rejects(session.branches.fork(0), /had already ended after step 6/);
    session.select(2);
    await assert.rejects(session.branches.fork(2), /did not exist yet after step 2/);
    assert.deepEqual([branchesOf(session).length, session.status], [0, "paused"]);
    await session.go(1);
    assert.equal(session.head, 7);
  });

  it("reports the first step that differs, and changes nothing", async () => {
    const session = await sessionWith(["fickle()", "fickle()"], fickle);
    await session.go(5);
    session.select(4);
    await assert.rejects(session.branches.fork(0), (error) => error instanceof ReplayError && /step 3/.test(error.message));
    assert.deepEqual([branchesOf(session).length, session.head, session.cursor], [0, 5, 4]);
    assert.equal(await session.go(1), "step-limit");
  });

  it("reports the progress of its replay, which can be cancelled", async () => {
    const session = await sessionWith(["counts(1e9)", "counts(1e9)"]);
    await session.go(1_500_000);
    const forked = session.branches.fork(1);
    const refused = assert.rejects(forked, StoppedError);
    await until(session, () => (viewOf(session).replaying?.done ?? 0) > 0);
    assert.equal(viewOf(session).replaying?.of, 1_500_000);
    session.branches.cancel();
    await refused;
    assert.deepEqual([viewOf(session).replaying, session.head, branchesOf(session).length], [undefined, 1_500_000, 0]);
    assert.equal(await session.go(10), "step-limit");
  });

  it("is one of a limited number, and is gone after a restart", async () => {
    const session = await sessionWith(["counts(50)", "counts(50)"]);
    await session.go(1);
    for (let count = 1; count < maxBranches; count += 1) {
      session.select(0);
      await session.branches.fork(count % 2);
    }
    assert.equal(branchesOf(session).length, maxBranches);
    await assert.rejects(session.branches.fork(0), /branches, which is the maximum/);
    await session.restart();
    assert.deepEqual(branchesOf(session), []);
  });
});
