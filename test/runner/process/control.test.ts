import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { encodeMessage } from "../../../src/protocol/framing";
import { refusal } from "../refusal";
import { runners } from "../runners";
import { endAll, programFile, start, startBare } from "../starting";

for (const runner of runners) {
  describe(`${runner.name} runner, control`, () => {
    afterEach(endAll);

    it("pauses at full speed, and continues from there", async () => {
      const client = await start(runner, "tasks", "forever()", "forever()");
      client.keepSteps = "count";
      const running = client.ask("advance", { from: 1, plan: { picks: [0, 1], times: 1_000_000_000 } });
      await client.until(() => (client.count > 100_000 ? true : undefined));
      await client.ask("pause", {});
      const { ran, stopped } = await running;
      assert.equal(stopped, "paused");
      assert.equal(client.count, ran);
      assert.deepEqual(await client.run(ran + 1, 0, 1), { ran: 2, stopped: "completed" });
    });

    it("pauses plans that were sent ahead, but no later ones", async () => {
      const client = await start(runner, "tasks", "forever()");
      client.keepSteps = "count";
      const plan = { picks: [0], times: 1_000_000_000 };
      const running = [client.ask("advance", { from: 1, plan }), client.ask("advance", { from: 1_000_000_001, plan })];
      await client.ask("pause", {});
      const [first, second] = await Promise.all(running);
      assert.equal(first?.stopped, "paused");
      assert.equal(second?.stopped, "stale");
      await client.ask("pause", {});
      assert.deepEqual(await client.run((first?.ran ?? 0) + 1, 0), { ran: 1, stopped: "completed" });
    });

    it("reports which task hangs, where and for how long; an interrupt ends only that task", async () => {
      const client = await start(runner, "tasks", "forever()", "endless()", "count(3)");
      const running = client.run(1, 0, 1, 2, 0, 1, 2);
      const hung = await client.hungInStep();
      assert.equal(hung.step, 5);
      assert.equal(hung.task, 1);
      assert.ok(hung.millis >= 2_000, `${hung.millis}`);
      assert.deepEqual(hung.at, { file: programFile(runner, "tasks"), line: 54, function: "endless" });
      assert.equal(client.steps.length, 4, "the steps before it were sent");
      assert.deepEqual(await client.ask("ping", {}), {}, "the process is alive");
      await client.event("hung", ({ millis }) => millis > hung.millis);
      client.interrupt();
      assert.deepEqual(await running, { ran: 5, stopped: "interrupted" });
      assert.match(client.steps.at(-1)?.value ?? "", /^Interrupted after \d+\.\d s$/);
      assert.equal(client.steps.at(-1)?.event, "threw");
      assert.deepEqual(await client.run(6, 2, 0), { ran: 2, stopped: "completed" });
      assert.equal((await refusal(client.run(8, 1))).code, "unknown-task");
      assert.deepEqual((await client.ask("inspect", { task: 1 })).frames, []);
    });

    it("ignores an interrupt while nothing runs", async () => {
      const client = await start(runner, "tasks", "count(3)");
      client.interrupt();
      assert.deepEqual(await client.run(1, 0), { ran: 1, stopped: "completed" });
    });

    it("reports where a module hangs while it is loaded", async () => {
      const client = startBare(runner);
      await client.hello();
      const loading = refusal(client.ask("load", { file: programFile(runner, "hangs") }));
      const hung = await client.event("hung");
      assert.equal(hung.task, undefined);
      assert.equal(hung.at?.line, 5);
      assert.deepEqual(await client.ask("ping", {}), {}, "the process is alive");
      client.interrupt();
      assert.equal((await loading).code, "interrupted");
    });

    it("ends by itself when its wire closes, idle or in an endless loop", async () => {
      const idle = await start(runner, "tasks");
      await idle.close();
      const busy = await start(runner, "tasks", "never()");
      busy.run(1, 0).catch(() => undefined);
      // The pause is answered concurrently with the loop, so by then the step is in progress.
      await busy.ask("pause", {});
      await busy.close();
    });

    it("leaves no process behind when its parent is killed during an endless loop", async () => {
      const script = resolve(__dirname, "parent.mjs");
      const messages = [
        { id: 1, method: "load", file: programFile(runner, "tasks") },
        { id: 2, method: "spawn", task: 0, call: "never()" },
        { id: 3, method: "advance", from: 1, plan: { picks: [0], times: 1 } },
      ];
      const frames = Buffer.concat(messages.map(encodeMessage)).toString("base64");
      const parent = spawn(process.execPath, [script, frames, ...runner.command], { stdio: ["ignore", "pipe", "inherit"] });
      await once(createInterface({ input: parent.stdout }), "line");
      parent.kill("SIGKILL");
      // The runner also holds the other end of this pipe, which closes when its last process has ended.
      await once(parent.stdout, "close");
    });
  });
}
