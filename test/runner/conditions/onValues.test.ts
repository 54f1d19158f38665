import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { Condition } from "../../../src/protocol/requests";
import type { Answer } from "../../../src/protocol/runner";
import type { RunnerClient } from "../client";
import { everyRunner, type RunnerUnderTest, runners } from "../runners";
import { endAll, programFile, start } from "../starting";

/** Resumes the tasks in turn until a condition is met, or for ten rounds. */
function until(client: RunnerClient, picks: number[], ...conditions: Condition[]): Promise<Answer<"advance">> {
  return client.ask("advance", { from: client.steps.length + 1, plan: { picks, times: 10 }, until: conditions });
}

/** The line of the program `watched` that yields `i`. */
function yieldOf(runner: RunnerUnderTest) {
  const file = programFile(runner, "watched");
  return {
    file,
    line:
      readFileSync(file, "utf8")
        .split("\n")
        .findIndex((text) => text.includes("yield i")) + 1,
  };
}

/** An expression that has no value before the path begins. */
function beginning({ language }: RunnerUnderTest): string {
  return language === "python" ? "path[0]" : "path[0].valueOf()";
}

/** Values of the program `values` that are cut, or whose text is misleading. */
function hardToShow({ language }: RunnerUnderTest): string[] {
  const python = ["'é' * 300", "[*range(1000)]", "cyclic", "Listing([1])", "Item()", "Color.RED", "10 ** 300", "give", "-0.0"];
  const javascript = ['"\\ud800".repeat(300)', "[...Array(1000).keys()]", "cyclic", "deep", "proxy", "-0", "10n ** 300n", "give"];
  return language === "python" ? python : javascript;
}

