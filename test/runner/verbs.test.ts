import assert from "node:assert/strict";
import { encodeFrame, frameKind } from "../../src/protocol/framing";
import type { RunnerClient } from "./client";
import { refusal } from "./refusal";
import { everyRunner } from "./runners";
import { endAll, programFile, start, startBare } from "./starting";

function trace(client: RunnerClient): string[] {
  return client.steps.map(({ step, task, event, value }) => `${step} ${task} ${event} ${value}`);
}

for (const runner of everyRunner) {
  describe(`${runner.name} runner, verbs`, () => {
    afterEach(endAll);

    it("include hello, which rejects another protocol with a remedy", async () => {
      const client = startBare(runner);
      const hello = await client.hello();
      assert.equal(hello.protocol, 1);
      assert.equal(hello.language, runner.language);
      const failure = await refusal(client.ask("hello", { protocol: 99 }));
      assert.equal(failure.code, "version");
      assert.ok(failure.remedy);
    });

    it("load a program and name the generator functions that it exports", async () => {
      const client = startBare(runner);
      const { generators } = await client.ask("load", { file: programFile(runner, "tasks") });
      assert.deepEqual(generators.sort(), ["count", "scripted"]);
    });

    it("spawn from any expression in the module's scope, with the function's own name and place", async () => {
      const client = await start(runner, "tasks");
      const spawned = await client.ask("spawn", { task: 0, call: "count(double(2))" });
      assert.equal(spawned.name, "count");
      assert.equal(spawned.point?.line, 5);
      assert.equal((await client.ask("spawn", { task: 1, call: "echo()" })).name, "echo");
      assert.equal((await client.ask("spawn", { task: 2, call: `${runner.words.makeWorker}.run(2)` })).name, "Worker.run");
    });

    it("run tasks step by step up to their return values", async () => {
      const client = await start(runner, "tasks", "count(2)", `${runner.words.makeWorker}.run(1)`);
      assert.deepEqual(await client.run(1, 0, 1, 0), { ran: 3, stopped: "completed" });
      assert.deepEqual(await client.run(4, 1, 0), { ran: 1, stopped: "returned" });
      assert.deepEqual(trace(client), [
        "1 0 yielded 0",
        "2 1 yielded 0",
        "3 0 yielded 1",
        `4 1 returned ${runner.words.quoted("w")}`,
      ]);
      assert.ok(client.steps.every(({ micros }) => micros > 0));
    });

    it("reject a plan for steps other than the next ones, without running anything", async () => {
      const client = await start(runner, "tasks", "count(2)");
      assert.deepEqual(await client.run(2, 0), { ran: 0, stopped: "stale" });
      assert.deepEqual(await client.run(1, 0), { ran: 1, stopped: "completed" });
    });

    it("reject a task whose number is beyond the limit, and go on", async () => {
      const client = await start(runner, "tasks", "count(2)");
      await assert.rejects(client.ask("spawn", { task: 2 ** 31, call: "count(2)" }), /There can be no more than 65536 tasks\./);
      assert.deepEqual(await client.run(1, 0), { ran: 1, stopped: "completed" });
    });

    it("reject to search for longer than a minute at a time", async () => {
      const client = await start(runner, "tasks");
      await assert.rejects(client.ask("exploreOn", { orders: 2 ** 31, millis: 2 ** 31 }), /bad-request: .*(60000|<=60000)/);
    });

    it("tell how much time of processors the process has used", async () => {
      const client = await start(runner, "tasks");
      const used = (await client.ask("processor", {})).micros;
      assert.ok(used > 0);
      await client.ask("evaluate", { expression: runner.words.longText });
      assert.ok((await client.ask("processor", {})).micros > used);
    });

    it("inspect where a task is suspended, its locals and its last value", async () => {
      const client = await start(runner, "tasks", "count(2)", "several(2)");
      const created = await client.ask("inspect", { task: 0 });
      assert.equal(created.value, undefined);
      assert.equal(created.frames[0]?.line, 5);
      await client.run(1, 0, 1);
      const { frames, value } = await client.ask("inspect", { task: 0 });
      assert.equal(value?.text, "0");
      assert.deepEqual(
        frames.map(({ function: name, line, column }) => [name, line, column]),
        [["count", 7, 5]],
      );
      assert.deepEqual(frames[0]?.locals.map(({ name, value }) => `${name}=${value.text}`).sort(), ["i=0", "times=2"]);
    });

    it("expand values page by page, and drop the handles at the next step", async () => {
      const client = await start(runner, "tasks", "forever()");
      const { handle = -1, text } = await client.ask("evaluate", { expression: "local" });
      assert.equal(text, "[1, 2, 3]");
      const { properties } = await client.ask("expand", { handle, start: 1, count: 2 });
      assert.deepEqual(
        properties.map(({ name, value }) => `${name}=${value.text}`),
        ["1=2", "2=3"],
      );
      await client.run(1, 0);
      assert.equal((await refusal(client.ask("expand", { handle, start: 0, count: 1 }))).code, "bad-request");
    });

    it("expand a text that is too long for a preview into pieces that contain all of it", async () => {
      const client = await start(runner, "tasks");
      const { longText } = runner.words;
      const { handle = -1, text } = await client.ask("evaluate", { expression: longText });
      assert.match(text, /^["']\d{100}["']… \(100000 characters\)$/);
      const { properties, total } = await client.ask("expand", { handle, start: 0, count: 100 });
      assert.equal(total, 100);
      assert.ok(properties.every(({ value }) => value.piece && value.handle === undefined));
      const whole = properties.map(({ value }) => value.text.slice(1, -1)).join("");
      assert.equal(whole, Array.from({ length: 20_000 }, (_, at) => String(at).padStart(5, "0")).join(""));
      assert.equal(properties[1]?.name, "1000–1999");
      const short = await client.ask("evaluate", { expression: longText.replace("20000", "20") });
      assert.equal(short.handle, undefined);
    });

    it("evaluate in the module's scope, or with the locals of a task", async () => {
      const client = await start(runner, "tasks", "count(2)");
      assert.equal((await client.ask("evaluate", { expression: runner.words.lengthOfLocal })).text, "3");
      await client.run(1, 0);
      assert.equal((await client.ask("evaluate", { expression: "times + i + double(4)", task: 0 })).text, "10");
      const failure = await refusal(client.ask("evaluate", { expression: "nowhere" }));
      assert.equal(failure.code, "evaluate");
      assert.match(failure.message, /nowhere/);
      assert.equal((await refusal(client.ask("evaluate", { expression: "1 +" }))).code, "evaluate");
    });

    it("send a value, which the task's yield returns", async () => {
      const client = await start(runner, "tasks", "echo()", "count(3)");
      await client.run(1, 0, 1);
      assert.deepEqual(await client.ask("send", { from: 3, task: 0, expression: "local" }), { ran: 1, stopped: "completed" });
      assert.equal((await refusal(client.ask("send", { from: 4, task: 0, expression: "nowhere" }))).code, "evaluate");
      assert.deepEqual(await client.ask("send", { from: 4, task: 1, expression: "7" }), { ran: 1, stopped: "completed" });
      assert.deepEqual(trace(client).slice(2), ["3 0 yielded [1, 2, 3]", "4 1 yielded 1"]);
      assert.deepEqual(await client.ask("send", { from: 4, task: 0, expression: "1" }), { ran: 0, stopped: "stale" });
    });

    it("send nothing to a task that was never resumed: no yield could return it", async () => {
      const client = await start(runner, "tasks", "echo()");
      assert.match((await refusal(client.ask("send", { from: 1, task: 0, expression: "1" }))).message, /not resumed yet/);
      assert.deepEqual(await client.run(1, 0), { ran: 1, stopped: "completed" });
    });

    it("throw into a task", async () => {
      const client = await start(runner, "tasks", "careful()", "count(3)");
      await client.run(1, 0, 1);
      const expression = runner.words.makeError;
      assert.deepEqual(await client.ask("throwInto", { from: 3, task: 0, expression }), { ran: 1, stopped: "completed" });
      assert.deepEqual(await client.ask("throwInto", { from: 4, task: 1, expression }), { ran: 1, stopped: "threw" });
      const caught = runner.words.quoted("caught thrown in");
      assert.deepEqual(trace(client).slice(2), [`3 0 yielded ${caught}`, `4 1 threw ${runner.words.madeError}`]);
    });

    it("close a task so that it cleans up; one that was never resumed runs nothing", async () => {
      const client = await start(runner, "tasks", "careful()", "careful()", "stubborn()");
      await client.run(1, 0, 2);
      assert.deepEqual(await client.ask("close", { from: 3, task: 0 }), { ran: 1, stopped: "completed" });
      assert.equal(client.steps[2]?.event, "closed");
      assert.equal(client.printed("stdout", 3), "cleaned up\n");
      await client.ask("close", { from: 4, task: 1 });
      assert.equal(client.printed("stdout", 4), "");
      await client.ask("close", { from: 5, task: 2 });
      assert.deepEqual(trace(client).slice(4), [`5 2 yielded ${runner.words.quoted("not yet")}`]);
      assert.equal((await refusal(client.run(6, 0))).code, "unknown-task");
    });

    it("reset to a new instance, with the same yield points", async () => {
      const client = await start(runner, "tasks", "scripted([[0, 1]])");
      await client.run(1, 0, 0);
      const points = client.points.length;
      await client.ask("reset", {});
      assert.equal((await refusal(client.ask("inspect", { task: 0 }))).code, "unknown-task");
      await client.ask("spawn", { task: 0, call: "scripted([[0, 1]])" });
      await client.run(1, 0, 0);
      assert.deepEqual(
        trace(client).slice(2),
        trace(client).slice(0, 2),
        "The module counts its starts: it began at none again.",
      );
      assert.deepEqual(client.steps[2]?.point, client.steps[0]?.point);
      assert.equal(client.points.length, points);
    });

    it("answer a malformed request with an error, and continue", async () => {
      const client = await start(runner, "tasks", "count(2)");
      for (const bad of [{ method: "run" }, { method: "advance", from: 1, plan: { picks: [], times: 1 } }, { method: "spawn" }]) {
        const failure = await refusal(client.ask(bad.method as "spawn", bad as never));
        assert.equal(failure.code, "bad-request");
      }
      assert.equal((await refusal(client.run(1, 7))).code, "unknown-task");
      assert.equal((await refusal(client.ask("spawn", { task: 0, call: "count(1)" }))).code, "bad-request");
      const noJson = encodeFrame(frameKind.message, new TextEncoder().encode("{"));
      client.unasked.length = 0;
      client.write(noJson);
      const answer = await client.until(() => client.unasked[0]);
      assert.ok(!answer.ok && answer.error.code === "bad-request");
      assert.deepEqual(await client.run(1, 0), { ran: 1, stopped: "completed" });
    });

    it("reject a request that needs a module before one is loaded", async () => {
      const client = startBare(runner);
      assert.equal((await refusal(client.ask("spawn", { task: 0, call: "count(1)" }))).code, "bad-request");
      assert.equal((await refusal(client.ask("reset", {}))).code, "bad-request");
    });
  });
}
