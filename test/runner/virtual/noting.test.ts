// If requested, calls of tasks whose results are not repeatable are reported: the first one of each task.
import assert from "node:assert/strict";
import { join } from "node:path";
import { folderWith, removeFolders } from "../folder";
import { everyRunner } from "../runners";
import { endAll, startBare } from "../starting";
import { runAll } from "../waiting/ring";

/** By what a task does: the reported call. */
const calls: Readonly<Record<string, Readonly<Record<string, string | undefined>>>> = {
  javascript: {
    "Date.now()": "Date.now()",
    "new Date()": "new Date()",
    "Date()": "Date()",
    "new Date(0)": undefined,
    "Date.UTC(2000)": undefined,
    "performance.now()": "performance.now()",
    "process.hrtime()": "process.hrtime()",
    "process.hrtime.bigint()": "process.hrtime.bigint()",
    "process.uptime()": "process.uptime()",
    "process.cpuUsage()": "process.cpuUsage()",
    "new Intl.DateTimeFormat().format()": "Intl.DateTimeFormat.format()",
    "new Intl.DateTimeFormat().format(0)": undefined,
    "new Intl.DateTimeFormat().formatToParts()": "Intl.DateTimeFormat.formatToParts()",
    "Math.random()": "Math.random()",
    "Math.max(1)": undefined,
    "crypto.randomUUID()": "crypto.randomUUID()",
    "require('node:crypto').randomUUID()": "crypto.randomUUID()",
    "crypto.getRandomValues(new Uint8Array(1))": "crypto.getRandomValues()",
    "require('node:crypto').randomBytes(1)": "crypto.randomBytes()",
    "require('node:crypto').randomInt(9)": "crypto.randomInt()",
    "require('node:crypto').randomFillSync(new Uint8Array(1))": "crypto.randomFillSync()",
    "require('node:crypto').randomFill(new Uint8Array(1), () => {})": "crypto.randomFill()",
  },
  python: {
    "time.time()": "time.time()",
    "time.time_ns()": "time.time_ns()",
    "time.monotonic()": "time.monotonic()",
    "time.perf_counter_ns()": "time.perf_counter_ns()",
    "time.process_time()": "time.process_time()",
    "time.clock_gettime(time.CLOCK_MONOTONIC)": "time.clock_gettime()",
    "time.gmtime(0)": undefined,
    "time.gmtime()": "time.gmtime()",
    "time.localtime(None)": "time.localtime()",
    "time.ctime()": "time.ctime()",
    "time.ctime(0)": undefined,
    "time.asctime()": "time.asctime()",
    "time.strftime('%Y')": "time.strftime()",
    "time.strftime('%Y', time.gmtime(0))": undefined,
    "os.times()": "os.times()",
    "datetime.datetime.now()": "datetime.now()",
    "datetime.date.today()": "time.time()",
    "random.random()": "the module random",
    "random.choice([1, 2])": "the module random",
    "random.Random().random()": "the module random",
    "random.Random(7).random()": undefined,
    "os.urandom(3)": "os.urandom()",
    "uuid.uuid4()": "os.urandom()",
    "sorted({'a', 'b'})": undefined,
    "queue.Queue().get(timeout=0.01) if False else 1": undefined,
  },
};

const programs: Readonly<Record<string, string>> = {
  javascript: "function* does(act) { act(); yield; act(); }\n",
  python: "import datetime, os, queue, random, time, uuid\n\ndef does(act):\n    act()\n    yield\n    act()\n",
};

for (const runner of everyRunner) {
  describe(`${runner.name} runner, unrepeatable calls`, () => {
    afterEach(() => {
      endAll();
      removeFolders();
    });

    for (const isAsked of [true, false]) {
      it(isAsked ? "are reported once for each task" : "are not reported unless requested", async () => {
        const name = runner.language === "python" ? "tasks.py" : "tasks.js";
        const file = join(folderWith({ [name]: programs[runner.language] ?? "" }), name);
        const client = startBare(runner);
        await client.hello();
        await client.ask("load", { file, ...(isAsked ? { notesCalls: true as const } : {}) });
        const all = Object.entries(calls[runner.language] ?? {});
        for (const [task, [act]] of all.entries()) {
          const call = runner.language === "python" ? `does(lambda: ${act})` : `does(() => ${act})`;
          await client.ask("spawn", { task, call });
        }
        await runAll(client, all.length);
        const told = client.events.flatMap((event) =>
          event.event === "unrepeatable" ? [[event.task, event.step, event.call]] : [],
        );
        const expected = all.flatMap(([, call], task) => (call === undefined ? [] : [[task, task + 1, call]]));
        assert.deepEqual(told, isAsked ? expected : []);
      });
    }
  });
}