for (const runner of everyRunner) {
  describe(`${runner.name} runner, conditions on the text of a value`, () => {
    afterEach(endAll);
    const { words } = runner;

    it("are met by the first step after which it differs", async () => {
      const client = await start(runner, "watched", "climb(99)");
      const third = await until(client, [0], { id: 1, expression: "level", isNot: "0" });
      assert.deepEqual(third, { ran: 3, stopped: "condition", condition: { id: 1 } });
      const sixth = await until(client, [0], { id: 2, expression: "level", isNot: "1" });
      assert.deepEqual(sixth, { ran: 3, stopped: "condition", condition: { id: 2 } });
      const changed = await until(client, [0], { id: 3, expression: "level", isNot: "9" });
      assert.equal(changed.ran, 1, "It had another value all along.");
    });

    it("find changes in place", async () => {
      const client = await start(runner, "watched", "climb(99)");
      const first = await until(client, [0], { id: 1, expression: "path", isNot: "[]" });
      assert.deepEqual(first, { ran: 4, stopped: "condition", condition: { id: 1 } });
      assert.equal((await until(client, [0], { id: 1, expression: "path", isNot: "[4]" })).ran, 4);
    });

    it("compare the same text that `evaluate` returns", async () => {
      const client = await start(runner, "values", "give(1)");
      for (const expression of hardToShow(runner)) {
        const { text } = await client.ask("evaluate", { expression });
        const same = await until(client, [0], { id: 1, expression, isNot: text });
        assert.deepEqual(same, { ran: 10, stopped: "completed" }, expression);
        assert.equal((await until(client, [0], { id: 1, expression, isNot: `${text} ` })).ran, 1, expression);
      }
    });

    it("see what `evaluate` sees: `value` is an ordinary name", async () => {
      const client = await start(runner, "watched", "climb(99)");
      const isNot = words.quoted("of the module");
      const still = await until(
        client,
        [0],
        { id: 1, expression: "value", isNot },
        { id: 2, task: 0, expression: "value", isNot },
      );
      assert.deepEqual(still, { ran: 10, stopped: "completed" });
    });

    it("see imported variables as they are after each step", async () => {
      const client = await start(runner, "watched", "climb(99)");
      const steps = runner.language === "python" ? "watchedsteps.steps" : "steps";
      const five = { expression: `${steps} - ${steps} % 5`, isNot: "0" };
      assert.equal((await until(client, [0], { id: 1, ...five })).ran, 5);
      assert.equal((await until(client, [0], { id: 2, task: 0, ...five, isNot: "5" })).ran, 5);
      assert.equal((await until(client, [0], { id: 3, expression: `${steps} == 13` })).ran, 3);
      assert.equal((await until(client, [0], { id: 4, task: 0, expression: `${steps} == 15` })).ran, 2);
    });

    it("are met if the expression throws or is invalid: it has no value, which is not an error", async () => {
      const client = await start(runner, "watched", "climb(99)");
      for (const expression of ["level +", "nowhere", beginning(runner)]) {
        const met = await until(client, [0], { id: 1, expression, isNot: "" });
        assert.deepEqual(met, { ran: 1, stopped: "condition", condition: { id: 1 } }, expression);
      }
      const local = await until(client, [0], { id: 4, task: 0, expression: "i.nowhere.more", isNot: "" });
      assert.deepEqual(local, { ran: 1, stopped: "condition", condition: { id: 4 } });
    });

    it("can compare with no value, and are then met by any value", async () => {
      const client = await start(runner, "watched", "climb(99)");
      const none = { id: 1, expression: "level +", isNot: null };
      const unknown = { id: 2, expression: "nowhere", isNot: null };
      const late = { id: 3, expression: beginning(runner), isNot: null };
      const local = { id: 4, task: 0, expression: "level.nowhere.more +", isNot: null };
      const met = await until(client, [0], none, unknown, late, local);
      assert.deepEqual(met, { ran: 4, stopped: "condition", condition: { id: 3 } });
      assert.deepEqual(await until(client, [0], none, unknown, local), { ran: 10, stopped: "completed" });
      const empty = { id: 5, expression: words.nothing, isNot: null };
      assert.equal((await until(client, [0], empty)).ran, 1, "What the language calls nothing is a value.");
    });

    it("see the locals of a task's innermost frame, after that task's steps", async () => {
      const client = await start(runner, "watched", "climb(99)", "outer(99)");
      const met = await until(client, [0, 1], { id: 1, task: 1, expression: "i", isNot: "1" });
      assert.deepEqual(met, { ran: 4, stopped: "condition", condition: { id: 1 } });
      const { text } = await client.ask("evaluate", { expression: "[i, times, level]", task: 1 });
      const same = await until(client, [0], { id: 1, task: 1, expression: "[i, times, level]", isNot: text });
      assert.deepEqual(same, { ran: 10, stopped: "completed" }, "Another task's steps are no steps of it.");
    });

    it("must match both line and text", async () => {
      const client = await start(runner, "watched", "climb(99)", "outer(99)");
      const line = yieldOf(runner);
      const elsewhere = { id: 1, line: { ...line, line: 1 }, expression: "level", isNot: "9" };
      const met = await until(client, [0, 1], elsewhere, { id: 2, task: 1, line, expression: "i", isNot: "1" });
      assert.deepEqual(met, { ran: 4, stopped: "condition", condition: { id: 2 } });
    });

    it("are met by the last step of a task too, when its locals no longer exist", async () => {
      const client = await start(runner, "watched", "climb(1)", "fall()", "climb(1)");
      await client.run(1, 0);
      const local = { id: 1, task: 0, expression: "i", isNot: null };
      const returned = await until(client, [0], local, { id: 2, expression: "level", isNot: "0" });
      assert.deepEqual(returned, { ran: 1, stopped: "returned", condition: { id: 2 } });
      const threw = await until(client, [1], { id: 3, task: 1, expression: "level", isNot: "-1" });
      assert.deepEqual(threw, { ran: 1, stopped: "threw", condition: { id: 3 } });
      const gone = await until(client, [2], { id: 4, task: 2, expression: "i", isNot: "1" });
      assert.deepEqual(gone, { ran: 2, stopped: "returned", condition: { id: 4 } });
    });

    it("are met by steps by hand", async () => {
      const client = await start(runner, "watched", "echo()", "climb(9)", "echo()");
      await client.run(1, 0, 1, 2);
      const local = { id: 1, task: 0, expression: "got", isNot: "5" };
      const five = await client.ask("send", { from: 4, task: 0, expression: "5", until: [local] });
      assert.deepEqual(five, { ran: 1, stopped: "completed" });
      const six = await client.ask("send", { from: 5, task: 0, expression: "6", until: [local] });
      assert.deepEqual(six, { ran: 1, stopped: "condition", condition: { id: 1 } });
      const level = { id: 2, expression: "level", isNot: "2" };
      const closed = await client.ask("close", { from: 6, task: 1, until: [level] });
      assert.deepEqual(closed, { ran: 1, stopped: "condition", condition: { id: 2 } });
      const thrown = await client.ask("throwInto", { from: 7, task: 2, expression: words.makeError, until: [level] });
      assert.deepEqual(thrown, { ran: 1, stopped: "threw", condition: { id: 2 } });
    });
  });
}

for (const runner of runners) {
  describe(`${runner.name} runner, a condition on a text that hangs`, () => {
    afterEach(endAll);

    it("is interrupted, and counts as met", async () => {
      const client = await start(runner, "watched", "climb(9)");
      const expression = runner.language === "python" ? "[None for n in iter(int, 1)]" : "(() => { while (true); })()";
      const hanging = until(client, [0], { id: 4, expression, isNot: "0" });
      const hung = await client.hungInStep();
      assert.deepEqual([hung.step, hung.task], [1, undefined]);
      client.interrupt();
      const { ran, stopped, condition } = await hanging;
      assert.deepEqual([ran, stopped, condition?.id], [1, "interrupted", 4]);
      assert.match(condition?.problem ?? "", /^Interrupted after \d+\.\d s$/);
      assert.deepEqual(await client.run(2, 0), { ran: 1, stopped: "completed" });
    });
  });
}
