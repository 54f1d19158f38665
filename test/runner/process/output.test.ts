import assert from "node:assert/strict";
import { everyRunner, runners } from "../runners";
import { endAll, start } from "../starting";

for (const runner of runners) {
  describe(`${runner.name} runner, output`, () => {
    afterEach(endAll);

    it("belongs to the step that printed it, and to step 0 before the first", async () => {
      const client = await start(runner, "prints", "talk()");
      await client.run(1, 0, 0);
      assert.equal(client.printed("stdout", 0), "loading\n");
      assert.equal(client.printed("stdout", 1), "one two\n");
      assert.equal(client.printed("stderr", 1), "three\n");
      assert.equal(client.printed("stdout", 2), "four\n");
    });

    it("is limited for each slice, and what was cut off is counted", async () => {
      const client = await start(runner, "prints", "flood(100)");
      await client.run(1, 0, 0);
      const printed = client.events.filter((event) => event.event === "output");
      const flood = printed.filter(({ step }) => step === 1);
      const dropped = flood.reduce((sum, event) => sum + (event.dropped ?? 0), 0);
      assert.equal(client.printed("stdout", 1).length, 64 * 1024);
      assert.equal(64 * 1024 + dropped, 100 * 1024 * 1024);
      const [after, ...more] = printed.filter(({ step }) => step === 2);
      assert.equal(more.length, 0);
      assert.equal(after?.text, "after the flood\n");
      assert.equal(after?.dropped, undefined);
    });

    it("of many slices at full speed is complete and in order", async () => {
      const client = await start(runner, "prints", "chatty()");
      await client.ask("advance", { from: 1, plan: { picks: [0], times: 20_000 } });
      const events = client.events.filter((event) => event.event === "output" && event.step > 0);
      assert.deepEqual(
        events.map((event) => event.event === "output" && `${event.step} ${event.text}`),
        Array.from({ length: 20_000 }, (_, index) => `${index + 1} ${index}\n`),
      );
    });

    it("of a timer arrives without a request, with the last step", async () => {
      const client = await start(runner, "prints", "later()");
      await client.run(1, 0);
      const { step } = await client.event("output", ({ text }) => text === "from a timer\n");
      assert.equal(step, 1);
    });

    it("is decoded across pieces", async () => {
      const client = await start(runner, "prints", "bytes()");
      await client.run(1, 0);
      assert.equal(client.printed("stdout", 1), "€");
    });
  });
}

for (const runner of everyRunner.filter(({ language }) => language === "python")) {
  describe(`${runner.name} runner, output of code that the language calls`, () => {
    afterEach(endAll);

    it("of a finalizer belongs to the step that dropped the object, even if it is the last one", async () => {
      const client = await start(runner, "prints", "finalizes()");
      await client.run(1, 0, 0, 0);
      // The generator refers to the object until it returns, so the interpreter finalizes it in that step.
      assert.deepEqual(
        [1, 2, 3].map((step) => client.printed("stdout", step)),
        ["", "", "finalized\n"],
      );
    });

    it("of the last step arrives at full speed, too", async () => {
      const client = await start(runner, "prints", "finalizes()");
      await client.ask("advance", { from: 1, plan: { picks: [0], times: 9 } });
      assert.equal(client.printed("stdout", 3), "finalized\n");
    });

    for (const call of ["rewrapped()", "detached()", "opened()", "duplicated()"]) {
      it(`has the step that printed it even if the program has its own stream: ${call}`, async () => {
        const client = await start(runner, "prints", call);
        await client.ask("advance", { from: 1, plan: { picks: [0], times: 500 } });
        assert.deepEqual(
          Array.from({ length: 500 }, (_, index) => client.printed("stdout", index + 1)),
          Array.from({ length: 500 }, (_, index) => `${index}\n`),
        );
      });
    }
  });
}
