// The behaviour of waiting tasks in a real runner, rule by rule. The engine's own rules are tested in core.
import assert from "node:assert/strict";
import { rowKind } from "../../../src/core/waiting/rows";
import type { RunnerClient } from "../client";
import { type RunnerUnderTest, runners } from "../runners";
import { endAll, start } from "../starting";
import { readyTasks, results, runAll } from "./ring";

const runner = runners.find(({ language }) => language === "javascript") as RunnerUnderTest;

function begin(...calls: string[]): Promise<RunnerClient> {
  return start(runner, "waiting/rules", ...calls);
}

const wait = { ring: [], steps: 0 };

describe("javascript runner, waiting tasks", () => {
  afterEach(endAll);

  it("exclude one another with a mutex, which is granted in the order of the requests", async () => {
    const client = await begin("critical(3)", "critical(3)", "critical(3)");
    assert.equal(await runAll(client, 3), "idle");
    assert.deepEqual(results(client), Array(3).fill('"alone"'));
    const grants = client.waits.flatMap(({ kind, task }) => [...task].filter((_, index) => kind[index] === rowKind.grant));
    assert.deepEqual(grants, [0, 1, 2, 0, 1, 2, 0, 1, 2]);
  });

  it("release a lock when the body that holds it returns, throws or is closed", async () => {
    for (const how of ["return", "throw", "close"]) {
      const client = await begin(`holding("${how}")`, "critical(1)");
      await client.run(1, 0);
      await client.run(2, 0);
      assert.deepEqual(await client.run(3, 1), { ran: 1, stopped: "changed" });
      if (how === "close") await client.ask("close", { from: 4, task: 0 });
      else await client.run(4, 0);
      assert.equal(client.steps.at(-1)?.value, '"given back"', how);
      assert.deepEqual(readyTasks(client, 2), [0, 1], how);
    }
  });

  it("pass values through a channel, without loss or duplication, until it is closed", async () => {
    const client = await begin("consume()", "produce(5)");
    assert.equal(await runAll(client, 2), "idle");
    assert.deepEqual(results(client), ["[0, 1, 2, 3, 4]", "true"]);
  });

  it("get the first result of any, also from promises", async () => {
    const client = await begin("timeOut()", "anyPromise()");
    assert.equal(await runAll(client, 2), "idle");
    assert.deepEqual(results(client), ["[1, undefined]", '[0, "given"]']);
  });

  it("name each of several tasks of one function as the session does", async () => {
    const client = await begin("joinsTwo()");
    assert.equal(await runAll(client, 1), "idle");
    const joined = client.steps.map(({ value }) => value).filter((value) => value.startsWith("join("));
    assert.deepEqual(joined, ["join(child)", "join(child #2)"]);
    assert.equal(results(client)[0], '"child, child #2"');
  });

  it("receive what a task that they spawned throws", async () => {
    const client = await begin("joins()");
    assert.equal(await runAll(client, 1), "idle");
    assert.equal(results(client)[0], '"failing: in the child"');
    const spawned = await client.event("spawned");
    assert.deepEqual([spawned.parent, spawned.task, spawned.call, spawned.step], [0, 1, "failing(…)", 1]);
  });

  it("end a plan of picks when the set of ready tasks changes, and a ring plan at a certain deadlock, while others run", async () => {
    const client = await begin('deadlock("lock")', 'deadlock("other")', "spins()");
    assert.deepEqual(await client.run(1, 0, 1, 2, 0, 2), { ran: 4, stopped: "changed" });
    const plan = { ring: [1, 2], steps: 100 };
    assert.deepEqual(await client.ask("advance", { from: 5, plan }), { ran: 1, stopped: "deadlock" });
    assert.deepEqual(await client.ask("advance", { from: 6, plan: { ring: [2], steps: 100 } }), {
      ran: 100,
      stopped: "completed",
    });
  });

  it("end a plan of picks when one is woken", async () => {
    const client = await begin("waits()", "sets()");
    assert.deepEqual(await client.run(1, 0, 1), { ran: 1, stopped: "changed" });
    assert.deepEqual(await client.run(2, 1), { ran: 1, stopped: "completed" });
    assert.deepEqual(await client.run(3, 1, 1), { ran: 1, stopped: "returned" });
    assert.deepEqual(readyTasks(client, 2), [0]);
  });

  it("are waited for in the event loop if a promise may settle; otherwise they are stuck", async () => {
    const client = await begin("setsLater()", "never()");
    assert.equal(await runAll(client, 2), "idle");
    assert.deepEqual(results(client), ['"set"']);
    assert.deepEqual(await client.ask("advance", { from: client.steps.length + 1, plan: wait }), { ran: 0, stopped: "idle" });
  });

  it("are waited for until a pause", async () => {
    const client = await begin("sleepsLong()");
    await client.run(1, 0);
    const waiting = client.ask("advance", { from: 2, plan: wait });
    await client.ask("pause", {});
    assert.deepEqual(await waiting, { ran: 0, stopped: "paused" });
  });

  it("leave every queue when they are closed, without other effects", async () => {
    const client = await begin("critical(2)", "critical(1)", "critical(1)");
    for (const [index, task] of [0, 1, 2].entries()) await client.run(index + 1, task);
    const { stopped } = await client.ask("close", { from: 4, task: 1 });
    assert.equal(stopped, "completed");
    assert.equal(client.steps.at(-1)?.event, "closed");
    assert.equal(await runAll(client, 3), "idle");
    assert.deepEqual(results(client), ['"alone"', "undefined", '"alone"']);
  });

  it("cannot be picked", async () => {
    const client = await begin("waits()");
    await client.run(1, 0);
    await assert.rejects(client.run(2, 0), /Task 0 is blocked/);
  });

  it("can be of any number", async () => {
    const client = await begin("manySleeps(100000)");
    assert.equal(await runAll(client, 1), "idle");
    assert.equal(results(client)[0], "100000");
  });

  it("can be async generators, which continue by themselves between their steps", async () => {
    const client = await begin("asynchronous()");
    assert.equal(await runAll(client, 1), "idle");
    assert.deepEqual(
      client.steps.map(({ value }) => value),
      ["1", "acquire(lock)", "AsyncGenerator asynchronous", '"given"', "undefined"],
    );
  });

  it("cannot be async functions", async () => {
    await assert.rejects(begin("ordinary()"), /returned Promise.*not a generator/);
  });

  it("are forgotten in a new instance", async () => {
    const client = await begin("critical(1)");
    await client.run(1, 0);
    await client.ask("reset", {});
    client.steps.length = 0;
    client.waits.length = 0;
    await client.ask("spawn", { task: 0, call: "critical(1)" });
    assert.equal(await runAll(client, 1), "idle");
    assert.deepEqual(results(client), ['"alone"']);
  });
});
