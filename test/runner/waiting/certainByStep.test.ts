// A step of one task can make a deadlock of others certain: one of them then waits for only one more thing, which is part of a cycle.
import assert from "node:assert/strict";
import type { Answer } from "../../../src/protocol/runner";
import type { Op } from "../../waiting/programs";
import type { RunnerClient } from "../client";
import { runners } from "../runners";
import { endAll, start } from "../starting";

/** Tasks 0 and 1 take two locks in opposite order. Task 0 also waits for task 2, so its wait is for more than one thing until that task returns. */
const tasks: readonly (readonly Op[])[] = [
  [
    { op: "acquire", on: 1 },
    {
      op: "all",
      parts: [
        { op: "acquire", on: 2 },
        { op: "join", on: 2 },
      ],
    },
  ],
  [
    { op: "acquire", on: 2 },
    { op: "acquire", on: 1 },
  ],
  [{ op: "yield" }],
];

const ways: Readonly<Record<string, (client: RunnerClient) => Promise<Answer<"advance">>>> = {
  "a plan of picks": (client) => client.run(6, 2),
  "a ring plan": (client) => client.ask("advance", { from: 6, plan: { ring: [2], steps: 9 } }),
  "a step by hand": (client) => client.ask("send", { from: 6, task: 2, expression: "1" }),
};

for (const runner of runners) {
  describe(`${runner.name} runner, a deadlock that a return makes certain`, () => {
    afterEach(endAll);

    for (const [way, resume] of Object.entries(ways)) {
      it(`ends ${way} in that step`, async () => {
        const program = runner.language === "python" ? "waiting/program.py" : "waiting/program.js";
        const client = await start(runner, program, ...tasks.map((ops) => `task(${JSON.stringify(ops)}, [])`));
        for (const [index, task] of [0, 1, 2, 0, 1].entries()) {
          assert.notEqual((await client.run(index + 1, task)).stopped, "deadlock");
        }
        assert.deepEqual(await resume(client), { ran: 1, stopped: "deadlock" });
        assert.equal(client.steps.at(-1)?.event, "returned");
      });
    }
  });
}

/** The same, but task 0 also waits for an event, which task 2 sets; it does not end then. */
const setting: readonly (readonly Op[])[] = [
  [
    { op: "acquire", on: 1 },
    {
      op: "all",
      parts: [
        { op: "acquire", on: 2 },
        { op: "wait", on: 7 },
      ],
    },
  ],
  tasks[1] as Op[],
  [{ op: "yield" }, { op: "set", on: 7 }, { op: "yield" }, { op: "yield" }, { op: "yield" }],
];

for (const runner of runners) {
  describe(`${runner.name} runner, a deadlock that the step of a task that stays ready makes certain`, () => {
    afterEach(endAll);

    for (const [way, resume] of Object.entries(ways)) {
      it(`ends ${way} in that step`, async () => {
        const program = runner.language === "python" ? "waiting/program.py" : "waiting/program.js";
        const client = await start(runner, program, ...setting.map((ops) => `task(${JSON.stringify(ops)}, [])`));
        for (const [index, task] of [0, 1, 2, 0, 1].entries()) {
          assert.notEqual((await client.run(index + 1, task)).stopped, "deadlock");
        }
        assert.deepEqual(await resume(client), { ran: 1, stopped: "deadlock" });
        assert.equal(client.steps.at(-1)?.event, "yielded");
      });
    }
  });
}
