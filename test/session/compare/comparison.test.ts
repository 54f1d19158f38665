/**
 * Policies compared with one another, with real runners.
 */
import assert from "node:assert/strict";
import { tmpdir } from "node:os";
import { resolve } from "node:path";
import * as v from "valibot";
import { ComparedTable } from "../../../src/protocol/schedule";
import { OrderError } from "../../../src/session/common/errors";
import { cellOf, columnsOf } from "../../../src/session/compare/columns";
import { Comparison } from "../../../src/session/compare/comparison";
import { csvOf } from "../../../src/session/compare/comparisonCsv";
import { comparisonTable } from "../../../src/session/compare/comparisonTable";
import { markdownOf } from "../../../src/session/compare/comparisonText";
import type { LineOutcome } from "../../../src/session/compare/lineOutcome";
import { failingOrders } from "../../../src/session/explore/failingOrders";
import { runnerCommand } from "../../../src/session/interpreter/runners";
import { workingUnder } from "../../../src/session/process/runnerProcess";
import type { Session } from "../../../src/session/session";
import { viewOf } from "../../../src/session/view/view";
import { progressed } from "../../progress";
import { dist, sessionOn, stopAll, until } from "../sessions";

const file = resolve("test/fixtures/session/order.ts");

async function sessionWith(calls: readonly string[], on = file): Promise<Session> {
  const session = await sessionOn(on, { until: "all" });
  await session.open();
  for (const call of calls) await session.add(call);
  return session;
}

describe("a comparison of policies", () => {
  afterEach(stopAll);

  for (const on of [file, file.replace(/ts$/, "py")]) {
    it(`shows the outcome of each, and leaves the session unchanged: ${on.endsWith("py") ? "Python" : "JavaScript"}`, async () => {
      const session = await sessionWith(["counts(9)", "counts(9)"], on);
      await session.go(3);
      await session.comparisons.policies(["round-robin", "fcfs", "lottery:seed=3"], { steps: 1_000 });
      assert.deepEqual([session.head, session.status], [3, "paused"]);
      assert.deepEqual(viewOf(session).comparing, {
        kind: "policies",
        lines: ["round-robin", "fcfs", "lottery:seed=3"].map((name) => ({ name, state: "done", runs: 1, steps: 20 })),
        runs: 1,
        isOver: true,
        cancelled: false,
      });
      const outcomes = session.comparison?.outcomes ?? [];
      assert.ok(v.is(ComparedTable, comparisonTable(outcomes, "policies")));
      const [ring, first] = outcomes;
      assert.deepEqual([ring?.firstReturn?.step, ring?.lastReturn?.step], [19, 20]);
      assert.deepEqual([first?.firstReturn?.step, first?.lastReturn?.step], [10, 20]);
      // In the ring each task waits for one step of the other before its own; the first task starts.
      assert.deepEqual(
        ring?.tasks.map(({ mean, worst }) => [mean.steps, worst.steps]),
        [
          [0.9, 1],
          [1, 1],
        ],
      );
      assert.deepEqual(
        first?.tasks.map(({ mean, worst }) => [mean.steps, worst.steps]),
        [
          [0, 0],
          [1, 10],
        ],
      );
      // When its first task ends, the other has not run: the minimum for two tasks. In the ring they had 10 and 9.
      assert.deepEqual([first?.fairness, ring?.fairness.toFixed(3)], [0.5, "0.997"]);
      assert.deepEqual(
        ring?.tasks.map(({ outcome }) => outcome),
        ["returned 9", "returned 9"],
      );
      const text = markdownOf(outcomes, "policies");
      assert.match(text, /\| fcfs +\| 20 \([^)]+\) +\| 10 /);
      assert.match(text, /`fcfs`\n\n```\ncounts {5}█{10}·{10}\ncounts #2 {2}·{10}█{10}\n```/u);
      session.comparisons.dismiss();
      assert.equal(viewOf(session).comparing, undefined);
    });
  }

  it("ends after a number of steps, and reports policies that cannot run", async () => {
    const session = await sessionWith(["counts(1e9)", "counts(1e9)"]);
    await session.comparisons.policies(["fair", "pct"], { steps: 5_000 });
    const outcomes = session.comparison?.outcomes ?? [];
    assert.deepEqual(
      outcomes.map(({ stopped, steps }) => [stopped, steps]),
      [
        ["step-limit", 5_000],
        ["step-limit", 5_000],
      ],
    );
    await assert.rejects(session.comparisons.policies(["nobody"], { steps: 5 }), OrderError);
    const empty = await sessionWith([]);
    await assert.rejects(empty.comparisons.policies(["fcfs"], { steps: 5 }), /no tasks/);
  });

  it("can be cancelled, and keeps the results so far", async () => {
    const session = await sessionWith(["counts(1e9)", "counts(1e9)"]);
    const comparing = session.comparisons.policies(["round-robin", "random", "fcfs"], { steps: 10_000_000 });
    await until(session, () => viewOf(session).comparing?.lines.some(({ steps }) => steps > 100) ?? false);
    session.comparison?.cancel();
    await comparing;
    assert.deepEqual([viewOf(session).comparing?.isOver, viewOf(session).comparing?.cancelled], [true, true]);
    assert.deepEqual(session.comparison?.outcomes, []);
    assert.equal(await session.go(5), "step-limit");
  });
});

