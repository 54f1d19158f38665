import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { Condition } from "../../../src/protocol/requests";
import type { Answer } from "../../../src/protocol/runner";
import type { RunnerClient } from "../client";
import { everyRunner, type RunnerUnderTest } from "../runners";
import { endAll, programFile, start } from "../starting";

/** Resumes the tasks in turn, for a number of rounds or until something ends the plan. */
function go(client: RunnerClient, picks: number[], times: number, ...conditions: Condition[]): Promise<Answer<"advance">> {
  return client.ask("advance", { from: client.steps.length + 1, plan: { picks, times }, until: conditions });
}

function modulesOf(runner: RunnerUnderTest) {
  const isPython = runner.language === "python";
  return {
    main: programFile(runner, "scopes"),
    inner: programFile(runner, isPython ? "scopesinner" : "scopesInner"),
    late: programFile(runner, isPython ? "scopeslate" : "scopesLate"),
  };
}

for (const runner of everyRunner) {
  const { main, inner, late } = modulesOf(runner);
  const { words } = runner;

  describe(`${runner.name} runner, conditions on the scope of a module`, () => {
    afterEach(endAll);

    it("are evaluated only after steps at which the task is suspended in that file", async () => {
      // Steps 1 and 4 are in the main file, 2 and 3 in the other; the task ends with step 5, which counts for the main file.
      const isNot = "-1";
      for (const [module, steps] of [
        [main, [1, 1, 1, 4, 5]],
        [inner, [undefined, 2, 3, 3, 3]],
        [late, []],
      ] as const) {
        for (const rounds of [1, 2, 3, 4, 5]) {
          const client = await start(runner, "scopes", "through(2)");
          const { noted } = await go(client, [0], rounds, { id: 1, module, expression: "level", isNot, noted: true });
          assert.equal(noted, steps[rounds - 1], `${module}, ${rounds}`);
          endAll();
        }
      }
    });

    it("see that module, but no locals", async () => {
      const client = await start(runner, "scopes", "climb(99)", "through(99)");
      const changed = await go(client, [0, 1], 9, { id: 1, module: inner, expression: "level", isNot: "100" });
      assert.deepEqual(changed, { ran: 6, stopped: "condition", condition: { id: 1 } });
      const own = await go(client, [0, 1], 9, { id: 2, module: main, expression: "level", isNot: "3" });
      assert.deepEqual(own, { ran: 1, stopped: "condition", condition: { id: 2 } });
      const local = await go(client, [0, 1], 9, { id: 3, module: inner, expression: "i", isNot: null });
      assert.deepEqual(local, { ran: 18, stopped: "completed" });
    });

    it("are not evaluated when another module's task changes it, but when a task is next suspended there", async () => {
      const client = await start(runner, "scopes", "climb(99)", "through(99)");
      await client.run(1, 1, 1);
      const steps = { id: 1, module: inner, expression: "steps", isNot: "0" };
      assert.deepEqual(await go(client, [0], 9, steps), { ran: 9, stopped: "completed" });
      assert.deepEqual(await go(client, [0, 1], 9, steps), { ran: 2, stopped: "condition", condition: { id: 1 } });
    });

    it("work together with those of other modules and of none", async () => {
      const client = await start(runner, "scopes", "through(9)");
      const inside = { id: 1, module: inner, expression: "level", isNot: "100" };
      const without: Condition = { id: 2, expression: "level", isNot: "0", noted: true };
      const met = await go(client, [0], 9, { ...inside, id: 3, module: main }, without, inside);
      assert.equal(met.condition?.id, 3, "The main file's level is 0.");
      assert.deepEqual(await go(client, [0], 9, without, inside), { ran: 2, stopped: "condition", condition: { id: 1 } });
    });

    it("attribute iterators that are not generators, and ended tasks, to the main file", async () => {
      const client = await start(runner, "scopes", "ticking()", "climb(0)");
      const elsewhere = { id: 1, module: inner, expression: "level", isNot: "-1" };
      const here = { id: 2, module: main, expression: "level", isNot: "1" };
      const ticked = await go(client, [0], 9, elsewhere, here);
      assert.deepEqual(ticked, { ran: 2, stopped: "condition", condition: { id: 2 } });
      const over = await go(client, [1], 1, elsewhere, here);
      assert.deepEqual(over, { ran: 1, stopped: "returned", condition: { id: 2 } });
    });

    it("find a module that is loaded late", async () => {
      const client = await start(runner, "scopes", "late()");
      const met = await go(client, [0], 9, { id: 1, module: late, expression: "level", isNot: "50" });
      assert.deepEqual(met, { ran: 3, stopped: "condition", condition: { id: 1 } });
      await client.ask("reset", {});
      client.steps.length = 0;
      await client.ask("spawn", { task: 0, call: "late()" });
      const again = await go(client, [0], 9, { id: 1, module: late, expression: "level", isNot: "50" });
      assert.deepEqual(again, { ran: 3, stopped: "condition", condition: { id: 1 } }, "A fresh instance has a scope of its own.");
    });

    it("also compare the absence of a value, if the expression throws or is invalid", async () => {
      const client = await start(runner, "scopes", "through(9)");
      const there = { id: 1, module: inner };
      assert.equal((await go(client, [0], 9, { ...there, expression: "nowhere", isNot: "1" })).ran, 2);
      const nothing = await go(client, [0], 3, { ...there, expression: "level +", isNot: null });
      assert.deepEqual(nothing, { ran: 3, stopped: "completed" });
      assert.equal((await go(client, [0], 3, { ...there, expression: "level +", isNot: "" })).ran, 1);
    });

    it("are met by steps by hand, at yield points that no task had reached before", async () => {
      const client = await start(runner, "scopes", "asking()");
      await client.run(1, 0);
      const until = [
        { id: 1, module: inner, expression: "level", isNot: "-1" },
        { id: 2, module: main, expression: "level", isNot: "-1" },
      ];
      const sent = await client.ask("send", { from: 2, task: 0, expression: "5", until });
      assert.deepEqual(sent, { ran: 1, stopped: "condition", condition: { id: 2 } });
      const closed = await client.ask("close", { from: 3, task: 0, until });
      assert.deepEqual(closed, { ran: 1, stopped: "condition", condition: { id: 2 } });
    });
  });

  describe(`${runner.name} runner, conditions on lines after steps by hand`, () => {
    afterEach(endAll);

    it("are met at yield points that no task had reached before", async () => {
      const client = await start(runner, "scopes", "asking()");
      await client.run(1, 0);
      const lines = readFileSync(main, "utf8").split("\n");
      const line = { file: main, line: lines.findIndex((text) => text.includes("yield got")) + 1 };
      const sent = await client.ask("send", { from: 2, task: 0, expression: "5", until: [{ id: 1, line }] });
      assert.deepEqual(sent, { ran: 1, stopped: "condition", condition: { id: 1 } });
    });
  });

  describe(`${runner.name} runner, conditions on locals`, () => {
    afterEach(endAll);
    const mine = { id: 1, task: 0, expression: "mine", isNot: words.quoted("m") };

    it("are evaluated only if the innermost frame has one of the names", async () => {
      const client = await start(runner, "scopes", "through(2)", "through(2)");
      const same = await go(client, [0], 9, { ...mine, locals: ["mine"] });
      assert.deepEqual(same, { ran: 5, stopped: "returned" }, "It is the same wherever there is one.");
      const without = await go(client, [1], 9, { ...mine, task: 1 });
      assert.deepEqual(without, { ran: 2, stopped: "condition", condition: { id: 1 } }, "There is none in the other generator.");
    });

    it("also compare the absence of a value", async () => {
      const client = await start(runner, "scopes", "through(2)", "through(2)");
      const inner: Condition = { id: 1, task: 0, expression: "i", isNot: null, locals: ["nowhere", "i"], noted: true };
      assert.deepEqual(await go(client, [0], 9, inner), { ran: 5, stopped: "returned", noted: 3 });
      const thrown = { id: 2, task: 1, expression: "i.nowhere.more", isNot: "1", locals: ["i"] };
      assert.deepEqual(await go(client, [1], 9, thrown), { ran: 2, stopped: "condition", condition: { id: 2 } });
    });

    it("are never evaluated without a name, or for iterators that are not generators", async () => {
      const client = await start(runner, "scopes", "through(2)", "ticking()");
      assert.deepEqual(await go(client, [0], 9, { ...mine, isNot: null, locals: [] }), { ran: 5, stopped: "returned" });
      const ticking = { id: 1, task: 1, expression: "level", isNot: "-1", locals: ["level"] };
      assert.deepEqual(await go(client, [1], 9, ticking), { ran: 9, stopped: "completed" });
    });

    it("are met by steps by hand", async () => {
      const client = await start(runner, "scopes", "asking()");
      await client.run(1, 0);
      const until = [{ id: 1, task: 0, expression: "got", isNot: null, locals: ["got"] }];
      const sent = await client.ask("send", { from: 2, task: 0, expression: "5", until });
      assert.deepEqual(sent, { ran: 1, stopped: "condition", condition: { id: 1 } });
      assert.deepEqual(await client.ask("close", { from: 3, task: 0, until }), { ran: 1, stopped: "completed" });
    });

    it("find the object of a method", async () => {
      const isPython = runner.language === "python";
      const call = `${isPython ? "" : "new "}Counter().count()`;
      const name = isPython ? "self" : "this";
      const client = await start(runner, "scopes", call, "through(2)");
      const n = { id: 1, task: 0, expression: `${name}.n`, isNot: "1", locals: [name] };
      assert.deepEqual(await go(client, [0], 9, n), { ran: 2, stopped: "condition", condition: { id: 1 } });
      const none = { ...n, task: 1, isNot: "1" };
      assert.deepEqual(await go(client, [1], 9, none), { ran: 5, stopped: "returned" });
    });
  });
}
