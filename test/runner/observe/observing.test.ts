import assert from "node:assert/strict";
import { refusal } from "../refusal";
import { endAll } from "../starting";
import { drivers, goOn, observe, observersOf, toTheEnd, traceWithLines } from "./observing";

for (const runner of observersOf("python")) {
  describe(`${runner.name} runner, an observed program`, () => {
    afterEach(endAll);

    it("makes so many switches and waits, whether or not tasks return", async () => {
      const client = await observe(runner, "roundRobin", "x", "y");
      assert.deepEqual(await goOn(client, 2), { ran: 2, stopped: "completed" });
      assert.deepEqual(await client.ask("advance", { from: 2, plan: { switches: 1 } }), { ran: 0, stopped: "stale" });
      assert.deepEqual(await goOn(client, 3), { ran: 3, stopped: "completed" });
      assert.equal((await toTheEnd(client)).code, 0);
      assert.deepEqual(traceWithLines(client), [
        "work/0 yielded 0 8",
        "work/1 yielded 0 8",
        "work/0 yielded 1 8",
        `work/1 returned ${runner.words.quoted("b")} -`,
        `work/0 returned ${runner.words.quoted("a")} -`,
      ]);
      assert.deepEqual(drivers(client), Array(5).fill("run:21"));
      const spawned = client.events.filter(({ event }) => event === "spawned");
      assert.deepEqual(
        spawned.map((each) => each.event === "spawned" && [each.step, each.call, each.parent, each.begun, each.point?.line]),
        [
          [1, "work(…)", undefined, undefined, 5],
          [2, "work(…)", undefined, undefined, 5],
        ],
      );
      assert.equal(client.printed("stdout", 2), "b 0\n");
      assert.equal(client.printed("stdout", 4), "over: b\n", "what the program prints between steps follows the last one");
    });

    it("is served between two steps as any other run, and goes on as if nothing had been asked", async () => {
      const client = await observe(runner, "delegating");
      while (client.steps.length < 4) {
        await goOn(client, 1);
        for (const task of [0, 1].slice(0, client.steps.length)) await client.ask("inspect", { task });
      }
      const { frames, value } = await client.ask("inspect", { task: 1 });
      assert.deepEqual(
        frames.map((frame) => `${frame.function} ${frame.line}`),
        ["outer 18", "middle 13", "leaf 8"],
      );
      assert.equal(value?.text, runner.words.quoted("b after"));
      assert.equal((await client.ask("evaluate", { expression: "name + '!'", task: 0 })).text, runner.words.quoted("a!"));
      assert.equal((await client.ask("evaluate", { expression: "tasks" })).text.slice(0, 1), "[");
      assert.deepEqual((await client.ask("remaining", {})).remaining, []);
      assert.equal((await refusal(client.ask("close", { from: 5, task: 0 }))).code, "bad-request");
      assert.equal((await refusal(client.ask("inspect", { task: 7 }))).code, "unknown-task");
      const { code, stdout } = await toTheEnd(client);
      assert.equal(code, 0);
      assert.equal(stdout.split("\n").at(-2), "driver caught into");
    });

    it("shows where tasks yield that delegate, and what is sent to them, thrown into them, and closes them", async () => {
      const client = await observe(runner, "delegating");
      await toTheEnd(client);
      const quoted = runner.words.quoted;
      assert.deepEqual(traceWithLines(client), [
        `outer/0 yielded ${quoted("a one")} 3`,
        `outer/1 yielded ${quoted("b one")} 3`,
        `outer/0 yielded ${quoted("a two")} 5`,
        `outer/1 yielded ${quoted("b after")} 8`,
        `outer/1 yielded ${quoted("b done")} 14`,
        `outer/0 yielded ${quoted("a done")} 14`,
        `outer/1 yielded ${quoted("own")} 21`,
        "outer/1 closed None -",
        "outer/0 threw ValueError('into') 14",
      ]);
    });

    it("pauses at a switch, and a hung slice is told of and interrupted", async function () {
      this.timeout(60_000);
      const client = await observe(runner, "endless");
      const running = goOn(client, 1_000_000);
      await client.until(() => (client.steps.length > 10 ? true : undefined));
      await client.ask("pause", {});
      assert.equal((await running).stopped, "paused");
      const stuck = goOn(client, 1_000_000);
      const hung = await client.event("hung", ({ task }) => task === 2);
      assert.equal(hung.at?.function, "stuck");
      client.interrupt();
      assert.equal((await stuck).stopped, "interrupted");
      assert.match(client.steps.at(-1)?.value ?? "", /^Interrupted/);
      const { code, stdout } = await toTheEnd(client);
      assert.deepEqual([code, stdout], [0, "interrupted\n"]);
      assert.equal(client.steps.length, 40_002);
    });
  });
}
