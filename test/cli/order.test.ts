/**
 * Who runs next on the command line: policies, seeds, schedules, and the comparison of policies.
 */
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type Ended, yieldpoint } from "./commandLine";

const file = resolve("test/fixtures/session/order.ts");
const python = resolve("test/fixtures/session/order.py");

interface Outcome {
  readonly steps: number;
  readonly stopped: string;
  readonly policy: string;
  readonly seed?: number;
  readonly schedule: string;
}

const outcomeOf = (run: Ended) => (run.objects().at(-1) as { outcome: Outcome }).outcome;
const jsonl = ["--format", "jsonl"];

describe("trace --policy", () => {
  it("picks by that policy; the outcome has the policy, its seed and the schedule, equal in both languages", async () => {
    const calls = ["counts(6)", "counts(6)", "--policy", "lottery:0=2,quantum=2", "--seed", "7", "--until", "all", ...jsonl];
    const [one, other] = await Promise.all([yieldpoint("trace", file, ...calls), yieldpoint("trace", python, ...calls)]);
    const { policy, seed, schedule } = outcomeOf(one);
    assert.deepEqual([policy, seed], ["lottery:0=2,quantum=2,seed=7", 7]);
    assert.match(schedule, /^lottery:0=2,quantum=2,seed=7; "counts\(6\)" "counts\(6\)"; /);
    assert.equal(outcomeOf(other).schedule, schedule);
  });

  it("draws a seed if none is given, and prints it", async () => {
    const { policy, seed } = outcomeOf(await yieldpoint("trace", file, "counts(2)", "--policy", "random", ...jsonl));
    assert.equal(policy, `random:seed=${seed}`);
  });

  it("accepts a policy file in the folder", async () => {
    const policy = "test/fixtures/policies/shortest.ts";
    const run = await yieldpoint("trace", file, "counts(2)", "counts(2)", "--policy", policy, "--until", "all", ...jsonl);
    assert.equal(outcomeOf(run).schedule, `${policy}; "counts(2)" "counts(2)"; (0 1)*3`);
    const failing = await yieldpoint("trace", file, "counts(11)", "--policy", "test/fixtures/policies/bad.ts", ...jsonl);
    assert.deepEqual([failing.code, outcomeOf(failing).stopped], [2, "refused"]);
    assert.match(failing.stderr, /RangeError: no idea after 2 \(bad\.ts:6\)/);
  });

  it("rejects an unknown policy, and lists the existing ones", async () => {
    const { code, stderr } = await yieldpoint("trace", file, "counts(2)", "--policy", "fastest");
    assert.equal(code, 2);
    assert.match(stderr, /There is no policy "fastest"\.\n {2}Use one of round-robin, fcfs/);
    const quantum = ["--policy", "test/fixtures/policies/batch.js:quantum=2", "--seed", "1"];
    assert.match(
      (await yieldpoint("trace", file, "counts(2)", ...quantum)).stderr,
      /A policy file takes no parameters, but "quantum=2" was given/,
    );
    assert.match((await yieldpoint("trace", file, "counts(2)", "--seed", "x")).stderr, /--seed must be a whole number/);
  });
});

