/** Threads of the Python runner: real ones, that pass a baton. */
import assert from "node:assert/strict";
import type { RunnerClient } from "../client";
import { refusal } from "../refusal";
import { endAll } from "../starting";
import { finish, pick, pythonRunners, startThreads, threadsFile, told } from "./threads";

const races = threadsFile("races.py");

/** What the steps have come to, without where they stand. */
function values(client: RunnerClient): string[] {
  return client.steps.map(({ task, event, value }) => (event === "yielded" ? `${task} ${value}` : `${task} ${event} ${value}`));
}

/** Resumes whoever is ready, in turn, until nobody is. */
async function takeTurns(client: RunnerClient, ...ring: readonly number[]) {
  for (;;) {
    const spawned = client.events.flatMap((event) => (event.event === "spawned" ? [event.task] : []));
    const plan = { ring: [...ring, ...spawned], steps: 1 };
    const { ran, stopped } = await client.ask("advance", { from: client.count + 1, plan });
    if (ran === 0) return stopped;
  }
}

/** What the tasks have returned, by number. */
function returned(client: RunnerClient): (string | undefined)[] {
  const found: (string | undefined)[] = [];
  for (const { task, event, value } of client.steps) if (event === "returned") found[task] = value;
  return found;
}

for (const runner of pythonRunners) {
  const start = (...calls: string[]) => startThreads(races, calls, "accesses", runner);

  describe(`A thread of the ${runner.name} runner`, () => {
    afterEach(endAll);

    it("loses an update if another one writes between its read and its write", async () => {
      const { client, spawned } = await start("add()", "add()");
      assert.deepEqual(
        spawned,
        [0, 1].map(() => ({ name: "add", point: { file: races, line: 13, column: 1, function: "add" } })),
      );
      await pick(client, 0, 0, 1, 1, 0, 1, 0, 1);
      assert.deepEqual(
        told(client).map((line) => line.replace(/:\d+$/, "")),
        [
          "0 before reading counter add:15",
          "0 before writing counter add:15",
          "1 before reading counter add:15",
          "1 before writing counter add:15",
          "0 before reading counter add:16",
          "1 before reading counter add:16",
          "0 returned 1",
          "1 returned 1",
        ],
      );
      assert.equal((await client.ask("evaluate", { expression: "counter" })).text, "1");
    });

    it("never loses one under a lock, whatever the order", async () => {
      for (let order = 0; order < 16; order += 1) {
        const { client } = await start("add_safely()", "add_safely()");
        for (let at = 0; returned(client).filter(Boolean).length < 2; at += 1) {
          const first = (order >> (at % 4)) & 1;
          const ran = await client.run(client.count + 1, first).catch(() => undefined);
          if (!ran?.ran) await client.run(client.count + 1, 1 - first);
        }
        assert.equal((await client.ask("evaluate", { expression: "counter" })).text, "2");
        assert.ok(client.steps.some(({ value }) => value === "acquire(lock)"));
        endAll();
      }
    });

    it("serves a request twice that another one has looked at in the meantime", async () => {
      const { client } = await start("serve()", "serve()");
      await pick(client, 0, 0, 0, 1, 1, 1, 0, 1);
      assert.equal((await client.ask("evaluate", { expression: "served" })).text, "['last', 'last']");
    });

    it("has the stack and the locals of all functions that it is in", async () => {
      const { client } = await start("pays(3)");
      assert.deepEqual((await client.ask("inspect", { task: 0 })).frames, []);
      await pick(client, 0, 0);
      const { frames } = await client.ask("inspect", { task: 0 });
      assert.deepEqual(
        frames.map(({ function: name, line, locals }) => {
          return `${name.replace("Account.", "")}:${line} ${locals.map((local) => `${local.name}=${local.value.text}`).join(" ")}`;
        }),
        ["pays:46 amount=3 kept='kept'", "passes:51 amount=3", "deposit:37 self=<Account balance=0> amount=3"],
      );
      await finish(client, 0);
      assert.equal(client.steps.at(-1)?.value, "'kept'");
      assert.equal((await client.ask("evaluate", { expression: "account.balance" })).text, "3");
    });

    it("evaluates an expression among its locals", async () => {
      const { client } = await start("pays(3)");
      await pick(client, 0);
      assert.equal((await client.ask("evaluate", { expression: "amount + self.balance", task: 0 })).text, "3");
      await finish(client, 0);
      assert.equal((await client.ask("evaluate", { expression: "account.balance" })).text, "3");
    });

    it("runs a generator and a coroutine to their ends", async () => {
      const { client } = await start("numbers()", "waits()");
      await pick(client, 0);
      const sent = await client.ask("send", { from: 2, task: 0, expression: "7" });
      assert.equal(sent.ran, 1);
      await client.ask("send", { from: 3, task: 0, expression: "8" });
      await finish(client, 1);
      assert.deepEqual(returned(client), ["8", "'awaited'"]);
      assert.deepEqual([client.steps[0]?.value, client.steps[0]?.point?.function], ["0", "numbers"]);
    });

    it("starts threads that are tasks, and joins them", async () => {
      const { client } = await start("starts()");
      assert.equal(await takeTurns(client, 0), "idle");
      const spawned = client.events.flatMap((event) => (event.event === "spawned" ? [`${event.task} ${event.name}`] : []));
      assert.deepEqual(spawned, ["1 child 0", "2 child 1"]);
      assert.deepEqual(returned(client)[0], "[True, True, False, False]");
      assert.equal((await client.ask("evaluate", { expression: "counter" })).text, "2");
    });

    it("waits in the way that its library means, as a task", async () => {
      const calls = [
        "takes()",
        "gives()",
        "produces()",
        "consumes()",
        "meets()",
        "meets()",
        "tries()",
        "nests()",
        "releases_twice()",
      ];
      const { client } = await start(...calls);
      assert.equal(await takeTurns(client, ...calls.keys()), "idle");
      assert.deepEqual(returned(client), [
        "'given'",
        "None",
        "None",
        "[0, 1, 2]",
        "'met'",
        "'met'",
        returned(client)[6],
        "'in'",
        "'release unlocked lock'",
      ]);
    });

    it("tries a lock, and waits for it no longer than it wants to", async () => {
      const { client } = await start("tries()");
      await takeTurns(client, 0);
      assert.deepEqual(returned(client), ["(True, False)"]);
    });

    it("can be a pool's", async () => {
      const { client } = await start("pools()");
      await takeTurns(client, 0);
      assert.equal(returned(client)[0], "[2, 4, 6]");
    });

    it("sleeps as a task, and has the task's name", async () => {
      const { client } = await start("sleeps()", "sleeps()");
      await takeTurns(client, 0, 1);
      assert.deepEqual(returned(client), ["'sleeps'", "'sleeps'"]);
      assert.equal(client.steps[0]?.value, "sleep(0.001)");
    });

    it("has its own values of `threading.local`", async () => {
      const { client } = await start("keeps_local(1)", "keeps_local(2)");
      await takeTurns(client, 0, 1);
      assert.deepEqual(returned(client), ["1", "2"]);
    });

    it("can give way within a function that C code has called", async () => {
      const { client } = await start("sorts()");
      await takeTurns(client, 0);
      assert.ok(client.steps.some(({ point }) => point?.function.includes("<lambda>")));
      assert.deepEqual(returned(client), ["[1, 2, 3]"]);
    });

    it("switches before accesses to variables that functions share", async () => {
      const { client } = await start("closed_over()");
      await finish(client, 0);
      assert.deepEqual(values(client), [
        "0 before writing total",
        "0 before reading total",
        "0 before writing total",
        "0 before reading total",
        "0 returned 1",
      ]);
    });

    it("does not give way while it imports", async () => {
      const { client } = await start("imports()", "imports()");
      await takeTurns(client, 0, 1);
      assert.deepEqual(returned(client), ["'json.tool'", "'json.tool'"]);
    });

    it("ends with the exception that nobody catches", async () => {
      const { client } = await start("fails()", "stops_itself()");
      assert.equal((await finish(client, 0)).stopped, "threw");
      const { thrown } = await client.event("thrown");
      assert.deepEqual(
        thrown.frames.map(({ function: name, line }) => `${name.replace("Account.", "")}:${line}`),
        ["deposit:37", "passes:51", "fails:92"],
      );
      assert.equal((await client.ask("evaluate", { expression: "served" })).text, "['finally']");
      assert.equal((await finish(client, 1)).stopped, "threw");
    });

    it("dies with a lock, which others then wait for in vain", async () => {
      const { client } = await start("dies_with_lock()", "add_safely()");
      await finish(client, 0);
      assert.equal(await takeTurns(client, 1), "idle");
      assert.equal(client.steps.at(-1)?.value, "acquire(lock)");
    });

    it("is closed with its finally blocks, and thrown into", async () => {
      const { client } = await start("fails()", "fails()");
      await pick(client, 0, 1);
      await client.ask("close", { from: 3, task: 0 });
      assert.deepEqual(values(client).at(-1), "0 closed None");
      assert.equal((await client.ask("evaluate", { expression: "served" })).text, "['finally']");
      const { stopped } = await client.ask("throwInto", { from: 4, task: 1, expression: "ValueError('stop')" });
      if (stopped === "completed") await finish(client, 1);
      assert.deepEqual(values(client).at(-1), "1 threw ValueError('stop')");
    });

    it("is interrupted where it does not give way", async () => {
      const { client } = await start("spins()", "add()");
      const advancing = client.run(1, 0);
      const { at } = await client.hungInStep();
      assert.equal(at?.function, "spins");
      client.interrupt();
      assert.equal((await advancing).stopped, "interrupted");
      await finish(client, 1);
      assert.equal(client.steps.at(-1)?.event, "returned");
    });

    it("gives way at each line if lines are wanted", async () => {
      const { client } = await startThreads(races, ["add()"], "lines", runner);
      await finish(client, 0);
      assert.deepEqual(values(client), ["0 before line 15", "0 before line 16", "0 returned 1"]);
    });

    it("is made of a call of something that there is", async () => {
      assert.equal((await refusal(start("counter"))).message, "counter is no call of a function.");
      assert.equal((await refusal(start("nope()"))).message, "NameError: name 'nope' is not defined");
      const { spawned } = await start("account.deposit(2)", "print()");
      assert.deepEqual(
        spawned.map(({ name }) => name),
        ["account.deposit", "print"],
      );
    });

    it("ends with its program", async () => {
      const { client } = await start("fails()", "takes()");
      await pick(client, 0, 1);
      await client.ask("reset", {});
      assert.equal((await client.ask("evaluate", { expression: "threading.active_count()" })).text, "3");
      assert.equal((await client.ask("evaluate", { expression: "served" })).text, "[]");
    });
  });
}
