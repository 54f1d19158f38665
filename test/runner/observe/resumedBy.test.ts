/** While an observed program waits, the frames that have resumed the task are shown with their variables. */
import assert from "node:assert/strict";
import type { Answer } from "../../../src/protocol/runner";
import { endAll } from "../starting";
import { goOn, observe, observersOf } from "./observing";

/** The frames of an answer as text, without what their variables hold in them. */
function frames({ resumedBy = [] }: Answer<"inspect">): string[] {
  return resumedBy.map(({ function: name, line, locals }) => {
    return `${name.replace("Scheduler.", "")}:${line} ${locals.map((local) => local.name).join()}`;
  });
}

for (const runner of [...observersOf("javascript"), ...observersOf("python")]) {
  const isPython = runner.language === "python";

  describe(`${runner.name} runner, who resumed the task of an observed program`, () => {
    afterEach(endAll);

    it("has the frames from the main program to the innermost one, with their variables", async () => {
      const client = await observe(runner, "scheduler");
      await goOn(client, 3);
      const { task = -1 } = client.steps.at(-1) ?? {};
      const seen = await client.ask("inspect", { task });
      assert.deepEqual(frames(seen), [
        isPython ? "<module>:22 limit" : "(module):23 limit",
        isPython ? "run:18 self,limit,turn,task" : "run:16 this,task,turn,limit",
      ]);
      const [, inner] = seen.resumedBy ?? [];
      assert.equal(inner?.locals.find(({ name }) => name === "turn")?.value.text, "2");
      const self = inner?.locals.find(({ name }) => name === (isPython ? "self" : "this"));
      const { properties } = await client.ask("expand", { handle: self?.value.handle ?? -1, start: 0, count: 9 });
      assert.deepEqual(
        properties.filter(({ name }) => name === "turns").map(({ value }) => value.text),
        ["3"],
      );
    });

    if (!isPython) {
      it("has the variables of an ES module, without what the module is given and what it defines", async () => {
        const client = await observe(runner, "moduleLoop.mjs");
        await goOn(client, 2);
        assert.deepEqual(frames(await client.ask("inspect", { task: 0 })), ["(module):7 turn,task"]);
      });
    }

    it("belongs to the step at which the program waits, not to other tasks", async () => {
      const client = await observe(runner, "scheduler");
      await goOn(client, 2);
      const { task = -1 } = client.steps.at(-1) ?? {};
      assert.equal((await client.ask("inspect", { task: 1 - task })).resumedBy, undefined);
      await goOn(client, 1);
      assert.equal((await client.ask("inspect", { task })).resumedBy, undefined);
    });

    it("is shown while a recursion resumes the task, with its innermost frames", async () => {
      const client = await observe(runner, "recursive");
      await goOn(client, 1);
      const seen = frames(await client.ask("inspect", { task: 0 }));
      assert.equal(seen.length, 50);
      assert.match(seen.at(-1) ?? "", /^descend:\d+ task,depth$/);
    });

    it("does not keep alive what the scheduler has dropped", async () => {
      const client = await observe(runner, "dropping");
      for (let turn = 0; turn < 3; turn += 1) {
        const { ran } = await goOn(client, 1);
        assert.equal(ran, 1);
        await client.ask("inspect", { task: client.steps.at(-1)?.task ?? -1 });
      }
      await client.ask("advance", { from: 4, plan: { switches: 9 } }).catch(() => undefined);
      await client.ended;
      assert.match(client.printed("stdout"), isPython ? /deleted\nend\n$/ : /end\n$/);
    });
  });
}
