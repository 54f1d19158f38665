import assert from "node:assert/strict";
import type { RunnerClient } from "../client";
import { everyRunner } from "../runners";
import { endAll, start } from "../starting";

/** What a step printed, in order: `|` is stdout, `!` is stderr. */
function printedIn(client: RunnerClient, step: number): string {
  return client.events
    .flatMap((event) => (event.event === "output" && event.step === step ? [event] : []))
    .map(({ stream, text }) => text.replace(/^/, stream === "stdout" ? "|" : "!"))
    .join("");
}

for (const runner of everyRunner) {
  describe(`${runner.name} runner, output that bypasses the language's printing`, () => {
    before(function () {
      if (process.platform !== "linux") this.skip();
    });
    afterEach(endAll);

    it("is in the order of writing, together with printed output and across both streams", async () => {
      const client = await start(runner, "writes", "mixed()");
      await client.run(1, 0);
      const lines = ["|1 print", "2 write", "!3 print", "4 write", "|5 child", "6 bytes", "7 write", "!8 write", "|9 write", ""];
      assert.equal(printedIn(client, 1), lines.join("\n"));
    });

    it("belongs to the step and the task that wrote it, in one plan or in many", async () => {
      const client = await start(runner, "writes", 'says("one")', 'says("two")');
      await client.ask("advance", { from: 1, plan: { picks: [0, 1], times: 5 } });
      // Round-robin: step 3 is the second one of the first task, and so on. Text written to a file opened by name has no stream.
      const expected = ["writes", "has a child", "streams", "writes later", "by name"].flatMap((what) =>
        ["one", "two"].map((name) => `${name} ${what}\n`),
      );
      const texts = expected.map((_, index) => printedIn(client, index + 1).replace(/^[|!]/, ""));
      assert.deepEqual(texts, expected);
      assert.ok(printedIn(client, 7).startsWith("!"));
    });

    it("is complete and in order if a child writes to both streams", async () => {
      const client = await start(runner, "writes", "child()");
      await client.run(1, 0);
      assert.equal(printedIn(client, 1).replaceAll(/[|!]/g, ""), "a\nb\nc\n");
    });

    it("is limited for each step, and what was cut off is counted", async () => {
      const client = await start(runner, "writes", "floods()");
      await client.run(1, 0, 0);
      const events = client.events.flatMap((event) => (event.event === "output" ? [event] : []));
      const flood = events.filter(({ step }) => step === 1);
      assert.equal(flood.map(({ text }) => text).join("").length, 64 * 1024);
      assert.equal(
        flood.reduce((sum, { dropped = 0 }) => sum + dropped, 0),
        1024 * 1024 - 64 * 1024,
      );
      assert.equal(printedIn(client, 2), "|after\n");
    });

    it("is decoded across pieces", async () => {
      const client = await start(runner, "writes", "halves()");
      await client.run(1, 0);
      assert.equal(printedIn(client, 1), "|€\n");
    });

    it("is kept even if the process dies in the step that wrote it", async () => {
      const client = await start(runner, "writes", "dies()");
      await client.run(1, 0, 0).catch(() => undefined);
      await client.ended;
      const rest = client.rest.map(({ stream, text }) => `${stream} ${text}`).join("");
      assert.match(`${printedIn(client, 2)}${rest}`, /^(?:!|stderr )last words\n$/);
    });
  });

  describe(`${runner.name} runner, the end of a process`, () => {
    before(function () {
      if (process.platform !== "linux") this.skip();
    });
    afterEach(endAll);

    for (const call of ["killed", "killedByOther", "aborted", "exits", "exitsAtOnce", "crashed"]) {
      it(`loses no step and no output that came before in the same plan: ${call}`, async () => {
        const client = await start(runner, "endings", `${call}()`);
        await client.run(1, 0, 0, 0).catch(() => undefined);
        await client.ended;
        assert.deepEqual(
          client.steps.map(({ step, value }) => `${step} ${value}`),
          ["1 1", "2 2"],
        );
        assert.equal(client.printed("stdout", 1), "printed\n");
      });
    }

    it("waits for what is still active besides the tasks", async () => {
      const client = await start(runner, "endings", "beside()");
      await client.run(1, 0);
      await client.ask("conclude", {});
      assert.equal((await client.ended).code, 0);
      assert.equal(client.printed("stdout", 1), "from beside\n");
      assert.ok(client.events.every(({ event }) => event !== "fatal"));
    });

    it("does not come while something stays active, which is reported", async () => {
      const client = await start(runner, "endings", "forever()");
      assert.deepEqual((await client.ask("remaining", {})).remaining, []);
      await client.run(1, 0);
      const { remaining } = await client.ask("remaining", {});
      assert.match(remaining.join(), runner.language === "python" ? /^thread waiting$/ : /^1 timer$/);
      assert.deepEqual(await client.run(2, 0), { ran: 1, stopped: "returned" });
    });
  });
}
