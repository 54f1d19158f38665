// A witness is a schedule like any other: a session that follows it ends as the search has said. And what is found is explained.

import assert from "node:assert/strict";
import { OrderSearch } from "../../../src/session/explore/orderSearch";
import { reportOf } from "../../../src/session/explore/report";
import { runnerCommand } from "../../../src/session/interpreter/runners";
import { outcomeOf } from "../../../src/session/view/scheduleOutcome";
import { exploredFile, programs } from "../../runner/explore/programs";
import { dist, sessionOn, stopAll } from "../sessions";

const time = { virtual: 1, seed: 0 };

/** A search with usual questions, and its report. */
async function explored(file: string, { calls, check, invariant }: (typeof programs)[number]) {
  const command = await runnerCommand({
    file,
    nodePath: process.execPath,
    pythonPath: "",
    own: { executable: process.execPath, env: {} },
    dist,
  });
  const question = {
    until: "all" as const,
    check,
    invariant,
    watches: [],
    counts: { values: true, output: false },
    steps: 1000,
    policy: "round-robin",
    time,
  };
  const search = new OrderSearch({ file, command, calls }, question, { strategy: undefined, shard: { index: 0, of: 1 } });
  await search.run();
  return { search, report: reportOf(search) };
}

for (const extension of [".ts", ".py"]) {
  describe(`witnesses in ${extension} files`, () => {
    afterEach(stopAll);

    for (const program of programs) {
      const { name } = program;
      it(`lead to their outcomes again, in ${name}`, async () => {
        const file = exploredFile({ extension }, name);
        const { report } = await explored(file, program);
        assert.equal(report.search.explored.claim, "all");
        const failing = report.outcomes.filter(({ failing }) => failing);
        assert.ok(failing.length > 0);
        assert.ok(failing.every(({ by }) => by === program.by));
        const explained = failing.filter(({ explanation }) =>
          /\bThe outcome turns on whether (step \d+|the (first|next) step of \w+) comes before step \d+/.test(explanation ?? ""),
        );
        assert.ok(explained.length > 0);
        for (const { outcome, witness } of failing.slice(0, 1)) {
          const session = await sessionOn(file, { until: "all", virtualTime: time });
          await session.order.follow(witness, []);
          const stopped = await session.go();
          const { steps, tasks } = await outcomeOf(session, stopped);
          const told = Object.entries(outcome.tasks).map(([task, { state, value }]) => [task, state, value]);
          assert.deepEqual(
            [steps, Object.entries(tasks).map(([task, { state, value }]) => [task, state, value])],
            [outcome.steps, told],
          );
          // Where the search has ended the order early, the session could go on with the other tasks.
          assert.equal(stopped, ["threw", "invariant", "livelock"].includes(outcome.stopped) ? "schedule-over" : outcome.stopped);
        }
      });
    }
  });
}
