// Threads as a user's shell starts them: `--way threads` for `trace` and `explore`, in both languages.

import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { ended, startIn, yieldpoint } from "./commandLine";

const examples = resolve("media/examples/threads");
const threads = ["--way", "threads"];
const jsonl = ["--format", "jsonl"];

interface Outcome {
  readonly outcome: {
    readonly stopped: string;
    readonly why?: string;
    readonly tasks: Record<string, { state: string; value?: string }>;
  };
}

for (const extension of [".ts", ".py"]) {
  const isPython = extension === ".py";
  const races = resolve("test/fixtures/threads", `races${extension}`);
  const requests = join(examples, isPython ? "serving_requests.py" : "serving-requests.ts");
  const safely = isPython ? "serve_safely" : "serveSafely";
  const equal = isPython ? "==" : "===";

  describe(`threads of a ${extension} file on the command line`, () => {
    it("give way before each read and write", async () => {
      const run = await yieldpoint("trace", races, "add()", "add()", ...threads, "--until", "all", ...jsonl);
      assert.equal(run.code, 0);
      const steps = run.objects() as { task: string; value: string; event: string }[];
      assert.deepEqual(
        steps.slice(0, 4).map(({ task, value }) => `${task}: ${value}`),
        [
          "add: before reading counter",
          "add #2: before reading counter",
          "add: before writing counter",
          "add #2: before writing counter",
        ],
      );
      const { outcome } = steps.at(-1) as unknown as Outcome;
      assert.deepEqual([outcome.tasks.add?.value, outcome.tasks["add #2"]?.value], ["1", "1"]);
    });

    it("are tried within one preemption where they sleep, too", async () => {
      const file = resolve("media/examples/ways", isPython ? "serving_requests.py" : "serving-requests.ts");
      const call = isPython ? "work_rashly(wait)" : "workRashly(waiting)";
      const check = isPython ? "len(done) == len(set(done))" : "done.length === new Set(done).size";
      const run = await yieldpoint(
        "explore",
        file,
        call,
        call,
        ...threads,
        "--preemptions",
        "1",
        "--check",
        check,
        "--orders",
        "20",
      );
      assert.equal(run.code, 1, run.stdout + run.stderr);
      assert.match(run.stdout, /FAILS: /);
    });

    it("lose an update within one preemption, which the witness shows again", async () => {
      const check = `counter ${equal} 2`;
      const run = await yieldpoint(
        ...["explore", races, "add()", "add()", ...threads, "--preemptions", "1", "--check", check, ...jsonl],
      );
      assert.equal(run.code, 1);
      const objects = run.objects() as {
        failing?: boolean;
        witness?: string;
        explored?: { claim: string; preemptions: number };
      }[];
      const failing = objects.find((each) => each.failing);
      assert.match(failing?.witness ?? "", /^threads; virtual-time/);
      assert.deepEqual([objects.at(-1)?.explored?.claim, objects.at(-1)?.explored?.preemptions], ["preemptions", 1]);
      const again = await yieldpoint("trace", races, "--schedule", failing?.witness ?? "", ...jsonl);
      const values = again.objects().flatMap((each) => ("event" in each && each.event === "returned" ? [each.value] : []));
      assert.deepEqual(values, ["1", "1"]);
    });

    it("serve a request twice within one preemption, and never under a lock", async () => {
      const check = `served ${equal} 5`;
      const asked = [...threads, "--preemptions", "1", "--check", check, "--counts", "none", "--watch", "done"];
      const raced = await yieldpoint("explore", requests, 'serve("x")', 'serve("y")', ...asked, ...jsonl);
      assert.equal(raced.code, 1);
      const served = raced
        .objects()
        .flatMap((each) => ("outcome" in each ? [(each.outcome as { watches: { done: string } }).watches.done] : []));
      assert.ok(
        served.some((done) => (done.match(/\be\b/g)?.length ?? 0) > 1),
        served.join("\n"),
      );
      const locked = await yieldpoint("explore", requests, `${safely}("x")`, `${safely}("y")`, ...asked);
      assert.equal(locked.code, 0, locked.stdout);
      assert.match(locked.stdout, /Never breaks the check in orders with at most 1 preemption/);
    });

    it("come from a setup, with switch points at lines", async () => {
      const folder = await mkdtemp(join(tmpdir(), "threads-"));
      try {
        await mkdir(join(folder, ".vscode"));
        const setup = { file: races, tasks: ["add()"], way: "threads", switchPoints: "lines" };
        await writeFile(join(folder, ".vscode", "yieldpoint.json"), JSON.stringify({ setups: { adding: setup } }));
        const run = await ended(startIn({ cwd: folder }, "trace", "--setup", "adding"));
        assert.match(run.stdout, /before line \d+/);
      } finally {
        await rm(folder, { recursive: true });
      }
    });

    it("refuse strategies that need to see what they touch", async () => {
      for (const strategy of ["merging", "exhaustive:reduce=1", "pos"]) {
        const run = await yieldpoint("explore", races, "add()", ...threads, "--strategy", strategy);
        assert.equal(run.code, 2);
        assert.match(run.stderr, /needs to see all that threads touch and contain/);
      }
    });
  });
}

