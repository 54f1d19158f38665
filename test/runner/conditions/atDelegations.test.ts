import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { Condition } from "../../../src/protocol/requests";
import type { Answer } from "../../../src/protocol/runner";
import type { RunnerClient } from "../client";
import { everyRunner, type RunnerUnderTest } from "../runners";
import { endAll, programFile, start } from "../starting";

/** Resumes a task until a condition is met, or the task has ended. */
function until(client: RunnerClient, ...conditions: Condition[]): Promise<Answer<"advance">> {
  return client.ask("advance", { from: client.steps.length + 1, plan: { picks: [0], times: 100 }, until: conditions });
}

/** The line of the program `points` with that code. */
function line(runner: RunnerUnderTest, code: string) {
  const file = programFile(runner, "points");
  const written = code.replace("DELEGATE", runner.words.delegate).replace("SELF", runner.language === "python" ? "self" : "this");
  const found = readFileSync(file, "utf8")
    .split("\n")
    .findIndex((text) => text.includes(written));
  return { file, line: found + 1 };
}

for (const runner of everyRunner) {
  describe(`${runner.name} runner, conditions at a line that delegates`, () => {
    afterEach(endAll);

    it("are met at every step of a task that is suspended further inside", async () => {
      const client = await start(runner, "points", "outer(2)");
      const met = (ran: number) => ({ ran, stopped: "condition", condition: { id: 1 } });
      const outermost = { id: 1, line: line(runner, "(DELEGATE middle") };
      for (let step = 1; step <= 3; step += 1) assert.deepEqual(await until(client, outermost), met(1), `step ${step}`);
      assert.deepEqual(await until(client, outermost), { ran: 1, stopped: "returned" });
    });

    it("are met in the middle of a stack, but not before it is reached", async () => {
      const client = await start(runner, "points", "outer(2)");
      const between = { id: 2, line: line(runner, "DELEGATE inner") };
      // The first step belongs to the list that `middle` delegates to first.
      assert.deepEqual(await until(client, between), { ran: 2, stopped: "condition", condition: { id: 2 } });
      const innermost = { id: 3, line: line(runner, "yield seen * 10") };
      assert.deepEqual((await until(client, innermost, between)).condition, { id: 3 });
      assert.deepEqual(await until(client, between), { ran: 1, stopped: "returned" });
    });

    it("are met by the frames of a function that delegates to itself", async () => {
      const client = await start(runner, "points", runner.words.walkTree);
      const right = { id: 4, line: line(runner, "DELEGATE SELF.right") };
      assert.deepEqual(await until(client, right), { ran: 3, stopped: "condition", condition: { id: 4 } });
      assert.equal(client.steps.at(-1)?.value, "3");
    });

    it("see the locals of the frame at that line", async () => {
      const client = await start(runner, "points", "outer(2)");
      const and = runner.language === "python" ? "and" : "&&";
      const expression = `mine == 4 ${and} value == 20`;
      const met = await until(client, { id: 5, task: 0, line: line(runner, "(DELEGATE middle"), expression });
      assert.deepEqual(met, { ran: 3, stopped: "condition", condition: { id: 5 } });
    });

    it("can be for one task only", async () => {
      const client = await start(runner, "points", "outer(2)", "outer(3)");
      const plan = { picks: [0, 1], times: 100 };
      const met = await client.ask("advance", {
        from: 1,
        plan,
        until: [{ id: 6, task: 1, line: line(runner, "DELEGATE inner") }],
      });
      assert.deepEqual(met, { ran: 4, stopped: "condition", condition: { id: 6 } });
    });
  });
}
