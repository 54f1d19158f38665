// The timers of a JavaScript program under virtual time: they fire between slices, when they are due.
import assert from "node:assert/strict";
import type { RunnerClient } from "../client";
import { type RunnerUnderTest, runners } from "../runners";
import { endAll, programFile, startBare } from "../starting";
import { results, runAll } from "../waiting/ring";

const runner = runners.find(({ language }) => language === "javascript") as RunnerUnderTest;

async function begin(...calls: string[]): Promise<RunnerClient> {
  const client = startBare(runner);
  await client.hello();
  await client.ask("load", { file: programFile(runner, "virtual/reads.js"), time: { virtual: 1, seed: 0 } });
  for (const [task, call] of calls.entries()) await client.ask("spawn", { task, call });
  return client;
}

describe("javascript runner, timers under virtual time", () => {
  afterEach(endAll);

  it("fire when they are due, in the order of their times and then of their creation", async () => {
    const client = await begin("starts()");
    assert.equal(await runAll(client, 1), "idle");
    assert.deepEqual(client.printed("stdout").trimEnd().split("\n"), [
      // Step 1 starts them at 0. An immediate is due at once, and a timer after at least a millisecond.
      "1 setImmediate",
      "1 no delay",
      // Step 2 begins at 1.
      "2 promises.setImmediate",
      "2 scheduler.yield",
      "3 nextTick",
      "3 queueMicrotask",
      "12 setInterval",
      "20 timers.setTimeout",
      "24 setInterval",
      "30 setTimeout",
      "30 the same time, later",
      "36 setInterval",
      "41 promised",
      "42 promises.setTimeout",
      "43 scheduler.wait",
      "44 AbortError",
      "45 TimeoutError: The operation was aborted due to timeout",
      "50 refresh",
      "100 refresh",
    ]);
  });

  it("reject invalid arguments as usual", async () => {
    const client = await begin("refusals()");
    await runAll(client, 1);
    const refused = client.steps.slice(0, -1).map(({ value }) => value.slice(1, -1));
    const [argument, range] = ["ERR_INVALID_ARG_TYPE", "ERR_OUT_OF_RANGE"];
    // A DOMException has a number as its code.
    const objects = [
      "ERR_INVALID_ARG_VALUE",
      "TypeError",
      "RangeError",
      "ERR_INVALID_THIS",
      "ERR_MISSING_ARGS",
      "ERR_MISSING_ARGS",
    ];
    assert.deepEqual(refused, [argument, argument, range, range, "12", range, range, "17", argument, ...objects, argument]);
  });

  it("tick for code that iterates over them", async () => {
    const client = await begin("intervals()");
    assert.equal(await runAll(client, 1), "idle");
    const ticks = client.steps.map(({ value }) => value).filter((value) => value.startsWith('"tick'));
    assert.deepEqual(ticks, ['"tick 10"', '"tick 20"', '"tick 30"']);
  });

  it("run to the end before the program ends", async () => {
    const client = await begin("leaves()");
    await client.run(1, 0);
    assert.deepEqual(await client.ask("remaining", {}), { remaining: ["1 timer"] });
    await client.ask("conclude", {});
    await client.ended;
    assert.equal(client.printed("stdout"), "late 5000\n");
  });

  it("let time pass even if immediates keep starting one another", async () => {
    const client = await begin("endless()");
    const plan = { ring: [0], steps: 1_000 };
    assert.deepEqual(await client.ask("advance", { from: 1, plan }), { ran: 2, stopped: "returned" });
    assert.ok(Number(results(client)[0]) >= 21);
  });

  it("that throw end the program, as without a runner", async () => {
    const client = await begin("broken()");
    void client.ask("advance", { from: 1, plan: { ring: [0], steps: 10 } }).catch(() => undefined);
    const { message } = await client.event("fatal");
    assert.match(message, /in a timer/);
  });
});
