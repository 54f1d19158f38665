import assert from "node:assert/strict";
import type { Condition } from "../../../src/protocol/requests";
import type { Answer } from "../../../src/protocol/runner";
import type { RunnerClient } from "../client";
import { everyRunner, type RunnerUnderTest, runners } from "../runners";
import { endAll, programFile, start } from "../starting";

/** Resumes a task until a condition is met, or the task has ended. */
function until(client: RunnerClient, task: number, ...conditions: Condition[]): Promise<Answer<"advance">> {
  return client.ask("advance", { from: client.steps.length + 1, plan: { picks: [task], times: 1_000 }, until: conditions });
}

/** An expression for the message of what was thrown. */
function messageOfValue({ language }: RunnerUnderTest): string {
  return language === "python" ? "str(value)" : "value.message";
}

for (const runner of everyRunner) {
  describe(`${runner.name} runner, conditions after the last step of a task`, () => {
    afterEach(endAll);

    it("are met by what the step did, and the return or the throw is reported as well", async () => {
      const client = await start(runner, "tasks", "scripted([[2, 5]])", "scripted([[0, 1], [3, 6]])");
      const first = await until(client, 0, { id: 3, expression: "started == 1" });
      assert.deepEqual(first, { ran: 1, stopped: "returned", condition: { id: 3 } });
      const second = await until(client, 1, { id: 4 });
      assert.deepEqual(second, { ran: 1, stopped: "condition", condition: { id: 4 } });
      const third = await until(client, 1, { id: 5, expression: "started == 2" });
      assert.deepEqual(third, { ran: 1, stopped: "threw", condition: { id: 5 } });
      assert.deepEqual(
        client.steps.map(({ task, event }) => [task, event]),
        [
          [0, "returned"],
          [1, "yielded"],
          [1, "threw"],
        ],
      );
    });

    it("see the returned or thrown value as `value`", async () => {
      const client = await start(runner, "tasks", "count(2)", "scripted([[3, 6]])");
      const returned = await until(client, 0, { id: 1, expression: `value == ${runner.words.quoted("done")}` });
      assert.deepEqual(returned, { ran: 3, stopped: "returned", condition: { id: 1 } });
      const expression = `${messageOfValue(runner)} == ${runner.words.quoted("told to: 6")}`;
      assert.deepEqual(await until(client, 1, { id: 2, expression }), { ran: 1, stopped: "threw", condition: { id: 2 } });
    });

    it("see only the module if they are for a task, and do not fail because its locals are missing", async () => {
      const client = await start(runner, "tasks", "count(2)", "count(0)", "count(0)", "count(0)");
      const gone = await until(client, 0, { id: 1, task: 0, expression: "i == 5" });
      assert.deepEqual(gone, { ran: 3, stopped: "returned" });
      const module = await until(client, 1, { id: 1, task: 1, expression: "local[2] == 3" });
      assert.deepEqual(module, { ran: 1, stopped: "returned", condition: { id: 1 } });
      const another = await until(client, 2, { id: 1, task: 1, expression: "local[2] == 3" });
      assert.deepEqual(another, { ran: 1, stopped: "returned" });
      const wrong = await until(client, 3, { id: 1, task: 3, expression: "value.missing.more" });
      assert.match(wrong.condition?.problem ?? "", /^(TypeError|AttributeError)/);
    });

    it("are not met if they are for a line: the task is suspended nowhere", async () => {
      const client = await start(runner, "tasks", "count(0)");
      const line = { file: programFile(runner, "tasks"), line: 0 };
      assert.deepEqual(await until(client, 0, { id: 1, line }), { ran: 1, stopped: "returned" });
    });

    it("can be about the end alone, whether the task returns, throws or is closed", async () => {
      const client = await start(runner, "tasks", "count(3)", "scripted([[0, 1], [3, 6]])", "count(9)", "count(1)");
      const ended = (task: number): Condition => ({ id: 0, task, ended: true });
      // Tasks 0 and 3 take turns: the fourth step ends task 3, which is not the one that is waited for.
      const other = await client.ask("advance", { from: 1, plan: { picks: [0, 3], times: 9 }, until: [ended(0)] });
      assert.deepEqual(other, { ran: 4, stopped: "returned" });
      assert.deepEqual(await until(client, 0, ended(0)), { ran: 2, stopped: "returned", condition: { id: 0 } });
      assert.deepEqual(await until(client, 1, ended(1)), { ran: 2, stopped: "threw", condition: { id: 0 } });
      assert.deepEqual(await client.ask("advance", { from: 9, plan: { picks: [2], times: 2 }, until: [ended(2)] }), {
        ran: 2,
        stopped: "completed",
      });
      const closed = await client.ask("close", { from: 11, task: 2, until: [ended(2)] });
      assert.deepEqual(closed, { ran: 1, stopped: "condition", condition: { id: 0 } });
    });

    it("print into that step", async () => {
      const client = await start(runner, "tasks", "count(1)");
      const print = runner.language === "python" ? "print('looked')" : "console.log('looked')";
      const expression = `value == ${runner.words.quoted("done")} and ${print}`;
      await until(client, 0, { id: 1, expression: runner.language === "python" ? expression : expression.replace("and", "&&") });
      assert.equal(client.printed("stdout", 2), "looked\n");
    });
  });
}

for (const runner of runners) {
  describe(`${runner.name} runner, a condition that hangs after the last step of a task`, () => {
    afterEach(endAll);

    it("is interrupted, and counts as met", async () => {
      const client = await start(runner, "tasks", "count(0)", "forever()");
      const expression = runner.language === "python" ? "[None for n in iter(int, 1)]" : "(() => { while (true); })()";
      const hanging = until(client, 0, { id: 4, expression });
      const hung = await client.hungInStep();
      assert.deepEqual([hung.step, hung.task], [1, undefined]);
      client.interrupt();
      const { ran, stopped, condition } = await hanging;
      assert.deepEqual([ran, stopped, condition?.id], [1, "returned", 4]);
      assert.match(condition?.problem ?? "", /^Interrupted after \d+\.\d s$/);
      assert.deepEqual(await client.run(2, 1), { ran: 1, stopped: "completed" });
    });
  });
}