describe("an option without effect on who runs next", () => {
  for (const [language, program] of [
    ["TypeScript", file],
    ["Python", python],
  ] as const) {
    it(`is rejected in ${language} if it is for a missing task, with a suggestion`, async () => {
      const calls = [program, "counts(2)", "counts(2)"];
      const typo = await yieldpoint("trace", ...calls, "--policy", "lottery:conts=9");
      assert.deepEqual([typo.code, typo.stdout.includes("yielded")], [2, false]);
      assert.match(
        typo.stderr,
        /There is no task "conts" for the tickets of lottery\.\n {2}Did you mean "counts"\? The tasks are counts, counts #2\./,
      );
      const compared = await yieldpoint("compare", ...calls, "--policies", "fcfs,priority:nobody=3");
      assert.equal(compared.code, 2);
      assert.match(
        compared.stderr,
        /priority:nobody=3: There is no task "nobody" for the priority of priority\. The tasks are counts, counts #2\./,
      );
      const text = 'lottery:seed=1,coutns=3; "counts(2)" "counts(2)"; 0 1';
      const scheduled = await yieldpoint("trace", program, "--schedule", text);
      assert.equal(scheduled.code, 2);
      assert.match(scheduled.stderr, /does not fit at step 1: .*There is no task "coutns".*\n.*Did you mean "counts"/);
    });
  }

  it("is not a parameter that finds its task by number, by name, or by its function's name", async () => {
    for (const policy of ["lottery:1=2", "lottery:counts=2", "priority:counts #2=2"]) {
      const { code, stderr } = await yieldpoint("trace", file, "counts(2)", "counts(2)", "--policy", policy);
      assert.deepEqual([code, stderr], [0, ""], policy);
    }
  });

  it("does not include a parameter for a task that is added later in the schedule", async () => {
    const later = 'priority:counts #2=3; "counts(2)"; 0 add="counts(2)" 0 1';
    assert.equal((await yieldpoint("trace", file, "--schedule", later)).code, 0);
  });

  it("is a seed for policies without random numbers", async () => {
    const calls = ["counts(2)", "counts(2)"];
    const one = await yieldpoint("trace", file, ...calls, "--seed", "3");
    assert.equal(one.code, 2);
    assert.match(
      one.stderr,
      /The policy round-robin takes no seed, so --seed has no effect\.\n {2}Leave it out, or choose one of random, lottery, pct\./,
    );
    assert.match(
      (await yieldpoint("trace", file, ...calls, "--policy", "random:seed=1", "--seed", "3")).stderr,
      /has a seed of its own/,
    );
    assert.match(
      (await yieldpoint("compare", file, ...calls, "--policies", "fcfs,lifo", "--seed", "3")).stderr,
      /Each of the policies takes no seed/,
    );
    assert.equal((await yieldpoint("compare", file, ...calls, "--policies", "fcfs,random", "--seed", "3")).code, 0);
  });
});

