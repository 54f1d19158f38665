// Virtual time in every runner: the expected times of all clocks, and the expected random numbers.
import assert from "node:assert/strict";
import type { VirtualTime } from "../../../src/core/virtualTime";
import type { RunnerClient } from "../client";
import { everyRunner, type RunnerUnderTest } from "../runners";
import { endAll, programFile, startBare } from "../starting";
import { results, runAll } from "../waiting/ring";

/** The first moment of 2000, and a quarter of a second. */
const date = Date.UTC(2000, 0, 1) + 250;

async function begin(runner: RunnerUnderTest, calls: readonly string[], time: VirtualTime): Promise<RunnerClient> {
  const client = startBare(runner);
  await client.hello();
  await client.ask("load", { file: programFile(runner, "virtual/reads.").replace(/\.$/, extensionOf(runner)), time });
  for (const [task, call] of calls.entries()) await client.ask("spawn", { task, call });
  return client;
}

function extensionOf({ language }: RunnerUnderTest): string {
  return language === "python" ? ".py" : ".js";
}

async function run(
  runner: RunnerUnderTest,
  calls: readonly string[],
  time: VirtualTime = { virtual: 1, seed: 0 },
): Promise<RunnerClient> {
  const client = await begin(runner, calls, time);
  assert.equal(await runAll(client, calls.length), "idle");
  return client;
}

async function printed(...given: Parameters<typeof run>): Promise<unknown> {
  return JSON.parse((await run(...given)).printed("stdout"));
}

const shown: Readonly<Record<string, object>> = {
  javascript: {
    "Date.now()": date,
    "new Date()": date,
    "new Date(5)": 5,
    "Date()": new Date(date).toString(),
    "Reflect.construct": date,
    "a subclass": [date, true, true],
    "Date itself": ["Date", 7, Date.UTC(2000), true, true],
    "performance.now()": 250,
    "performance.timeOrigin": date - 250,
    "process.hrtime()": [0, 250_000_000],
    "process.hrtime([0, 50])": [0, 249_999_950],
    "process.hrtime.bigint()": "250000000",
    "process.uptime()": 0.25,
    "performance.mark": [250, 100],
    "performance.measure": [
      [0, 250],
      [100, 150],
      [100, 150],
      [200, 50],
      [100, 20],
    ],
    "performance.toJSON": date - 250,
    "process.cpuUsage()": [
      { user: 250_000, system: 0 },
      { user: 249_950, system: 0 },
    ],
    "Intl.DateTimeFormat.format": [true, true, true, true],
    "Intl.DateTimeFormat.formatToParts": [true, true, true, true],
    "Event.timeStamp": [250, 250, 250],
    "Event itself": [true, true, true, 250, true],
    File: [date, 3],
    "now()": 250,
    "Event.timeStamp, later": [250, 250],
    // One step and the sleep.
    "console.timeEnd": "t: 1.500s\n",
  },
  python: {
    time: date / 1000,
    monotonic: 0.25,
    perf_counter: 0.25,
    process_time: 0.25,
    thread_time: 0.25,
    time_ns: date * 1e6,
    monotonic_ns: 250_000_000,
    perf_counter_ns: 250_000_000,
    process_time_ns: 250_000_000,
    thread_time_ns: 250_000_000,
    clock_gettime: [date / 1000, 0.25],
    clock_gettime_ns: [date * 1e6, 250_000_000],
    gmtime: "2000-01-01 00:00:00",
    localtime: true,
    ctime: true,
    asctime: true,
    strftime: true,
    "gmtime(0)": 1970,
    "gmtime()": [true, true],
    "os.times": [0.25, 0, 0.25],
    uuid1: [0, 0, 0],
    "now(utc)": "2000-01-01 00:00:00.250000+00:00",
    now: true,
    utcnow: "2000-01-01 00:00:00.250000",
    "datetime.today": true,
    "date.today": true,
    "a subclass": ["2000-01-01 00:00:00.250000+00:00", true, true],
    "the class": [true, "datetime.datetime(2000, 1, 1, 0, 0, 0, 250000, tzinfo=datetime.timezone.utc)"],
    "cotasks.now": 0.25,
  },
};

for (const runner of everyRunner) {
  describe(`${runner.name} runner, virtual time`, () => {
    afterEach(endAll);

    it("is shown by every clock", async () => {
      assert.deepEqual(await printed(runner, ["clocks()"]), shown[runner.language]);
    });

    it("moves by a fixed amount with each step, and not during a slice", async () => {
      const client = await run(runner, ["works()", "longs()"], { virtual: 500, seed: 0 });
      const [worked, now] = results(client);
      assert.equal(Number(worked), 0);
      // Step 1 belongs to the task that works, step 2 begins the sleep: an hour and two steps.
      assert.equal(Number(now), runner.language === "python" ? 3_601 : 3_601_000);
    });

    it("includes random numbers from the seed", async () => {
      const [one, same, other] = await Promise.all([7, 7, 8].map((seed) => printed(runner, ["numbers()"], { virtual: 1, seed })));
      assert.deepEqual(same, one);
      const stays = ["a seed of its own"];
      for (const [name, value] of Object.entries(other as object)) {
        if (!stays.includes(name)) assert.notDeepEqual(value, (one as Record<string, unknown>)[name], name);
      }
    });

    it("starts again with a new instance", async () => {
      const client = await begin(runner, ["numbers()", "longs()"], { virtual: 1, seed: 7 });
      await runAll(client, 2);
      const before = [client.printed("stdout"), ...results(client)];
      await client.ask("reset", {});
      for (const list of [client.steps, client.events, client.waits]) list.length = 0;
      await client.ask("spawn", { task: 0, call: "numbers()" });
      await client.ask("spawn", { task: 1, call: "longs()" });
      await runAll(client, 2);
      assert.deepEqual([client.printed("stdout"), ...results(client)], before);
    });

    it("is real if no other is requested", async () => {
      const client = await begin(runner, [], { virtual: 1, seed: 0 });
      const file = programFile(runner, `virtual/reads${extensionOf(runner)}`);
      await client.ask("load", { file });
      const python = runner.language === "python";
      const { text } = await client.ask("evaluate", { expression: python ? "1000 * time.time()" : "Date.now()" });
      assert.ok(Number(text) > Date.UTC(2020), text);
      const { text: year } = await client.ask("evaluate", {
        expression: python ? "datetime.datetime.now().year" : "new Date().getFullYear()",
      });
      assert.ok(Number(year) >= 2020, year);
    });
  });
}

for (const runner of everyRunner.filter(({ language }) => language === "python")) {
  describe(`${runner.name} runner, virtual time and blocking calls`, () => {
    afterEach(endAll);

    it("is moved immediately by a sleep that blocks", async () => {
      const { steps } = await run(runner, ["sleeps()"]);
      // Step 2 begins after the first, and so on.
      assert.deepEqual(
        steps.map(({ value }) => value),
        ["3600.0", "'ValueError'", "'TypeError'", "'TypeError'", "3600.004", "None"],
      );
    });

    it("does not affect code that waits in real time", async () => {
      const { steps } = await run(runner, ["blocks()", "loops()"]);
      const values = steps.map(({ value }) => value);
      assert.deepEqual(values.sort(), ["'empty'", "'over'", "0.004", "False", "None", "None"]);
    });
  });
}
