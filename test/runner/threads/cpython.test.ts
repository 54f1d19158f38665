/**
 * CPython's own tests of locks and queues, run as threads under virtual time: they pass as they do with the interpreter's own threads.
 * Interpreters that come without their tests are left out.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { endAll, take } from "../starting";
import { pythonRunners, threadsFile } from "./threads";

const tests = [
  ...["LockTests", "PyRLockTests", "ConditionTests", "EventTests", "SemaphoreTests", "BoundedSemaphoreTests", "BarrierTests"].map(
    (name) => `test.test_threading.${name}`,
  ),
  "test.test_threading.ThreadTests.test_enumerate_after_join",
  "test.test_threading.TimerTests",
  "test.test_queue.PyQueueTest.test_queue_join",
  "test.test_queue.PyFailingQueueTest",
  "test.test_queue.PyQueueTest.test_basic",
];

for (const runner of pythonRunners) {
  describe(`CPython's own tests as threads of the ${runner.name} runner`, () => {
    afterEach(endAll);

    for (const name of tests) {
      it(`pass: ${name.replace("test.", "")}`, async function () {
        const [python = ""] = runner.command;
        if (spawnSync(python, ["-c", "import test.test_threading, test.lock_tests"]).status !== 0) return this.skip();
        const client = await take(runner);
        await client.ask("load", { file: threadsFile("unittests.py"), threads: "accesses", time: { virtual: 1, seed: 0 } });
        await client.ask("spawn", { task: 0, call: `run('${name}')` });
        for (let ran = 1; ran > 0; ) {
          const spawned = client.events.flatMap((event) => (event.event === "spawned" ? [event.task] : []));
          const plan = { ring: [0, ...spawned], steps: 100_000 };
          ({ ran } = await client.ask("advance", { from: client.count + 1, plan }));
        }
        const { value } = client.steps.find(({ task, event }) => task === 0 && event === "returned") ?? {};
        assert.match(value ?? "", /^\([1-9]\d*, \[\]\)$/);
      });
    }
  });
}
