import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { ended, start, tasksFile, yieldpoint } from "./commandLine";

/** The place of a piece of code in the tasks' file; line and column count from 1. */
function placeOf(code: string): { line: number; column: number } {
  const lines = readFileSync(tasksFile, "utf8").split("\n");
  const line = lines.findIndex((text) => text.includes(code));
  return { line: line + 1, column: (lines[line]?.indexOf(code) ?? 0) + 1 };
}

/** Objects without the durations of slices, which vary. */
function timeless(objects: Record<string, unknown>[]): Record<string, unknown>[] {
  return objects.map(({ micros, ...rest }) => rest);
}

describe("trace --until task:NAME", () => {
  for (const { file, upTo } of [
    { file: tasksFile, upTo: "upTo" },
    { file: tasksFile.replace(/ts$/, "py"), upTo: "up_to" },
  ]) {
    const calls = [`${upTo}(2)`, "forever()", `${upTo}(4)`];

    it(`runs until this task has ended, past the ends of others: ${basename(file)}`, async () => {
      const run = await yieldpoint("trace", file, ...calls, "--until", `task:${upTo} #2`, "--format", "jsonl");
      const { outcome } = run.objects().at(-1) as { outcome: { steps: number; stopped: string; tasks: Record<string, unknown> } };
      // Two rounds of three, at the end of which the first task is gone; then two of two.
      assert.deepEqual([outcome.steps, outcome.stopped], [10, "task-ended"]);
      assert.deepEqual(outcome.tasks[`${upTo} #2`], { state: "returned", value: "4" });
      assert.equal(run.code, 0, run.stderr);
    });

    it(`stops before at the limit of steps: ${basename(file)}`, async () => {
      const run = await yieldpoint("trace", file, ...calls, "--until", "task:forever", "--steps", "30000");
      assert.match(run.stdout, /30000 steps: the step limit was reached/);
      assert.equal(run.code, 0, run.stderr);
    });
  }

  it("says in words that it has ended", async () => {
    const { stdout } = await yieldpoint("trace", tasksFile, "forever()", "upTo(2)", "--until", "task:upTo");
    assert.match(stdout, /4 steps: the task has ended \(task-ended\)/);
  });

  it("is refused if no task has the name, or if it is no way to end", async () => {
    const none = await yieldpoint("trace", tasksFile, "forever()", "--until", "task:nobody");
    assert.match(none.stderr, /There is no task "nobody" to run to its end\.\s+The tasks are forever\./);
    assert.deepEqual([none.code, none.stdout], [2, ""]);
    const wrong = await yieldpoint("trace", tasksFile, "forever()", "--until", "last");
    assert.match(wrong.stderr, /--until must be first, all or task:NAME, not "last"\./);
  });
});

describe("trace --format jsonl", () => {
  it("prints one object per step, and the outcome", async () => {
    const { code, stdout, stderr, objects } = await yieldpoint("trace", tasksFile, "upTo(9)", "upTo(2)", "--format", "jsonl");
    const at = placeOf("yield n");
    assert.deepEqual(timeless(objects()), [
      { step: 1, task: "upTo", event: "yielded", value: "1", ...at },
      { step: 2, task: "upTo #2", event: "yielded", value: "1", ...at },
      { step: 3, task: "upTo", event: "yielded", value: "2", ...at },
      { step: 4, task: "upTo #2", event: "returned", value: "2" },
      {
        outcome: {
          steps: 4,
          stopped: "first-return",
          tasks: { upTo: { state: "ready" }, "upTo #2": { state: "returned", value: "2" } },
          policy: "round-robin",
          schedule: 'round-robin; "upTo(9)" "upTo(2)"; 0 1 0 1',
        },
      },
    ]);
    assert.match(
      stdout,
      /^\{"step":1,"task":"upTo","event":"yielded","value":"1","line":\d+,"column":\d+,"micros":\d+(\.\d)?\}\n/,
    );
    assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
  });

  it("prints output before the step that it belongs to", async () => {
    const { objects } = await yieldpoint("trace", tasksFile, "prints('hi')", "--format", "jsonl");
    const [first, second, third] = objects();
    assert.deepEqual(first, { output: "stdout", step: 1, text: "hi\n" });
    assert.equal(second?.step, 1);
    assert.deepEqual(third, { output: "stderr", step: 2, text: "hi\n" });
  });

  it("prints what a task's own child process prints", async () => {
    const { objects } = await yieldpoint("trace", tasksFile, "raw()", "--format", "jsonl");
    assert.equal(objects().find((each) => each.output)?.text, "from a child\n");
  });

  it("ends with code 1 if a task threw, immediately or after the others", async () => {
    const first = await yieldpoint("trace", tasksFile, "thrower()", "upTo(9)", "--format", "jsonl");
    assert.equal(first.code, 1);
    assert.deepEqual(first.objects().at(-1), {
      outcome: {
        steps: 3,
        stopped: "threw",
        tasks: { thrower: { state: "threw", value: "TypeError: on purpose" }, upTo: { state: "ready" } },
        policy: "round-robin",
        schedule: 'round-robin; "thrower()" "upTo(9)"; 0 1 0',
      },
    });
    const all = await yieldpoint("trace", tasksFile, "thrower()", "upTo(9)", "--until", "all", "--format", "jsonl");
    assert.equal(all.code, 1);
    assert.deepEqual(all.stopped(), "all-finished");
  });

  it("stops after a number of steps", async () => {
    const { code, objects } = await yieldpoint("trace", tasksFile, "forever()", "--steps", "3", "--format=jsonl");
    assert.equal(code, 0);
    assert.equal(objects().length, 4);
    assert.deepEqual(objects().at(-1), {
      outcome: {
        steps: 3,
        stopped: "step-limit",
        tasks: { forever: { state: "ready" } },
        policy: "round-robin",
        schedule: 'round-robin; "forever()"; 0*3',
      },
    });
  });

  it("prints every step of a long run once, in order", async () => {
    const { objects } = await yieldpoint("trace", tasksFile, "upTo(60000)", "forever()", "--format", "jsonl");
    const steps = objects().flatMap(({ step }) => step ?? []);
    assert.equal(steps.length, 119_999);
    assert.ok(steps.every((step, index) => step === index + 1));
  });

  it("prints the trace so far if the process ends, and ends with code 3", async () => {
    for (const call of ["exits()", "dies()"]) {
      const { code, stderr, stopped } = await yieldpoint("trace", tasksFile, call, "forever()", "--format", "jsonl");
      assert.equal(code, 3);
      assert.equal(stopped(), "failed");
      assert.match(stderr, /^yieldpoint: The process that ran the tasks/);
    }
  });
});