describe("trace --schedule", () => {
  it("replays the schedule of an outcome, given as text or in a file", async () => {
    const first = await yieldpoint("trace", file, "counts(5)", "counts(9)", "--policy", "random", "--steps", "9", ...jsonl);
    const { schedule } = outcomeOf(first);
    const timeless = (run: Ended) =>
      run
        .objects()
        .map(({ micros, ...rest }) => rest)
        .slice(0, -1);
    const again = await yieldpoint("trace", file, "--schedule", schedule, ...jsonl);
    assert.deepEqual(timeless(again), timeless(first));
    assert.deepEqual(outcomeOf(again), { ...outcomeOf(first), stopped: "schedule-over" });
    const folder = await mkdtemp(join(tmpdir(), "yieldpoint-"));
    try {
      await writeFile(join(folder, "schedule.txt"), schedule);
      const read = await yieldpoint("trace", file, "--schedule", `@${join(folder, "schedule.txt")}`, ...jsonl);
      assert.equal(outcomeOf(read).schedule, schedule);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  for (const [language, program, thrown] of [
    ["TypeScript", file, "lost"],
    ["Python", python, "lost"],
  ] as const) {
    it(`includes sent and thrown values in the steps, in ${language}`, async () => {
      const schedule = `round-robin; "echoes()" "echoes()"; 0 1 !0="7" throw:0="${thrown}" close:1`;
      const run = await yieldpoint("trace", program, "--schedule", schedule, "--until", "all", ...jsonl);
      const steps = run.objects().filter(({ step, event }) => step !== undefined && event !== undefined);
      assert.deepEqual(
        steps.map(({ event, sent, thrown: threw, closing }) => [event, sent, threw, closing]),
        [
          ["yielded", undefined, undefined, undefined],
          ["yielded", undefined, undefined, undefined],
          ["yielded", "7", undefined, undefined],
          ["yielded", undefined, "lost", undefined],
          ["closed", undefined, undefined, true],
        ],
      );
      const { stdout } = await yieldpoint("trace", program, "--schedule", schedule, "--until", "all");
      assert.match(stdout, /3 +sent 7: 7 /);
      assert.match(stdout, /4 +threw in lost: ["']caught lost["'] /);
    });
  }

  it("takes the calls from the command line if the schedule has none", async () => {
    const run = await yieldpoint("trace", file, "counts(5)", "counts(9)", "--schedule", "fcfs; 1 1 0", ...jsonl);
    assert.equal(outcomeOf(run).schedule, 'fcfs; "counts(5)" "counts(9)"; 1*2 0');
    const both = await yieldpoint("trace", file, "counts(5)", "--schedule", 'fcfs; "counts(5)"; 0');
    assert.deepEqual([both.code, /already contains the calls/.test(both.stderr)], [2, true]);
  });

  it("is rejected at the step where it does not fit, after running the steps before it", async () => {
    const run = await yieldpoint("trace", file, "--schedule", 'fcfs; "counts(1)" "counts(9)"; 0 0 1 0', ...jsonl);
    assert.deepEqual([run.code, outcomeOf(run).steps, outcomeOf(run).stopped], [2, 3, "refused"]);
    assert.match(run.stderr, /does not fit at step 4: "counts" has returned/);
    const failing = await yieldpoint("trace", file, "--schedule", 'fcfs; "counts(9)"; 0 add="nope()"', ...jsonl);
    assert.match(failing.stderr, /does not fit at step 2: add="nope\(\)": ReferenceError: nope is not defined\n {2}\S/);
    const missing = await yieldpoint("trace", file, "--schedule", "@missing.txt");
    assert.deepEqual([missing.code, /missing\.txt cannot be read/.test(missing.stderr)], [2, true]);
  });
});

describe("compare", () => {
  const calls = ["counts(3)", "counts(4)", "--policies", "round-robin,lottery:0=3,quantum=2,fcfs", "--seed", "3"];

  it("prints tables and timelines", async () => {
    const { code, stdout } = await yieldpoint("compare", file, ...calls);
    assert.equal(code, 0);
    assert.match(stdout, /^\| policy +\| steps/);
    assert.match(stdout, /\| lottery:0=3,quantum=2,seed=3 +\| 9 \(/);
    assert.match(stdout, /`fcfs`\n\n```\ncounts {5}████·····\ncounts #2 {2}····█████\n```\n$/);
  });

  it("prints one object per policy as jsonl", async () => {
    const lines = (await yieldpoint("compare", python, ...calls, ...jsonl)).objects();
    assert.deepEqual(
      lines.map(({ policy, steps, stopped }) => [policy, steps, stopped]),
      ["round-robin", "lottery:0=3,quantum=2,seed=3", "fcfs"].map((policy) => [policy, 9, "all-finished"]),
    );
  });

  for (const [language, program] of [
    ["TypeScript", file],
    ["Python", python],
  ] as const) {
    it(`ends with code 1 if a task threw under any policy, in ${language}`, async () => {
      const all = await yieldpoint("compare", program, "fails(0)", "counts(1)", "--policies", "round-robin,fcfs", ...jsonl);
      assert.deepEqual([all.code, all.stderr], [1, ""]);
      assert.deepEqual(
        all.objects().map(({ threw }) => threw),
        [1, 1],
      );
      const none = await yieldpoint("compare", program, "counts(1)", "--policies", "round-robin,fcfs");
      assert.equal(none.code, 0);
    });

    it(`ends with code 3 if the process of a policy's run ended, in ${language}`, async () => {
      const run = await yieldpoint("compare", program, "quits()", "counts(1)", "--policies", "lifo");
      assert.equal(run.code, 3);
      assert.match(run.stderr, /lifo: .*\n {2}The results of the others are printed\./);
    });
  }

  it("ends with code 2 if a call fails, or the policies are missing", async () => {
    const wrong = await yieldpoint("compare", file, "nowhere()", "--policies", "fcfs");
    assert.deepEqual([wrong.code, /nowhere is not defined/.test(wrong.stderr)], [2, true]);
    assert.match((await yieldpoint("compare", file, "counts(1)")).stderr, /The policies are missing/);
    const list = "fcfs,test/fixtures/policies/batch.js:quantum=2";
    assert.match((await yieldpoint("compare", file, "counts(1)", "--policies", list)).stderr, /takes no parameters/);
  });
});
