import assert from "node:assert/strict";
import type { Condition } from "../../../src/protocol/requests";
import type { Answer } from "../../../src/protocol/runner";
import type { RunnerClient } from "../client";
import { everyRunner, type RunnerUnderTest, runners } from "../runners";
import { endAll, programFile, start } from "../starting";

/** Resumes the tasks in turn, for a number of rounds or until something ends the plan. */
function go(client: RunnerClient, picks: number[], times: number, ...conditions: Condition[]): Promise<Answer<"advance">> {
  return client.ask("advance", { from: client.steps.length + 1, plan: { picks, times }, until: conditions });
}

/** A noted condition: the text of the expression has changed. */
function other(expression: string, isNot: string | null, task?: number): Condition {
  return { id: 1, expression, isNot, noted: true, ...(task === undefined ? {} : { task }) };
}

/** An expression that never ends once the level is 1. */
function hangingAtOne({ language }: RunnerUnderTest): string {
  return language === "python"
    ? "[None for n in iter(int, 1)] if level == 1 else level"
    : "level === 1 ? (() => { while (true); })() : level";
}

for (const runner of everyRunner) {
  describe(`${runner.name} runner, conditions that are noted`, () => {
    afterEach(endAll);
    const { words } = runner;

    it("end no plan, and the last step that met one is reported", async () => {
      const client = await start(runner, "watched", "climb(99)");
      // The level is 3 after the steps 9 to 11, and 0 before step 3.
      assert.deepEqual(await go(client, [0], 11, other("level", "3")), { ran: 11, stopped: "completed", noted: 8 });
      assert.deepEqual(await go(client, [0], 9, other("level", "3")), { ran: 9, stopped: "completed", noted: 20 });
    });

    it("are not reported if no step met one", async () => {
      const client = await start(runner, "watched", "climb(99)");
      assert.deepEqual(await go(client, [0], 2, other("level", "0")), { ran: 2, stopped: "completed" });
      assert.deepEqual(await go(client, [0], 9, other("level +", null)), { ran: 9, stopped: "completed" });
    });

    it("find the last change in place, and the last step after which the expression throws", async () => {
      const client = await start(runner, "watched", "climb(99)");
      assert.deepEqual(await go(client, [0], 10, other("path", "[4, 8]")), { ran: 10, stopped: "completed", noted: 7 });
      const late = runner.language === "python" ? "path[2]" : "path[2].valueOf()";
      assert.deepEqual(await go(client, [0], 4, other(late, "12")), { ran: 4, stopped: "completed", noted: 11 });
    });

    it("see the locals of a task, after its steps only", async () => {
      const client = await start(runner, "watched", "climb(99)", "outer(99)");
      assert.deepEqual(await go(client, [0, 1], 5, other("i", "5", 1)), { ran: 10, stopped: "completed", noted: 8 });
      assert.deepEqual(await go(client, [0, 1], 5, other("i", "5", 1)), { ran: 10, stopped: "completed", noted: 20 });
    });

    it("can be of any kind: true expressions, expressions that throw, conditions without an expression", async () => {
      const client = await start(runner, "watched", "climb(99)", "climb(99)");
      const even = await go(client, [0], 5, { id: 1, expression: "value % 2 == 0", noted: true });
      assert.deepEqual(even, { ran: 5, stopped: "completed", noted: 4 });
      const wrong = await go(client, [0], 2, { id: 1, expression: "nowhere", noted: true });
      assert.deepEqual(wrong, { ran: 2, stopped: "completed", noted: 7 });
      assert.deepEqual(await go(client, [1, 0], 2, { id: 1, task: 1, noted: true }), { ran: 4, stopped: "completed", noted: 10 });
      const line = { file: programFile(runner, "watched"), line: 1 };
      assert.deepEqual(await go(client, [0], 2, { id: 1, line, noted: true }), { ran: 2, stopped: "completed" });
    });

    it("work together with those that end the plan, whichever is met first", async () => {
      const client = await start(runner, "watched", "climb(99)");
      const ending = { id: 2, expression: "level", isNot: "0" };
      const both = await go(client, [0], 9, ending, other("level", "9"));
      assert.deepEqual(both, { ran: 3, stopped: "condition", condition: { id: 2 }, noted: 3 });
      const before = await go(client, [0], 9, other("level", "2"), { ...ending, isNot: "1" });
      assert.deepEqual(before, { ran: 3, stopped: "condition", condition: { id: 2 }, noted: 5 });
      const several = await go(client, [0], 4, other("level", "9"), other("level", "2"));
      assert.deepEqual(several, { ran: 4, stopped: "completed", noted: 10 });
    });

    it("are reported separately for every plan, also for one that was sent ahead", async () => {
      const client = await start(runner, "watched", "climb(99)");
      const until = [other("level", "0")];
      const plan = { picks: [0], times: 2 };
      const answers = [1, 3, 5].map((from) => client.ask("advance", { from, plan, until, ahead: from > 1 }));
      const ran = { ran: 2, stopped: "completed" };
      assert.deepEqual(await Promise.all(answers), [ran, { ...ran, noted: 4 }, { ...ran, noted: 6 }]);
      assert.deepEqual(await client.run(7, 0), { ran: 1, stopped: "completed" });
      assert.deepEqual(await client.ask("advance", { from: 99, plan, until }), { ran: 0, stopped: "stale" });
    });

    it("are met by the last step of a task", async () => {
      const client = await start(runner, "watched", "climb(2)", "fall()", "climb(1)");
      assert.deepEqual(await go(client, [0], 9, other("level", "0")), { ran: 3, stopped: "returned", noted: 3 });
      assert.deepEqual(await go(client, [1], 9, other("level", "0")), { ran: 1, stopped: "threw", noted: 4 });
      assert.deepEqual(await go(client, [2], 9, other("i", "0", 2)), { ran: 2, stopped: "returned", noted: 6 });
    });

    it("are met by steps by hand", async () => {
      const client = await start(runner, "watched", "echo()", "climb(9)", "echo()");
      await client.run(1, 0, 1, 2);
      const until = [other("level", "1")];
      const one = await client.ask("send", { from: 4, task: 0, expression: "5", until });
      assert.deepEqual(one, { ran: 1, stopped: "completed" });
      const local = await client.ask("send", { from: 5, task: 0, expression: "6", until: [other("got", "5", 0)] });
      assert.deepEqual(local, { ran: 1, stopped: "completed", noted: 5 });
      const closed = await client.ask("close", { from: 6, task: 1, until });
      assert.deepEqual(closed, { ran: 1, stopped: "completed", noted: 6 });
      const both = [{ id: 3 }, ...until];
      const thrown = await client.ask("throwInto", { from: 7, task: 2, expression: words.makeError, until: both });
      assert.deepEqual(thrown, { ran: 1, stopped: "threw", condition: { id: 3 }, noted: 7 });
    });

    it("are reported across more steps than one chunk holds", async () => {
      const client = await start(runner, "watched", "forever()", "climb(0)");
      client.keepSteps = "count";
      const answer = await go(client, [0], 30_000, other("level < 25_000", runner.language === "python" ? "False" : "false"));
      assert.deepEqual(answer, { ran: 30_000, stopped: "completed", noted: 24_999 });
      assert.equal(client.count, 30_000);
    });

    it("allow a plan to be paused", async () => {
      const client = await start(runner, "watched", "forever()");
      client.keepSteps = "count";
      const running = go(client, [0], 1_000_000_000, other("level", "0"));
      await client.until(() => (client.count > 1_000 ? true : undefined));
      await client.ask("pause", {});
      const { ran, stopped, noted } = await running;
      assert.deepEqual([stopped, noted], ["paused", ran]);
    });
  });
}

