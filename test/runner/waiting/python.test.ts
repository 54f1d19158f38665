// Features of requests that only Python has: context managers, coroutines, futures, threads, and how mistakes are reported.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { RunnerClient } from "../client";
import { everyRunner } from "../runners";
import { endAll, start } from "../starting";
import { results, runAll } from "./ring";

const mistakes: Readonly<Record<string, RegExp>> = {
  releases: /^RequestError: lock was released by releases, but nobody holds it\./,
  puts: /^ClosedError: full is closed, so nothing can be put into it\./,
  puts_from_coroutine: /^ClosedError: full is closed/,
  joins_itself: /^RequestError: joins_itself waits for its own end/,
  joins_nobody: /^RequestError: The request names a task that does not exist/,
  sleeps_backwards: /^RequestError: sleep needs a finite time that is not negative, but was given -1\./,
  sleeps_for_nan: /^RequestError: sleep needs a finite time that is not negative, but was given nan\./,
  sleeps_for_text: /^RequestError: sleep needs a finite time that is not negative, but was given '1'\./,
  forges: /^RequestError: This request was not made by this run\./,
  makes_by_hand: /^RequestError: This request was not made by this run\./,
  changes: /^AttributeError/,
  yields_twice: /^RequestError: This request was yielded before\./,
  combines_nothing: /^RequestError: any was given nothing to wait for\./,
  combines_numbers: /^RequestError: all combines requests that wait, but part 1 is something else\./,
  spawns_function: /^RequestError: The call returned .*, which is not a generator\..*call it, as in releases\(…\)\.$/,
  takes_permits: /^RequestError: semaphore needs a whole number of permits that is not negative, but was given -1\./,
  fails_with_future: /^ValueError: in the future$/,
  cancels_future: /^CancelledError/,
  awaits_asyncio: /^RuntimeError: no running event loop\nOnly the event loop of asyncio can serve this\./,
  awaits_asyncio_future: /^RequestError: Only the event loop of asyncio can serve this\./,
  releases_in_thread: /^RequestError: lock was released by code outside any task, but nobody holds it\./,
};

async function result(client: RunnerClient): Promise<string | undefined> {
  assert.equal(await runAll(client, 1), "idle");
  return results(client)[0];
}

