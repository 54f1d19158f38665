/**
 * Warnings on the command line: each kind in a program that causes it, and none in the examples without problems.
 */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type Ended, yieldpoint } from "./commandLine";

const file = resolve("test/fixtures/session/warnings.ts");
const examples = resolve("media/examples");

interface Told {
  readonly kind: string;
  readonly task: string;
  readonly steps: readonly number[];
  readonly message: string;
}

function warningsOf(run: Ended): readonly Told[] {
  const { outcome } = run.objects().at(-1) as { outcome: { warnings?: readonly Told[] } };
  return outcome.warnings ?? [];
}

/** The kinds of the warnings, each with its task. */
async function kinds(of: string, calls: readonly string[], ...options: string[]): Promise<string[]> {
  const run = await yieldpoint("trace", of, ...calls, "--until", "all", "--format", "jsonl", ...options);
  return warningsOf(run).map(({ kind, task }) => `${kind} ${task}`);
}

describe("warnings on the command line", () => {
  it("are in the outcome of a program that has them", async () => {
    const some = await Promise.all([
      kinds(file, ["counting()", "counting()"], "--policy", "priority:0=2", "--steps", "3000"),
      kinds(file, ["spinning()", "counting()"], "--steps", "30000"),
      kinds(file, ["courteous('a')", "courteous('b')"], "--steps", "200100"),
      kinds(file, ["hogging()", "counting()"], "--steps", "20"),
      kinds(file, ["keeping()", "wanting()"]),
    ]);
    assert.deepEqual(some, [
      ["starvation counting #2"],
      ["busy-wait spinning"],
      ["livelock courteous"],
      ["hog hogging"],
      ["held-at-end keeping", "lost-waker wanting"],
    ]);
  });

  it("name the step after which a promise was rejected, and the error", async () => {
    const run = await yieldpoint("trace", file, "rejecting()", "--steps", "100000000", "--format", "jsonl");
    const [warning, ...others] = warningsOf(run);
    assert.deepEqual([warning?.kind, warning?.task, others], ["unhandled-rejection", "rejecting", []]);
    assert.match(
      warning?.message ?? "",
      /a promise was rejected and nobody handled it: TypeError: nobody listens at .*warnings\.ts:44/,
    );
  });

  it("follow the outcome in a table, also for a saved trace", async () => {
    const folder = await mkdtemp(join(tmpdir(), "yieldpoint-warnings-"));
    try {
      const saved = join(folder, "kept.yieldtrace");
      const run = await yieldpoint("trace", file, "keeping()", "wanting()", "--until", "all", "--save", saved);
      const told = [
        "2 warnings:",
        "  held-at-end: keeping has ended and still holds lock, which no other task can release. (steps 1, 3)",
        "  lost-waker: wanting waits for lock, which keeping still held when it ended. (step 4)",
      ];
      assert.deepEqual(run.stdout.trimEnd().split("\n").slice(-3), told);
      const shown = await yieldpoint("show", saved);
      assert.deepEqual(shown.stdout.trimEnd().split("\n").slice(-3), told);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  const without: readonly (readonly [string, ...string[]])[] = [
    ["counter-and-bogosort.ts", "counter()", "bogosort([3, 1, 2, 5, 4, 6, 7])"],
    ["counter_and_bogosort.py", "counter()", "bogosort([3, 1, 2, 5, 4, 6])"],
    ["producer-and-consumer.ts", "consumer()", "producer()"],
    ["producer_and_consumer.py", "consumer()", "producer()"],
    ["failures.ts", "failsAtOnce()", "failsInside()", "throwsAWord()", "bystander()"],
    ["lost-update.ts", "deposit()", "deposit()", "lockedDeposit()", "lockedDeposit()"],
    ["lost_update.py", "deposit()", "deposit()", "locked_deposit()", "locked_deposit()"],
    ["requests.ts", "lockingWorker('x')", "lockingWorker('y')", "sharingWorker('z')"],
    ["serving_requests.py", "locking_worker('x')", "locking_worker('y')"],
    ["delegation.ts", "tour()", "walk()"],
  ];
  for (const [example, ...calls] of without) {
    it(`are absent in ${example}`, async () => {
      assert.deepEqual(await kinds(join(examples, example), calls, "--steps", "300000"), []);
    });
  }

  it("report a task in an example that can wait forever", async () => {
    // The consumer takes six parcels; the second producer then finds the buffer full forever.
    const calls = ["consumer()", "producer()", "producer()"];
    const found = await kinds(join(examples, "producer-and-consumer.ts"), calls, "--steps", "150000");
    assert.deepEqual(found, ["livelock producer #2"]);
  });
});
