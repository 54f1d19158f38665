import assert from "node:assert/strict";
import fc from "fast-check";
import { packPicks } from "../../src/protocol/picks";
import type { RunnerClient } from "./client";
import { runners } from "./runners";
import { endAll, start } from "./starting";

/** A task's script: its actions in order. The kinds are those of the program `scripted`. */
type Script = [kind: number, value: number][];

const action = fc.tuple(fc.constantFrom(0, 0, 0, 1, 2, 3, 4), fc.integer({ min: 0, max: 3 }));
const scripts = fc.array(fc.array(action, { maxLength: 6 }), { minLength: 1, maxLength: 4 });

/** Picks as fractions, because the number of tasks is not known when they are generated. */
const choices = fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 1, maxLength: 40 });
const cuts = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 40 });

/** Executes the picks in plans of those lengths. Like a scheduler, leaves out picks of tasks that have ended. */
async function execute(client: RunnerClient, tasks: Script[], picks: number[], lengths: number[]) {
  await client.ask("reset", {});
  client.steps.length = 0;
  client.events.length = 0;
  for (const [task, script] of tasks.entries()) await client.ask("spawn", { task, call: `scripted(${JSON.stringify(script)})` });
  const over = new Set<number>();
  let left = picks;
  for (let turn = 0; left.length > 0; turn += 1) {
    const plan = left.slice(0, lengths[turn % lengths.length]);
    const { ran } = await client.run(client.steps.length + 1, ...plan);
    const last = client.steps.at(-1);
    if (last && last.event !== "yielded") over.add(last.task);
    left = left.slice(ran).filter((pick) => !over.has(pick));
  }
  const printed = client.events.flatMap((event) => (event.event === "output" ? [`${event.step} ${event.text}`] : []));
  return { steps: client.steps.map(({ micros: _, ...step }) => step), printed };
}

for (const runner of runners) {
  describe(`${runner.name} runner, plans`, () => {
    afterEach(endAll);

    it("give the same trace however a schedule is cut into plans", async () => {
      const client = await start(runner, "tasks");
      const property = fc.asyncProperty(scripts, choices, cuts, async (tasks, fractions, lengths) => {
        const picks = fractions.map((fraction) => Math.floor(fraction * tasks.length));
        const singly = await execute(client, tasks as Script[], picks, [1]);
        const batched = await execute(client, tasks as Script[], picks, lengths);
        assert.deepEqual(batched, singly);
      });
      await fc.assert(property, { numRuns: 60 });
    });

    it("can have many picks, sent as a column", async () => {
      const client = await start(runner, "tasks", "forever()", "forever()", "forever()");
      const picks = Array.from({ length: 1_000 }, (_, index) => (index * index) % 3);
      const plan = { picks: packPicks(picks), times: 2 };
      assert.equal(typeof plan.picks, "string");
      assert.deepEqual(await client.ask("advance", { from: 1, plan }), { ran: 2_000, stopped: "completed" });
      assert.deepEqual(
        client.steps.map(({ task }) => task),
        [...picks, ...picks],
      );
    });

    it("repeat their picks, over more steps than one chunk holds", async () => {
      const client = await start(runner, "tasks", "forever()", "count(1000000)");
      const plan = { picks: [0, 1, 1], times: 30_000 };
      assert.deepEqual(await client.ask("advance", { from: 1, plan }), { ran: 90_000, stopped: "completed" });
      assert.equal(client.steps.length, 90_000);
      client.steps.forEach(({ step, task, value }, index) => {
        assert.equal(step, index + 1);
        assert.equal(task, [0, 1, 1][index % 3]);
        const counted = 2 * Math.floor(index / 3) + (index % 3) - 1;
        assert.equal(value, task === 0 ? runner.words.nothing : `${counted}`);
      });
    });

    it("that were sent ahead run only if the previous one ran to its end", async () => {
      const client = await start(runner, "tasks", "scripted([[0, 1], [0, 1], [2, 5]])", "forever()");
      const send = (from: number, picks: number[], ahead: boolean) =>
        client.ask("advance", { from, plan: { picks, times: 1 }, ahead });
      const whole = await Promise.all([send(1, [0, 1], false), send(3, [1, 1], true)]);
      assert.deepEqual(whole, [
        { ran: 2, stopped: "completed" },
        { ran: 2, stopped: "completed" },
      ]);
      const ended = await Promise.all([send(5, [0, 0], false), send(7, [1], true), send(8, [1], true)]);
      assert.deepEqual(ended, [
        { ran: 2, stopped: "returned" },
        { ran: 0, stopped: "stale" },
        { ran: 0, stopped: "stale" },
      ]);
      assert.deepEqual(await send(7, [1], false), { ran: 1, stopped: "completed" });
    });

    it("resume more than a thousand tasks in order", async () => {
      const client = await start(runner, "tasks");
      const picks = Array.from({ length: 1_100 }, (_, task) => task);
      await Promise.all(picks.map((task) => client.ask("spawn", { task, call: "count(3)" })));
      assert.deepEqual(await client.ask("advance", { from: 1, plan: { picks, times: 2 } }), { ran: 2_200, stopped: "completed" });
      assert.deepEqual(await client.run(2_201, 7), { ran: 1, stopped: "completed" });
      assert.ok(client.steps.every(({ task, step }) => task === (step <= 2_200 ? (step - 1) % 1_100 : 7)));
    });

    it("resume as many tasks when they are shorter than a round", async () => {
      const client = await start(runner, "tasks");
      const tasks = Array.from({ length: 1_100 }, (_, task) => task);
      await Promise.all(tasks.map((task) => client.ask("spawn", { task, call: "count(3)" })));
      const answers = Array.from({ length: 33 }, (_, plan) => {
        const picks = tasks.slice(100 * (plan % 11), 100 * (plan % 11) + 100);
        return client.ask("advance", { from: 100 * plan + 1, plan: { picks, times: 1 }, ahead: plan > 0 });
      });
      for (const answer of await Promise.all(answers)) assert.deepEqual(answer, { ran: 100, stopped: "completed" });
      assert.deepEqual(
        client.steps.map(({ task }) => task),
        [...tasks, ...tasks, ...tasks],
      );
    });

    it("stop at the first return and the first throw", async () => {
      const client = await start(runner, "tasks", "scripted([[0, 1], [2, 5]])", "scripted([[0, 1], [3, 6]])");
      const plan = { picks: [0, 1], times: 9 };
      assert.deepEqual(await client.ask("advance", { from: 1, plan }), { ran: 3, stopped: "returned" });
      assert.deepEqual(await client.run(4, 1, 1, 1), { ran: 1, stopped: "threw" });
      assert.equal(client.steps.at(-1)?.event, "threw");
      assert.match(client.steps.at(-1)?.value ?? "", /told to: 6/);
    });
  });
}