for (const runner of everyRunner.filter(({ language }) => language === "python")) {
  describe(`${runner.name} runner, invalid requests`, () => {
    afterEach(endAll);

    it("throw in the task, at its line", async () => {
      const lines = (await readFile(join(runner.fixtures, "waiting/mistakes.py"), "utf8")).split("\n");
      const client = await start(runner, "waiting/mistakes");
      for (const [name, message] of Object.entries(mistakes)) {
        await client.ask("reset", {});
        client.steps.length = 0;
        client.events.length = 0;
        client.waits.length = 0;
        await client.ask("spawn", { task: 0, call: `${name}()` });
        assert.equal(await runAll(client, 1), "idle", name);
        const last = client.steps.at(-1);
        assert.equal(last?.event, "threw", name);
        const { thrown } = await client.event("thrown");
        assert.match(thrown.message, message, name);
        const begin = lines.findIndex((line) => line.includes(`def ${name}(`));
        const line = lines.findIndex((text, index) => index > begin && text.includes("# here")) + 1;
        const user = thrown.frames.find(({ file }) => file.endsWith("mistakes.py"));
        assert.equal(user?.line, line, name);
      }
    });

    it("cannot be tasks if only asyncio could run them", async () => {
      const client = await start(runner, "waiting/own");
      await assert.rejects(
        client.ask("spawn", { task: 0, call: "numbers()" }),
        ({ failure }) => failure.code === "not-a-generator" && /Only asyncio can run an async generator/.test(failure.remedy),
      );
    });
  });

  describe(`${runner.name} runner, requests in Python`, () => {
    afterEach(endAll);

    it("hold a lock during a block, and during a body, however that ends", async () => {
      // The waiting task gets the lock when the body has returned, and also when it has raised.
      const client = await start(runner, "waiting/own", "holds()", "holds_and_fails()", "holder()");
      assert.equal(await runAll(client, 3), "idle");
      assert.deepEqual(results(client), ["5", "ValueError('out of the body')", "'released'"]);
    });

    it("show where the user's code waits, not the module that made the request", async () => {
      const client = await start(runner, "waiting/own", "holder()", "holds()");
      await client.run(1, 0, 1);
      const files = client.steps.map(({ point }) => point?.file.split("/").at(-1));
      assert.deepEqual(files, ["own.py", "own.py"]);
      const { frames } = await client.ask("inspect", { task: 1 });
      assert.deepEqual(
        frames.map((frame) => frame.function),
        ["holds"],
      );
    });

    it("name each of several tasks of one function as the session does", async () => {
      const client = await start(runner, "waiting/own", "joins_two()");
      assert.equal(await runAll(client, 1), "idle");
      const joined = client.steps.map(({ value }) => value).filter((value) => value.startsWith("join("));
      assert.deepEqual(joined, ["join(twin)", "join(twin #2)"]);
      assert.equal(results(client)[0], "'twin, twin #2'");
    });

    it("can be awaited by coroutines, including spawned ones and those that they await", async () => {
      const client = await start(runner, "waiting/own", "consumer()", "producer()", "outer()");
      assert.equal(await runAll(client, 3), "idle");
      const [consumed, produced, both] = results(client);
      assert.equal(consumed, "[0, 1, 2]");
      assert.match(produced ?? "", /^'jobs is closed/);
      assert.equal(both, "['inner', 'inner']");
    });

    for (const [call, expected] of Object.entries({
      "times_out()": "(1, None)",
      "sleeps()": "True",
      "of_pool()": "(1, 1, 2)",
      "awaits_pool()": "[1, 2]",
      "waits_for_thread()": "'woken'",
      "hands_over()": "['one', 'other']",
      "joins()": "'from the task'",
      "sleepers(300)": "'all awake'",
      "plain()": "None",
    })) {
      it(`return what they wait for: ${call}`, async () => {
        const client = await start(runner, "waiting/own", call);
        assert.equal(await result(client), expected);
      });
    }

    it("are shown as written", async () => {
      const client = await start(runner, "waiting/own", "producer()", "consumer()", "hands_over()");
      await client.ask("advance", { from: 1, plan: { ring: [0, 1, 2], steps: 5 } });
      assert.deepEqual(
        client.steps.map(({ value }) => value),
        ["put(jobs, 0)", "take(jobs)", "spawn(<generator child>)", "put(jobs, 1)", "take(jobs)"],
      );
    });

    it("make the task that is handed over to the next one, before a task that was spawned earlier", async () => {
      const client = await start(runner, "waiting/own", "hands_over()");
      await client.ask("advance", { from: 1, plan: { ring: [0], steps: 8 } });
      // 0 spawns 1, which runs; 0 spawns 2; 1 returns, which ends the plan.
      assert.deepEqual(
        client.steps.map(({ task }) => task),
        [0, 1, 0, 1],
      );
      await client.ask("advance", { from: 5, plan: { ring: [2, 0], steps: 3 } });
      assert.deepEqual(
        client.steps.slice(4).map(({ task }) => task),
        [2, 0, 2],
      );
    });

    it("make a plan wait for sleepers, until it is paused", async () => {
      const client = await start(runner, "waiting/own", "sleeps_long()");
      const advanced = client.ask("advance", { from: 1, plan: { ring: [0], steps: 10 } });
      await client.until(() => (client.waits.length > 0 ? true : undefined));
      await client.ask("pause", {});
      assert.deepEqual(await advanced, { ran: 1, stopped: "paused" });
      // A closed task leaves its queue, so nothing is left to wait for.
      await client.ask("close", { from: 2, task: 0 });
      assert.deepEqual(await client.ask("advance", { from: 3, plan: { ring: [], steps: 0 } }), { ran: 0, stopped: "idle" });
    });

    it("make a plan without steps wait for the next task to wake, and run nothing", async () => {
      const client = await start(runner, "waiting/own", "sleeps()");
      await client.run(1, 0);
      assert.deepEqual(await client.ask("advance", { from: 2, plan: { ring: [], steps: 0 } }), { ran: 0, stopped: "completed" });
      assert.equal(await result(client), "True");
    });

    it("wait for a future that never settles until they are paused, but not for an event that no task sets", async () => {
      const client = await start(runner, "waiting/own", "waits_for_ever()", "waits_for_never()");
      assert.deepEqual(await client.ask("advance", { from: 1, plan: { ring: [0], steps: 9 } }), { ran: 1, stopped: "idle" });
      const advanced = client.ask("advance", { from: 2, plan: { ring: [1], steps: 9 } });
      await client.until(() => (client.steps.length > 1 ? true : undefined));
      await client.ask("pause", {});
      assert.deepEqual(await advanced, { ran: 1, stopped: "paused" });
      await client.ask("evaluate", { expression: "never.set_result(3)" });
      assert.equal((await client.ask("advance", { from: 3, plan: { ring: [], steps: 9 } })).stopped, "returned");
    });

    it("leave the module's name to a user who has one", async () => {
      const client = await start(runner, "waiting/theirs/program", "task()");
      await client.run(1, 0);
      assert.equal(client.steps[0]?.value, "'theirs'");
    });
  });
}
