import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { everyRunner, type RunnerUnderTest, runners } from "../runners";
import { endAll, programFile, start } from "../starting";

/** The line of the program `tasks` with that code. */
function line(runner: RunnerUnderTest, code: string) {
  const file = programFile(runner, "tasks");
  const lines = readFileSync(file, "utf8").split("\n");
  return { file, line: lines.findIndex((text) => text.includes(code)) + 1 };
}

function equals(value: string): string {
  return `value == ${value}`;
}

for (const runner of everyRunner) {
  describe(`${runner.name} runner, conditions of steps by hand`, () => {
    afterEach(endAll);
    const { words } = runner;

    it("are met by what a task yields after it was sent a value", async () => {
      const client = await start(runner, "tasks", "echo()");
      await client.run(1, 0);
      const until = [{ id: 7, task: 0, line: line(runner, "got = yield got"), expression: "got == 5" }];
      const send = { task: 0, until };
      assert.deepEqual(await client.ask("send", { ...send, from: 2, expression: "4" }), { ran: 1, stopped: "completed" });
      const met = { ran: 1, stopped: "condition", condition: { id: 7 } };
      assert.deepEqual(await client.ask("send", { ...send, from: 3, expression: "5" }), met);
      assert.deepEqual(await client.run(4, 0), { ran: 1, stopped: "completed" });
    });

    it("are met by a task that yields or throws after an exception was thrown into it", async () => {
      const client = await start(runner, "tasks", "careful()");
      await client.run(1, 0);
      const thrown = { task: 0, expression: words.makeError };
      const until = [{ id: 1, expression: equals(words.quoted("caught thrown in")) }];
      const caught = await client.ask("throwInto", { ...thrown, from: 2, until });
      assert.deepEqual(caught, { ran: 1, stopped: "condition", condition: { id: 1 } });
      const uncaught = await client.ask("throwInto", { ...thrown, from: 3, until: [{ id: 2 }] });
      assert.deepEqual(uncaught, { ran: 1, stopped: "threw", condition: { id: 2 } });
      assert.equal(client.steps.at(-1)?.event, "threw");
    });

    it("are met by a task that is closed, or yields once more instead", async () => {
      const client = await start(runner, "tasks", "stubborn()", "count(3)");
      await client.run(1, 0, 1);
      const until = [{ id: 1, expression: equals(words.quoted("not yet")) }];
      const stubborn = await client.ask("close", { from: 3, task: 0, until });
      assert.deepEqual(stubborn, { ran: 1, stopped: "condition", condition: { id: 1 } });
      const expression = equals(words.nothing);
      const closed = await client.ask("close", { from: 4, task: 1, until: [{ id: 2, expression }] });
      assert.deepEqual(closed, { ran: 1, stopped: "condition", condition: { id: 2 } });
      assert.equal(client.steps.at(-1)?.event, "closed");
    });

    it("print into the step, and are met by it if they are not expressions", async () => {
      const client = await start(runner, "tasks", "count(3)");
      await client.run(1, 0);
      const sending = { task: 0, expression: "5" };
      const wrong = await client.ask("send", { from: 2, ...sending, until: [{ id: 1, expression: "value +" }] });
      assert.deepEqual([wrong.ran, wrong.stopped, wrong.condition?.id], [1, "condition", 1]);
      assert.match(wrong.condition?.problem ?? "", /^SyntaxError: /);
      const expression = runner.language === "python" ? "print('looked')" : "console.log('looked')";
      const closed = await client.ask("close", { from: 3, task: 0, until: [{ id: 1, expression }] });
      assert.deepEqual(closed, { ran: 1, stopped: "completed" });
      assert.equal(client.printed("stdout", 3), "looked\n");
    });
  });
}

for (const runner of runners) {
  describe(`${runner.name} runner, a condition that hangs after a step by hand`, () => {
    afterEach(endAll);

    it("is interrupted, and counts as met; the task can continue", async () => {
      const client = await start(runner, "tasks", "echo()");
      await client.run(1, 0);
      const expression = runner.language === "python" ? "[None for n in iter(int, 1)]" : "(() => { while (true); })()";
      const hanging = client.ask("send", { from: 2, task: 0, expression: "5", until: [{ id: 4, expression }] });
      const hung = await client.hungInStep();
      assert.deepEqual([hung.step, hung.task], [2, undefined]);
      client.interrupt();
      const { ran, stopped, condition } = await hanging;
      assert.deepEqual([ran, stopped, condition?.id], [1, "interrupted", 4]);
      assert.match(condition?.problem ?? "", /^Interrupted after \d+\.\d s$/);
      assert.deepEqual(await client.run(3, 0), { ran: 1, stopped: "completed" });
    });
  });
}
