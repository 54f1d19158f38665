/**
 * Ways of working compared with one another, with real runners, and their runs opened in the session.
 */
import assert from "node:assert/strict";
import { resolve } from "node:path";
import type { Conditions } from "../../../src/core/conditions";
import { ways } from "../../../src/core/ways";
import { runInRow } from "../../../src/session/compare/sessionLines";
import type { Session } from "../../../src/session/session";
import { viewOf } from "../../../src/session/view/view";
import { sessionOn, stopAll } from "../sessions";

const counts = resolve("test/fixtures/session/order.ts");
const races = resolve("test/fixtures/threads/races.ts");

async function sessionWith(calls: readonly string[], on: string, conditions: Partial<Conditions> = {}): Promise<Session> {
  const { threads } = conditions;
  const session = await sessionOn(on, { until: "all", ...(threads ? { threads } : {}) });
  await session.open();
  for (const call of calls) await session.add(call);
  return session;
}

const limits = { steps: 1_000, runs: 2 };
const measures = [{ name: "count", expression: "counter" }];

describe("a comparison of ways of working", () => {
  afterEach(stopAll);

  for (const on of [counts, counts.replace(/ts$/, "py")]) {
    it(`runs the tasks of the session in each, with times and measures: ${on.endsWith("py") ? "Python" : "JavaScript"}`, async () => {
      const session = await sessionWith(["counts(3)", "counts(3)"], on);
      await session.comparisons.ways(ways, limits, [{ name: "two", expression: "1 + 1" }]);
      const { comparing } = viewOf(session);
      assert.deepEqual([comparing?.kind, comparing?.runs, comparing?.isOver], ["ways", 2, true]);
      assert.deepEqual(
        comparing?.lines.map(({ name, state, runs }) => [name, state, runs]),
        ways.map((way) => [way, "done", 2]),
      );
      const outcomes = session.comparison?.outcomes ?? [];
      assert.deepEqual(
        outcomes.map(({ name, way, returned, measures }) => [name, way, returned, measures]),
        // Each of two processes has a value of its own; they are added up.
        ways.map((way) => [way, way, 2, [{ name: "two", text: way === "processes" ? "4" : "2" }]]),
      );
      for (const { runs } of outcomes) {
        assert.ok(runs.every(({ millis = 0, processor = 0 }) => millis > 0 && processor > 0));
      }
    });
  }

  it("keeps the other results if the calls cannot work in one of them", async () => {
    const session = await sessionWith(["add()", "add()"], races, { threads: "accesses" });
    await session.comparisons.ways(["cooperative", "threads"], limits, measures);
    const [cooperative, threads] = session.comparison?.outcomes ?? [];
    assert.match(cooperative?.problem ?? "", /add\(\).*not a generator/s);
    // Both read 0 before either writes.
    assert.deepEqual([threads?.problem, threads?.measures], [undefined, [{ name: "count", text: "1" }]]);
  });

  it("has runs that the session can go through, in their own way of working", async () => {
    const session = await sessionWith(["addLocked()", "addLocked()"], races);
    await session.comparisons.ways(["threads", "cooperative"], limits);
    for (const [row, points] of [
      [0, "accesses"],
      [1, undefined],
    ] as const) {
      const { schedule, conditions, steps, file } = runInRow(session.comparison, row);
      assert.equal(file, races);
      await session.order.follow(schedule, [], undefined, conditions);
      await session.runTo(steps);
      assert.deepEqual([session.run.threads, session.head, session.status], [points, steps, "finished"]);
    }
    assert.equal(session.comparison?.outcomes.length, 2);
    assert.throws(() => runInRow(session.comparison, 2), /cannot be opened/);
  });
});
