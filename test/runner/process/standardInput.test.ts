import assert from "node:assert/strict";
import type { RunnerClient } from "../client";
import { everyRunner, type RunnerUnderTest, runners } from "../runners";
import { endAll, programFile, startBare } from "../starting";

/** A task in a process that tells who asks. */
async function asking(runner: RunnerUnderTest, call: string): Promise<RunnerClient> {
  const client = startBare(runner);
  await client.hello();
  await client.ask("load", { file: programFile(runner, "asks"), asks: true });
  await client.ask("spawn", { task: 0, call });
  return client;
}

/** Lets the task make a step in which it reads. @param text what it is given, once it has asked; left out, the end */
async function answered(client: RunnerClient, text?: string): Promise<string | undefined> {
  const step = client.steps.length + 1;
  const stepped = client.run(step, 0);
  const { task, at } = await client.event("asks", (event) => event.step === step);
  assert.equal(task, 0);
  assert.ok(at?.file.includes("asks"));
  if (text === undefined) client.child.stdin?.end();
  else client.child.stdin?.write(text);
  await stepped;
  return client.steps.at(-1)?.value;
}

const count = (client: RunnerClient) => client.events.filter(({ event }) => event === "asks").length;

for (const runner of everyRunner) {
  const { quoted } = runner.words;
  describe(`${runner.name} runner, standard input`, () => {
    afterEach(endAll);

    it("is asked for by whoever reads it, after what was printed", async () => {
      const client = await asking(runner, "lines()");
      assert.equal(await answered(client, "ann\n"), quoted("ann"));
      const told = client.events.filter(({ event }) => event === "output" || event === "asks");
      assert.deepEqual(
        told.map(({ event }) => event),
        ["output", "asks"],
      );
      assert.equal(client.printed("stdout", 1), "name? ");
      assert.equal(await answered(client, "bob\n"), quoted("bob\\n"));
      assert.equal(await answered(client, "<b>\n"), quoted("<b>\\n"));
      assert.equal(await answered(client, "é\n"), quoted("é\\n"));
      assert.equal(await answered(client, `${"x".repeat(1_000_000)}\n`), "1000001");
      assert.deepEqual(
        client.steps.map(({ event }) => event),
        Array(5).fill("yielded"),
      );
    });

    it("is read to its end", async () => {
      const client = await asking(runner, "rest()");
      const stepped = client.run(1, 0);
      await client.event("asks");
      client.child.stdin?.end("ann\nbob\n");
      await stepped;
      assert.equal(client.steps[0]?.value, quoted("ann\\nbob\\n"));
      const before = count(client);
      await client.run(2, 0);
      assert.equal(client.steps[1]?.value, quoted(""));
      assert.equal(count(client), before);
    });

    it("that was closed or replaced by the program is no longer asked for", async () => {
      const client = await asking(runner, "closing()");
      await client.run(1, 0);
      assert.match(client.steps[0]?.value ?? "", /OSError|EBADF/);
      assert.equal(count(client), 0);
      const other = await asking(runner, "replacing()");
      await other.run(1, 0);
      assert.equal(other.steps[0]?.value, quoted("own"));
      assert.equal(count(other), 0);
    });

    it("is not asked for without the session's wish", async () => {
      const client = startBare(runner);
      await client.hello();
      await client.ask("load", { file: programFile(runner, "asks") });
      await client.ask("spawn", { task: 0, call: "lines()" });
      client.child.stdin?.write("ann\n");
      await client.run(1, 0);
      assert.equal(client.steps[0]?.value, quoted("ann"));
      assert.equal(count(client), 0);
    });
  });
}

for (const runner of runners) {
  describe(`${runner.name} runner, a task that waits for standard input`, () => {
    afterEach(endAll);

    it("does not hang, and the time does not count", async () => {
      const client = await asking(runner, "lines()");
      const stepped = client.run(1, 0);
      await client.event("asks");
      // Longer than user code may run before it counts as hanging.
      await new Promise((resolve) => setTimeout(resolve, 2_600));
      client.child.stdin?.write("ann\n");
      await stepped;
      // To start may have taken as long, too.
      const after = client.events.slice(client.events.findIndex(({ event }) => event === "asks"));
      assert.deepEqual(
        after.filter(({ event }) => event === "hung"),
        [],
      );
      assert.ok((client.steps[0]?.micros ?? 0) < 2_000_000, `${client.steps[0]?.micros}`);
    });

    it("is ended with its process", async () => {
      const client = await asking(runner, "lines()");
      void client.run(1, 0).catch(() => undefined);
      await client.event("asks");
      client.child.stdio[3]?.destroy();
      await client.ended;
    });

    it("asks again and again", async () => {
      const client = await asking(runner, "many()");
      let asked = 0;
      const running = client.ask("advance", { from: 1, plan: { picks: [0], times: 2_000 } });
      for (; asked < 2_000; asked += 1) {
        await client.event("asks", ({ step }) => step === asked + 1);
        client.events.length = 0;
        client.child.stdin?.write(`${asked}\n`);
      }
      await running;
      assert.equal(client.steps.length, 2_000);
      assert.equal(client.steps.at(-1)?.value, "1999");
    });
  });
}

for (const runner of runners.filter(({ language }) => language === "python")) {
  it(`${runner.name} runner, sys.stdin looks as without it`, async () => {
    const client = await asking(runner, "unlike()");
    await client.run(1, 0);
    assert.match(client.steps[0]?.value ?? "", /^\['<stdin>', 'r', '[^']+', False, 0, True\]$/);
    endAll();
  });
}

for (const runner of runners.filter(({ language }) => language === "javascript")) {
  it(`${runner.name} runner, asks where a stream is read and has nothing`, async () => {
    const client = await asking(runner, "stream()");
    const first = client.ask("advance", { from: 1, plan: { ring: [0], steps: 3 } });
    for (const text of ["ann\n", "bob\n"]) {
      await client.event("asks");
      client.events.length = 0;
      client.child.stdin?.write(text);
    }
    await client.event("asks");
    client.child.stdin?.end();
    await first;
    assert.deepEqual(
      client.steps.slice(1).map(({ value }) => value),
      ['"ann"', '"bob"'],
    );
    endAll();
  });
}