describe("threads on the command line", () => {
  it("wait for one another's locks for ever", async () => {
    const run = await yieldpoint("trace", join(examples, "two_locks.py"), "ann()", "bob()", ...threads, "--until", "all");
    assert.equal(run.code, 1);
    assert.match(run.stdout, /Deadlock\. ann holds left and waits for right, which bob holds, who waits for left\./);
  });

  it("start further ones, which are tasks", async () => {
    const run = await yieldpoint(
      "trace",
      join(examples, "serving_requests.py"),
      "main()",
      ...threads,
      "--until",
      "all",
      ...jsonl,
    );
    const { outcome } = run.objects().at(-1) as unknown as Outcome;
    assert.deepEqual(Object.keys(outcome.tasks), ["main", "x", "y"]);
    assert.equal(outcome.stopped, "all-finished");
  });

  it("are one of two ways, and the only one with switch points", async () => {
    const file = join(examples, "two_locks.py");
    const refused = async (...options: string[]) => (await yieldpoint("trace", file, "ann()", ...options)).stderr;
    assert.match(await refused("--way", "fibers"), /--way must be/);
    assert.match(await refused("--switch-points", "lines"), /--way threads is missing/);
    assert.match(await refused("--way", "threads", "--switch-points", "words"), /--switch-points must be/);
    const explored = await yieldpoint("explore", file, "ann()", "--preemptions", "1");
    assert.match(explored.stderr, /Cooperative tasks are never preempted/);
    const both = await yieldpoint("explore", file, "ann()", ...threads, "--preemptions", "1", "--delays", "1");
    assert.match(both.stderr, /--preemptions is a strategy by itself: leave out --delays/);
  });
});

describe("what threads are not switched in", () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "yieldpoint-exempt-"));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it("is named on stderr before the steps", async () => {
    await writeFile(
      join(folder, "box.js"),
      "class Box {\n  get size() {\n    return 1;\n  }\n}\nexport function read() {\n  return new Box().size;\n}\n",
    );
    const run = await ended(startIn({ cwd: folder }, "trace", "box.js", "read()", ...threads, ...jsonl));
    assert.equal(run.code, 0);
    assert.match(
      run.stderr,
      /^.*A thread runs these to their ends once it has begun them:\n {2}.*size \(box\.js:2\): a getter\n$/,
    );
    await writeFile(
      join(folder, "free.py"),
      "import threading, time\nthreading.Thread(target=time.sleep, args=(0.5,), name='early').start()\ndef read():\n    return 1\n",
    );
    const python = await ended(startIn({ cwd: folder }, "trace", "free.py", "read()", ...threads, ...jsonl));
    assert.match(
      python.stderr,
      /Threads that the program started while it was loaded run free: early\. What they do is no step\./,
    );
  });
});
