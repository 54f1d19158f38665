/** Expressions in the frame of an observed program's own scheduler. */
import assert from "node:assert/strict";
import type { RunnerClient } from "../client";
import { endAll } from "../starting";
import { goOn, observe, observersOf } from "./observing";

async function evaluated(client: RunnerClient, expression: string): Promise<string> {
  return (await client.ask("evaluate", { expression, driver: true })).text;
}

for (const runner of [...observersOf("javascript"), ...observersOf("python")]) {
  const isPython = runner.language === "python";
  const self = isPython ? "self" : "this";

  describe(`${runner.name} runner, an expression about the scheduler of an observed program`, () => {
    afterEach(endAll);

    it("sees the locals of the frame that has resumed the task, and the names of its module", async () => {
      const client = await observe(runner, "scheduler");
      await goOn(client, 3);
      assert.equal(await evaluated(client, "[turn, limit]"), "[2, 6]");
      assert.equal(await evaluated(client, `${self}.turns + limit`), "9");
      const inner = isPython ? "[turn + each for each in range(2)]" : "[0, 1].map((each) => turn + each)";
      assert.equal(await evaluated(client, inner), "[2, 3]");
      assert.equal(await evaluated(client, isPython ? "work.__name__" : "work.name"), isPython ? "'work'" : '"work"');
      await goOn(client, 1);
      assert.equal(await evaluated(client, "turn"), "3");
    });

    it("sees the names of the module where that resumes tasks itself", async () => {
      const client = await observe(runner, isPython ? "mainLoop" : "moduleLoop.mjs");
      await goOn(client, 2);
      assert.equal(await evaluated(client, "turn"), "1");
    });

    it("has its children while the program waits", async () => {
      const client = await observe(runner, "scheduler");
      await goOn(client, 1);
      const { handle = -1 } = await client.ask("evaluate", { expression: `${self}.tasks`, driver: true });
      const { properties } = await client.ask("expand", { handle, start: 0, count: 2 });
      assert.deepEqual(
        properties.map(({ name }) => name),
        ["0", "1"],
      );
    });

    it("is refused where there is no such frame", async () => {
      const client = await observe(runner, "scheduler");
      await assert.rejects(
        evaluated(client, "turn"),
        /No function of your files has resumed the task of this step\.|has not begun/,
      );
      await goOn(client, 1);
      await assert.rejects(evaluated(client, "missing"), /missing/);
    });

    it("is compared after each step that the function has resumed, and no other", async () => {
      const client = await observe(runner, "twoDrivers");
      await goOn(client, 1);
      const [first] = client.events.flatMap((event) => (event.event === "drivers" ? event.drivers : []));
      assert.equal(first?.function, "even");
      const condition = { id: 1, expression: "count", isNot: "0", driver: { file: first?.file ?? "", function: "even" } };
      // The other function has other numbers, which do not count.
      const { ran } = await client.ask("advance", { from: 2, plan: { switches: 9 }, until: [condition] });
      assert.equal(ran, 2);
      assert.equal(await evaluated(client, "count"), "1");
    });
  });
}