describe("a line of a comparison", () => {
  async function comparedWith(on: string, watches: readonly string[], millis?: number): Promise<Comparison> {
    const own = { executable: process.execPath, env: {} };
    const command = await runnerCommand({ file: on, nodePath: process.execPath, pythonPath: "", own, dist });
    const program = { file: on, command, calls: ["counts(3)"], storage: tmpdir(), maxTraceBytes: 2 ** 24, watches };
    const limits = { steps: 100, runs: 1, ...(millis === undefined ? {} : { millis }) };
    const comparison = new Comparison("setups", [{ name: "watched", program, policy: "fcfs" }], limits, progressed);
    await comparison.run();
    return comparison;
  }

  it("has the values of what is watched, except of what does not end", async () => {
    const { outcomes, failures } = await comparedWith(file, ["1 + 1", "(() => { for (;;); })()", "nowhere"]);
    const [outcome] = outcomes;
    assert.deepEqual(failures, []);
    assert.deepEqual([outcome?.name, outcome?.stopped, outcome?.returned], ["watched", "all-finished", 1]);
    assert.deepEqual(outcome?.watches, [
      { expression: "1 + 1", text: "2" },
      { expression: "(() => { for (;;); })()", error: "Its evaluation did not end." },
      { expression: "nowhere", error: "ReferenceError: nowhere is not defined" },
    ]);
  });

  it("says in its own column why its orders could not be tried, and keeps its figures", async () => {
    const races = resolve("test/fixtures/threads/races.ts");
    const own = { executable: process.execPath, env: {} };
    const command = await runnerCommand({ file: races, nodePath: process.execPath, pythonPath: "", own, dist });
    const program = {
      file: races,
      command: workingUnder(command, { threads: "accesses" }),
      calls: ["add()", "add()"],
      storage: tmpdir(),
      maxTraceBytes: 2 ** 24,
      check: "counter === (",
    };
    const line = { name: "races", program, policy: "fcfs" };
    const comparison = new Comparison("setups", [line], { steps: 100, runs: 1 }, progressed, failingOrders);
    await comparison.run();
    const [outcome] = comparison.outcomes;
    assert.deepEqual([outcome?.stopped, outcome?.returned, comparison.failures], ["all-finished", 2, []]);
    assert.match(outcome?.orders?.problem ?? "", /counter === \(/);
    assert.match(csvOf(comparison.outcomes, "setups").join("\n"), /orders tried/);
    assert.ok(
      columnsOf(comparison.outcomes, "setups").some((column) =>
        cellOf(column, outcome as LineOutcome).text.includes("counter === ("),
      ),
    );
  });

  it("fails if what is watched cannot be interrupted", async () => {
    const { outcomes } = await comparedWith(file.replace(/ts$/, "py"), ["sum(iter(int, 1))"], 3_000);
    assert.match(outcomes[0]?.problem ?? "", /A watch did not give back control in time\./);
  });
});