describe("trace --format text", () => {
  it("has one column per task", async () => {
    const { stdout, code } = await yieldpoint("trace", tasksFile, "upTo(9)", "prints('hi')");
    const at = placeOf("yield n");
    const rows = stdout.split("\n");
    assert.equal(rows[0], `  step  upTo${" ".repeat(43)}prints`);
    assert.equal(rows[1], `     1  1  ${at.line}:${at.column}`);
    assert.match(rows[2] ?? "", /^ {5}2 {49}1 {2}\d+:3$/);
    assert.equal(rows[3], "        | hi");
    assert.deepEqual(rows.slice(-5), [
      "",
      "4 steps: the first task returned (first-return)",
      "  upTo    ready",
      "  prints  returned 2",
      "",
    ]);
    assert.equal(code, 0);
  });

  it("uses one column for many tasks, and keeps to the line width; values that are cut follow in full", async () => {
    const { stdout } = await yieldpoint("trace", tasksFile, ...Array.from({ length: 9 }, () => "hostile()"));
    const rows = stdout.split("\n");
    assert.equal(rows[0], "  step  task");
    assert.match(rows[2] ?? "", /^ {5}2 {2}hostile #2: /);
    const end = rows.indexOf("");
    assert.ok(end > 9);
    assert.deepEqual(
      rows.slice(0, end).filter((row) => row.length > 100),
      [],
    );
    assert.deepEqual(
      rows.slice(end).filter((row) => row.endsWith("…")),
      [],
    );
  });

  it("writes no control characters to the terminal", async () => {
    const { stdout } = await yieldpoint("trace", tasksFile, "hostile()");
    assert.match(stdout, /bell \\x07 and \\x1b\[2Jclear/);
    assert.doesNotMatch(stdout.replaceAll("\n", ""), /\p{Cc}/u);
  });
});

describe("a trace that is cut off", () => {
  it("ends quietly when its reader closes the output", async () => {
    const child = start("trace", tasksFile, "forever()", "--format", "jsonl");
    const closed = ended(child);
    child.stdout?.once("data", () => child.stdout?.destroy());
    const { code, stderr } = await closed;
    assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
  });

  it("prints the outcome on Ctrl-C, and leaves no process", async () => {
    const child = start("trace", tasksFile, "forever()", "--format", "jsonl");
    child.stdout?.once("data", () => child.kill("SIGINT"));
    const { code, stderr, objects } = await ended(child);
    const { outcome } = objects().at(-1) as { outcome: { stopped: string; steps: number } };
    assert.deepEqual({ code, stderr, stopped: outcome.stopped }, { code: 130, stderr: "", stopped: "stopped" });
    assert.equal(objects().filter(({ step }) => step).length, outcome.steps);
  });

  it("warns of a task that never yields, which Ctrl-C ends", async () => {
    const child = start("trace", tasksFile, "hangs()", "forever()", "--format", "jsonl");
    child.stderr?.once("data", () => child.kill("SIGINT"));
    const { code, stderr, stopped } = await ended(child);
    assert.equal(code, 130);
    assert.match(
      stderr,
      /^yieldpoint: hangs has been running for \d+ s without returning control, now in hangs at tasks.ts:\d+. Press Ctrl-C to stop.\n$/,
    );
    assert.equal(stopped(), "stopped");
  });
});

for (const [language, file, atWork] of [
  ["JavaScript", "beside.ts", "1 timer"],
  ["Python", "beside.py", "thread waiting"],
] as const) {
  describe(`a trace of a program in ${language} with timers or threads`, () => {
    const program = resolve("test/fixtures/session", file);

    it("includes what timers and threads print after the last step", async () => {
      const { code, stdout, stderr } = await yieldpoint("trace", program, "late()", "--until", "all");
      assert.match(stdout, /^ +2 .*return.*\n +\| from beside\n\n2 steps/m);
      assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
    });

    it("ends even if they do not, and says so", async () => {
      const { code, stderr } = await yieldpoint("trace", program, "forever()");
      assert.equal(code, 0);
      assert.match(
        stderr,
        new RegExp(`had not ended \\d+ s after the last step.* Still active after the last step: ${atWork}\\.\n$`),
      );
    });

    it("says what is still active if tasks are left", async () => {
      const { code, stderr } = await yieldpoint("trace", program, "forever()", "--steps", "1");
      assert.equal(code, 0);
      assert.match(stderr, new RegExp(`The run ends here\\. Still active after the last step: ${atWork}\\.`));
    });
  });
}
