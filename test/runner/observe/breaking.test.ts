/** Breakpoints of observed programs. */
import assert from "node:assert/strict";
import type { Answer } from "../../../src/protocol/runner";
import type { RunnerClient } from "../client";
import { everyRunner } from "../runners";
import { endAll } from "../starting";
import { observe, observedFile } from "./observing";

for (const runner of everyRunner) {
  const isPython = runner.language === "python";
  const file = observedFile(runner, "counting");
  /** The lines at which `run` and the module call `next`, and a line of `work` with a `yield`. */
  const [inRun, inModule, inWork] = isPython ? [33, 42, 10] : [28, 36, 6];

  describe(`${runner.name} runner, a breakpoint of an observed program`, () => {
    afterEach(endAll);

    function goOnUntil(client: RunnerClient, line: number, expression?: string): Promise<Answer<"advance">> {
      const condition = {
        id: 7,
        line: { file, line },
        ...(expression === undefined ? {} : { expression, seesLocals: true as const }),
      };
      return client.ask("advance", { from: client.steps.length + 1, plan: { switches: 6 }, until: [condition] });
    }

    it("counts where the scheduler resumes a task", async () => {
      const client = await observe(runner, "counting");
      const met = { stopped: "condition", condition: { id: 7 } };
      assert.deepEqual(await goOnUntil(client, inRun), { ran: 1, ...met });
      assert.deepEqual(await goOnUntil(client, inRun), { ran: 1, ...met });
      assert.deepEqual(await goOnUntil(client, inModule), { ran: 3, ...met }, "not at the two steps of `outer`");
      assert.equal(client.steps.length, 5);
    });

    it("counts where a task is suspended, with its expression about the task", async () => {
      const client = await observe(runner, "counting");
      const { quoted } = runner.words;
      assert.equal((await goOnUntil(client, inWork, `name == ${quoted("begun")}`)).ran, 5);
      const other = await observe(runner, "counting");
      assert.deepEqual(await goOnUntil(other, inModule, isPython ? "True" : "true"), { ran: 6, stopped: "completed" });
    });
  });
}