for (const runner of runners) {
  describe(`${runner.name} runner, a noted condition that hangs`, () => {
    afterEach(endAll);

    it("is interrupted and ends the plan as others do; what was noted before is reported", async () => {
      const client = await start(runner, "watched", "climb(9)");
      const hanging = go(client, [0], 9, { ...other(hangingAtOne(runner), "9"), id: 4 }, { id: 5, expression: "level == 7" });
      const hung = await client.hungInStep();
      assert.deepEqual([hung.step, hung.task], [3, undefined]);
      client.interrupt();
      const { ran, stopped, condition, noted } = await hanging;
      assert.deepEqual([ran, stopped, condition?.id, noted], [3, "interrupted", 4, 2]);
      assert.match(condition?.problem ?? "", /^Interrupted after \d+\.\d s$/);
      assert.deepEqual(await client.run(4, 0), { ran: 1, stopped: "completed" });
    });

    it("is interrupted after a step by hand, too", async () => {
      const client = await start(runner, "watched", "echo()");
      await client.run(1, 0);
      const until = [{ ...other(hangingAtOne(runner), "9"), id: 4 }];
      const sending = client.ask("send", { from: 2, task: 0, expression: "5", until });
      await client.hungInStep();
      client.interrupt();
      const sent = await sending;
      assert.deepEqual([sent.ran, sent.stopped, sent.condition?.id, sent.noted], [1, "interrupted", 4, undefined]);
    });
  });
}
