// Deviations are counted from a policy: the order without any is the one in which a session runs under it.

import assert from "node:assert/strict";
import { OrderSearch } from "../../../src/session/explore/orderSearch";
import { reportOf } from "../../../src/session/explore/report";
import { runnerCommand } from "../../../src/session/interpreter/runners";
import { exploredFile } from "../../runner/explore/programs";
import { dist, sessionOn, stopAll } from "../sessions";

const time = { virtual: 1, seed: 0 };
const calls = ["boss()", "puts()", "takes()", "helper(2)"];

const policies = [
  "round-robin:quantum=2",
  "fcfs",
  "lifo",
  "lifo:quantum=3",
  "priority:takes=2,helper=1",
  "priority:helper #2=3,1=1,quantum=2",
  "priority:puts=2,helper=-1,ageing=2",
];

async function searchOn(file: string, policy: string, strategy: string): Promise<OrderSearch> {
  const own = { executable: process.execPath, env: {} };
  const command = await runnerCommand({ file, nodePath: process.execPath, pythonPath: "", own, dist });
  const question = {
    until: "all" as const,
    watches: [],
    counts: { values: true, output: false },
    steps: 1000,
    policy,
    time,
  };
  return new OrderSearch({ file, command, calls }, question, { strategy, shard: { index: 0, of: 1 } });
}

/** The tasks of a session's steps under a policy. */
async function picksUnder(file: string, policy: string): Promise<number[]> {
  const session = await sessionOn(file, { until: "all", virtualTime: time, policy });
  await session.open();
  for (const call of calls) await session.add(call);
  assert.equal(await session.go(), "all-finished");
  return session.run.trace.window(1, session.head).map(({ task }) => task);
}

for (const extension of [".ts", ".py"]) {
  describe(`exploring from a policy, in a ${extension} file`, () => {
    const file = exploredFile({ extension }, "ranked");
    afterEach(stopAll);

    for (const policy of policies) {
      it(`begins with the order of ${policy}`, async () => {
        const search = await searchOn(file, policy, "delays:d=0");
        await search.run();
        const { outcomes, search: about } = reportOf(search);
        assert.deepEqual(
          search.result?.outcomes.map(({ witness }) => witness),
          [await picksUnder(file, policy)],
        );
        assert.deepEqual(about.explored.says, [`The only order with at most 0 deviations from ${policy}.`]);
        assert.ok(outcomes[0]?.witness.startsWith(`virtual-time:step=1,seed=0; ${policy}; "boss()" `));
        assert.deepEqual([outcomes[0]?.deviations, outcomes[0]?.failing], [0, false]);
      });
    }

    it("refuses a policy that gives a number to a task that does not exist", async () => {
      const search = await searchOn(file, "priority:takers=2", "delays:d=0");
      await assert.rejects(search.run(), /There is no task "takers" for the priority of priority\./);
    });
  });
}

describe("exploring from a policy", () => {
  it("refuses one from which deviations cannot be counted", async () => {
    const file = exploredFile({ extension: ".ts" }, "ranked");
    await assert.rejects(searchOn(file, "random", "delays"), /Deviations from random cannot be counted: it draws its picks\./);
    await assert.rejects(searchOn(file, "./mine.ts", "delays"), /Deviations from a policy in a file cannot be counted: only/);
    await assert.rejects(searchOn(file, "fastest", "delays"), /There is no policy "fastest"\./);
  });
});
