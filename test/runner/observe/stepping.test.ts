/** A program that decides itself who runs is stepped through by its switches. */
import assert from "node:assert/strict";
import { refusal } from "../refusal";
import { endAll } from "../starting";
import { drivers, goOn, observe, observersOf, toTheEnd, trace } from "./observing";

for (const runner of observersOf("javascript")) {
  const { words } = runner;

  describe(`${runner.name} runner, stepping through an observed program`, () => {
    afterEach(endAll);

    it("runs nothing before the first switch is asked for, and then one switch at a time", async () => {
      const client = await observe(runner, "roundRobin", "x", "y");
      assert.equal(client.printed("stdout"), "");
      assert.deepEqual(await goOn(client, 1), { ran: 1, stopped: "completed" });
      assert.equal(client.printed("stdout", 0), "begins x,y\n");
      assert.equal(client.printed("stdout", 1), "a 1\n");
      assert.deepEqual(await goOn(client, 2), { ran: 2, stopped: "completed" });
      assert.equal(client.printed("stdout"), "begins x,y\na 1\nb 1\na 2\n");
      assert.deepEqual(trace(client), ["worker/0 yielded 1", "worker/1 yielded 1", "worker/0 yielded 2"]);
      assert.ok(client.steps.every(({ micros, point }) => micros > 0 && point?.line === 4));
    });

    it("goes on where a task returns, and ends by itself when nothing is left", async () => {
      const client = await observe(runner, "roundRobin");
      assert.deepEqual(await goOn(client, 4), { ran: 4, stopped: "completed" });
      await assert.rejects(goOn(client, 100), /ended before it answered advance/);
      assert.deepEqual(await client.ended, { code: 0, signal: null });
      assert.equal(client.printed("stdout", 5), "ends\n");
      assert.deepEqual(trace(client).slice(3), [
        `worker/1 returned ${words.quoted("b")}`,
        `worker/0 returned ${words.quoted("a")}`,
      ]);
      assert.ok(!client.events.some(({ event }) => event === "fatal" || event === "uncaught"));
    });

    it("tells of each task where it appears, and who resumes it", async () => {
      const client = await observe(runner, "roundRobin");
      await toTheEnd(client);
      const spawned = client.events.flatMap((event) => (event.event === "spawned" ? [event] : []));
      assert.deepEqual(
        spawned.map(({ step, task, name, call, parent, point }) => [step, task, name, call, parent, point?.line]),
        [
          [1, 0, "worker", "worker(…)", undefined, 1],
          [2, 1, "worker", "worker(…)", undefined, 1],
        ],
      );
      assert.deepEqual(new Set(drivers(client)), new Set(["runAll:15"]));
      assert.equal(drivers(client).length, client.steps.length);
    });

    it("answers what is asked while the program waits", async () => {
      const client = await observe(runner, "roundRobin");
      await goOn(client, 2);
      const { frames, value } = await client.ask("inspect", { task: 1 });
      assert.equal(value?.text, "1");
      assert.deepEqual(
        frames.map(({ function: name, line, locals }) => [
          name,
          line,
          locals.map((local) => `${local.name}=${local.value.text}`).sort(),
        ]),
        [["worker", 4, [`name=${words.quoted("b")}`, "times=1", "turn=1"]]],
      );
      assert.equal((await client.ask("evaluate", { expression: "turn + times", task: 0 })).text, "3");
      const { handle = -1 } = await client.ask("evaluate", { expression: "ready" });
      assert.equal((await client.ask("expand", { handle, start: 0, count: 5 })).total > 0, true);
      assert.deepEqual(await client.ask("remaining", {}), { remaining: [] });
      assert.deepEqual(await client.ask("pause", {}), {});
      assert.equal((await refusal(client.ask("spawn", { task: 5, call: "worker()" }))).code, "bad-request");
      assert.equal((await refusal(client.ask("close", { from: 3, task: 0 }))).code, "bad-request");
      assert.deepEqual(await goOn(client, 1), { ran: 1, stopped: "completed" });
    });

    it("rejects a plan for other steps than the next ones, and takes one ahead", async () => {
      const client = await observe(runner, "roundRobin");
      assert.deepEqual(await client.ask("advance", { from: 2, plan: { switches: 1 } }), { ran: 0, stopped: "stale" });
      const first = client.ask("advance", { from: 1, plan: { switches: 2 } });
      const second = client.ask("advance", { from: 3, plan: { switches: 2 }, ahead: true });
      const third = client.ask("advance", { from: 6, plan: { switches: 5 }, ahead: true });
      assert.deepEqual(await Promise.all([first, second, third]), [
        { ran: 2, stopped: "completed" },
        { ran: 2, stopped: "completed" },
        { ran: 0, stopped: "stale" },
      ]);
      assert.equal((await refusal(client.ask("advance", { from: 5, plan: { picks: [0], times: 1 } }))).code, "bad-request");
    });

    it("stops where a condition is met", async () => {
      const client = await observe(runner, "roundRobin");
      const until = [{ id: 7, task: 0, expression: "turn == 2" }];
      const answer = await client.ask("advance", { from: 1, plan: { switches: 50 }, until });
      assert.deepEqual(answer, { ran: 3, stopped: "condition", condition: { id: 7 } });
    });

    it("pauses in the middle of endless switches", async () => {
      const client = await observe(runner, "endless");
      const answer = goOn(client, 1_000_000_000);
      await client.until(() => (client.count > 1_000 ? true : undefined));
      await client.ask("pause", {});
      const { stopped, ran } = await answer;
      assert.equal(stopped, "paused");
      assert.equal(ran, client.steps.length);
      assert.deepEqual(await goOn(client, 3), { ran: 3, stopped: "completed" });
    });

    it("records what a task throws, and where", async () => {
      const client = await observe(runner, "taskThrows");
      assert.deepEqual(await goOn(client, 2), { ran: 2, stopped: "completed" });
      const { step, thrown } = await client.event("thrown");
      assert.deepEqual([step, thrown.at?.line], [2, 3]);
      assert.match(thrown.message, /too far/);
      assert.equal((await toTheEnd(client)).code, 0);
      assert.equal(client.printed("stdout", 2), "caught too far\n");
    });

    it("reports a slice that hangs", async () => {
      const client = await observe(runner, "hangs");
      await goOn(client, 1);
      goOn(client, 1).catch(() => undefined);
      const { step, task, at } = await client.hungInStep();
      assert.deepEqual([step, task, at?.line, at?.function], [2, 0, 3, "hanging"]);
      assert.equal(client.steps.length, 1);
    });

    it("is refused for a file that cannot be parsed", async () => {
      const failure = await refusal(observe(runner, "noSyntax"));
      assert.deepEqual([failure.code, failure.line], ["syntax", 1]);
    });

    it("numbers no more tasks than a trace can hold", async () => {
      const client = await observe(runner, "many");
      client.keepSteps = "count";
      const answer = client.ask("advance", { from: 1, plan: { switches: 1_000_000 } });
      await assert.rejects(answer, /ended before it answered/);
      assert.equal(client.count, 65_536);
      assert.equal(client.printed("stdout"), "ends\n");
    }).timeout(60_000);
  });
}
