import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { tooOld } from "../runner/runners";
import { yieldpoint } from "./commandLine";

const tasksFile = resolve("test/fixtures/session/tasks.py");
const nothingRan = [{ outcome: { steps: 0, stopped: "failed", tasks: {} } }];

describe("trace of a Python file", () => {
  it("prints one object per step, and the outcome", async () => {
    const { code, stderr, objects } = await yieldpoint("trace", tasksFile, "prints('hi')", "up_to(2)", "--format", "jsonl");
    const line = readFileSync(tasksFile, "utf8").split("\n").indexOf("        yield n") + 1;
    assert.deepEqual(
      objects().map(({ micros, ...rest }) => rest),
      [
        { output: "stdout", step: 1, text: "hi\n" },
        { step: 1, task: "prints", event: "yielded", value: "1", line: line + 6, column: 5 },
        { step: 2, task: "up_to", event: "yielded", value: "1", line, column: 9 },
        { output: "stderr", step: 3, text: "hi\n" },
        { step: 3, task: "prints", event: "returned", value: "2" },
        {
          outcome: {
            steps: 3,
            stopped: "first-return",
            tasks: { prints: { state: "returned", value: "2" }, up_to: { state: "ready" } },
            policy: "round-robin",
            schedule: `round-robin; "prints('hi')" "up_to(2)"; 0 1 0`,
          },
        },
      ],
    );
    assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
  });

  it("ends with code 1 if a task threw, 2 if a call fails, 3 if there is no such Python", async () => {
    assert.equal((await yieldpoint("trace", tasksFile, "thrower()")).code, 1);
    assert.equal((await yieldpoint("trace", tasksFile, "no_generator()")).code, 2);
    const folder = await mkdtemp(join(tmpdir(), "yieldpoint-"));
    const missing = join(folder, "python");
    const { code, stderr, objects } = await yieldpoint("trace", tasksFile, "forever()", "--python", missing, "--format", "jsonl");
    await rm(folder, { recursive: true });
    assert.equal(code, 3);
    assert.match(
      stderr,
      /^yieldpoint: There is no Python at .*\n {2}Install Python 3\.8 or newer, or name an interpreter with --python\.$/m,
    );
    assert.deepEqual(objects(), nothingRan);
  });

  for (const { name, command } of tooOld) {
    it(`ends with code 3 on ${name}`, async () => {
      const args = ["trace", tasksFile, "forever()", "--python", command[0] ?? "", "--format", "jsonl"];
      const { code, stderr, objects } = await yieldpoint(...args);
      assert.equal(code, 3);
      assert.match(stderr, /^yieldpoint: Tasks need Python 3\.8 or newer; .*\n {2}Name a newer interpreter with --python\.$/m);
      assert.deepEqual(objects(), nothingRan);
    });
  }
  if (tooOld.length === 0) it("ends with code 3 on one that is too old (none is installed here)");

  it("lists the generator functions of a file", async () => {
    const { objects } = await yieldpoint("list", tasksFile, "--format", "jsonl");
    const names = ["forever", "up_to", "prints", "thrower", "hangs", "sleeps", "exits"];
    assert.deepEqual(
      objects().map(({ name }) => name),
      names,
    );
  });
});

/** The events of a run without their number, which depends on chance. Lines are identified by their code. */
async function shapeOf(file: string, nothing: string): Promise<object> {
  const { objects } = await yieldpoint("trace", file, "counter()", "bogosort([3, 1, 2])", "--format", "jsonl");
  const lines = readFileSync(file, "utf8").split("\n");
  const steps = objects().filter(({ event }) => event);
  const turns = steps.map(({ task, event, value, line }) => {
    const code = typeof line === "number" ? lines[line - 1]?.replace(";", "").trim() : "nowhere";
    return `${task} ${event} ${value === nothing ? "nothing" : value} at ${code}`;
  });
  const { outcome } = objects().at(-1) as { outcome: { stopped: string } };
  return {
    turns: [...new Set(turns)],
    inTurn: steps.every(({ task }, index) => task === ["counter", "bogosort"][index % 2]),
    printed: objects().find(({ output }) => output),
    stopped: outcome.stopped,
  };
}

describe("counter and bogosort", () => {
  it("give the same shape of trace in both languages", async () => {
    const expected = {
      turns: ["counter yielded nothing at yield", "bogosort yielded nothing at yield", "bogosort returned [1, 2, 3] at nowhere"],
      inTurn: true,
      printed: { output: "stdout", step: 1, text: "Elapsed: 0\n" },
      stopped: "first-return",
    };
    assert.deepEqual(await shapeOf("media/examples/counter-and-bogosort.ts", "undefined"), expected);
    assert.deepEqual(await shapeOf("media/examples/counter_and_bogosort.py", "None"), expected);
  });
});
