import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { Condition } from "../../../src/protocol/requests";
import type { Answer } from "../../../src/protocol/runner";
import type { RunnerClient } from "../client";
import { everyRunner, type RunnerUnderTest } from "../runners";
import { endAll, programFile, start } from "../starting";

/** Resumes the tasks in turn until a condition is met, or a thousand times each. */
function until(client: RunnerClient, from: number, picks: number[], ...conditions: Condition[]): Promise<Answer<"advance">> {
  return client.ask("advance", { from, plan: { picks, times: 1_000 }, until: conditions });
}

/** The last line of the program `tasks` that ends with that code. */
function line(runner: RunnerUnderTest, code: "yield i" | "yield double(i)" | "yield") {
  const file = programFile(runner, "tasks");
  const lines = readFileSync(file, "utf8").split("\n");
  return { file, line: lines.findLastIndex((text) => text.replace(/;$/, "").endsWith(code)) + 1 };
}

/** An expression that prints, and is true. */
function printing(runner: RunnerUnderTest): string {
  return runner.language === "python" ? "print('looked') is None" : "console.log('looked') === undefined";
}

for (const runner of everyRunner) {
  describe(`${runner.name} runner, conditions`, () => {
    afterEach(endAll);

    it("end an advance after the step that is suspended at a line, in any generator", async () => {
      const client = await start(runner, "tasks", "forever()", "scripted([[0, 1], [4, 2], [0, 3]])");
      const at = line(runner, "yield double(i)");
      assert.deepEqual(await until(client, 1, [0, 1], { id: 7, line: at }), {
        ran: 4,
        stopped: "condition",
        condition: { id: 7 },
      });
      assert.equal(client.steps.length, 4, "The step that met it is part of the trace.");
      assert.equal(client.steps.at(-1)?.point?.line, at.line);
      const again = await until(client, 5, [0, 1], { id: 7, line: at });
      assert.deepEqual(again, { ran: 2, stopped: "condition", condition: { id: 7 } }, "The point is known from the beginning.");
      const elsewhere = { file: `${at.file}.other`, line: at.line };
      assert.deepEqual(await until(client, 7, [0, 1], { id: 7, line: elsewhere }), { ran: 4, stopped: "returned" });
    });

    it("at a line can be for one task only", async () => {
      const client = await start(runner, "tasks", "count(9)", "forever()", "count(9)");
      const met = await until(client, 1, [0, 1, 2], { id: 0, task: 2, line: line(runner, "yield i") });
      assert.deepEqual(met, { ran: 3, stopped: "condition", condition: { id: 0 } });
      assert.deepEqual((await until(client, 4, [0, 1, 2], { id: 0, task: 1 })).ran, 2, "Any of its yields is enough.");
    });

    it("are expressions in the module's scope, in which `value` is the yielded value", async () => {
      const client = await start(runner, "tasks", "forever()", "count(1000)");
      const expression = "value == double(double(local[0]) + local[2])";
      assert.deepEqual(await until(client, 1, [0, 1], { id: 3, expression }), {
        ran: 22,
        stopped: "condition",
        condition: { id: 3 },
      });
      assert.equal(client.steps.at(-1)?.value, "10");
      const nested = runner.language === "python" ? "any(value == each for each in [20])" : "[20].some((each) => value === each)";
      assert.equal((await until(client, 23, [1], { id: 3, expression: nested })).ran, 10);
    });

    it("see the locals of a task's innermost frame, after that task's steps", async () => {
      const client = await start(runner, "tasks", "count(1000)", `${runner.words.makeWorker}.run(50)`);
      const expression = "times == 50 and i + value > 9".replace("and", runner.language === "python" ? "and" : "&&");
      const met = await until(client, 1, [0, 1], { id: 1, task: 1, expression });
      assert.deepEqual(met, { ran: 12, stopped: "condition", condition: { id: 1 } });
      assert.equal(client.steps.at(-1)?.value, "5");
    });

    it("must match both line and expression, and the first one that is met is reported", async () => {
      const client = await start(runner, "tasks", "forever()", "count(1000)");
      const both = { id: 5, line: line(runner, "yield i"), expression: "value == 4" };
      const wrongLine = { id: 6, line: line(runner, "yield"), expression: "value == 2" };
      const late = { id: 8, expression: "value == 4" };
      const met = await until(client, 1, [0, 1], wrongLine, both, late);
      assert.deepEqual(met, { ran: 10, stopped: "condition", condition: { id: 5 } });
      assert.deepEqual((await until(client, 11, [1, 0], { ...late, expression: "value == 5" }, both)).condition, { id: 8 });
    });

    it("that throw are met, and report that", async () => {
      const client = await start(runner, "tasks", "forever()");
      const { ran, stopped, condition } = await until(client, 1, [0], { id: 2, expression: "value.missing" });
      assert.deepEqual([ran, stopped, condition?.id], [1, "condition", 2]);
      assert.match(condition?.problem ?? "", /^(TypeError|AttributeError).*missing/);
      const local = await until(client, 2, [0], { id: 2, task: 0, expression: "nowhere" });
      assert.match(local.condition?.problem ?? "", /^(ReferenceError|NameError).*nowhere/);
    });

    it("that are not expressions are met if they apply to a step, and report that", async () => {
      const client = await start(runner, "tasks", "forever()");
      const elsewhere = { id: 1, line: { file: "/nowhere/to be found", line: 1 }, expression: "value +" };
      for (const [index, task] of [undefined, 0].entries()) {
        const wrong = { id: 2, expression: "value +", ...(task === undefined ? {} : { task }) };
        const { ran, stopped, condition } = await until(client, index + 1, [0], elsewhere, wrong);
        assert.deepEqual([ran, stopped, condition?.id], [1, "condition", 2]);
        assert.match(condition?.problem ?? "", /^SyntaxError: /);
      }
      assert.deepEqual(await until(client, 3, [0], elsewhere), { ran: 1_000, stopped: "completed" });
    });

    it("rank after a return and a throw, and before the plan's end", async () => {
      const client = await start(runner, "tasks", "scripted([[0, 1], [2, 5]])", "scripted([[0, 1], [3, 6]])");
      const never = { id: 1, expression: "value == 99" };
      assert.deepEqual(await until(client, 1, [0, 1], never), { ran: 3, stopped: "returned" });
      assert.deepEqual(await until(client, 4, [1], never), { ran: 1, stopped: "threw" });
      await client.ask("spawn", { task: 2, call: "forever()" });
      const always = [{ id: 1 }];
      const last = await client.ask("advance", { from: 5, plan: { picks: [2], times: 1 }, until: always });
      assert.deepEqual(last, { ran: 1, stopped: "condition", condition: { id: 1 } });
      const none = await client.ask("advance", { from: 6, plan: { picks: [2], times: 2 }, until: [] });
      assert.deepEqual(none, { ran: 2, stopped: "completed" });
    });

    it("print into the step just run", async () => {
      const client = await start(runner, "tasks", "count(9)", "forever()");
      const met = await until(client, 1, [1, 0], { id: 1, line: line(runner, "yield i"), expression: printing(runner) });
      assert.equal(met.ran, 2);
      assert.equal(client.printed("stdout", 2), "looked\n");
      assert.equal(client.printed("stdout"), "looked\n");
    });

    it("do not change yield points when they resume generators", async () => {
      const client = await start(runner, "tasks", "count(1000)");
      const expression = runner.language === "python" ? "next(echo()) == 1" : "echo().next().value === 1";
      assert.deepEqual(await until(client, 1, [0], { id: 1, expression }), { ran: 1_000, stopped: "completed" });
      assert.deepEqual(new Set(client.steps.map(({ point }) => point?.function)), new Set(["count"]));
    });

    it("can be paused, and interrupted when they hang, without ending a task", async () => {
      const client = await start(runner, "tasks", "forever()");
      client.keepSteps = "count";
      const plan = { picks: [0], times: 1_000_000_000 };
      const running = client.ask("advance", { from: 1, plan, until: [{ id: 1, expression: "value == 1" }] });
      await client.until(() => (client.count > 1_000 ? true : undefined));
      await client.ask("pause", {});
      const { ran, stopped } = await running;
      assert.equal(stopped, "paused");
      const expression = runner.language === "python" ? "[None for n in iter(int, 1)]" : "(() => { while (true); })()";
      const hanging = until(client, ran + 1, [0], { id: 4, expression });
      const hung = await client.hungInStep();
      assert.equal(hung.step, ran + 1);
      assert.equal(hung.task, undefined);
      client.interrupt();
      const interrupted = await hanging;
      assert.deepEqual([interrupted.ran, interrupted.stopped, interrupted.condition?.id], [1, "interrupted", 4]);
      assert.match(interrupted.condition?.problem ?? "", /^Interrupted after \d+\.\d s$/);
      assert.deepEqual(await client.run(ran + 2, 0), { ran: 1, stopped: "completed" });
    });
  });
}
