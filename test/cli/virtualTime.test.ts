/**
 * Virtual time on the command line: a run repeats exactly, in a trace, in a comparison, and against a saved trace.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { folderWith, removeFolders } from "../runner/folder";
import { yieldpoint } from "./commandLine";

const source = `
  const { sleep } = require("cotasks");
  function* naps() { yield Math.random(); yield sleep(3_600_000); return performance.now(); }
`;

interface Outcome {
  readonly tasks: Record<string, { value: string }>;
  readonly virtualTime?: object;
  readonly schedule: string;
}

describe("--virtual-time", () => {
  let file: string;
  beforeEach(() => {
    file = join(folderWith({ "tasks.js": source }), "tasks.js");
  });
  afterEach(removeFolders);

  const outcomeOf = (run: Awaited<ReturnType<typeof yieldpoint>>) => {
    assert.equal(run.stderr, "");
    return (run.objects().at(-1) as { outcome: Outcome }).outcome;
  };
  const steps = (run: Awaited<ReturnType<typeof yieldpoint>>) => run.objects().map(({ task, value }) => [task, value]);
  const run = (...options: string[]) => yieldpoint("trace", file, "naps()", "--format", "jsonl", ...options);

  it("moves by a millisecond with each step, or by the given amount", async () => {
    const [usual, large] = [await run("--virtual-time"), await run("--virtual-time=500")];
    assert.equal(outcomeOf(usual).tasks.naps?.value, "3600002");
    assert.equal(outcomeOf(large).tasks.naps?.value, "3601000");
    assert.deepEqual(outcomeOf(large).virtualTime, { virtual: 500, seed: 0 });
  });

  it("takes random numbers from the seed, which need not be a policy's", async () => {
    const [one, same, other] = [
      await run("--virtual-time", "--seed", "4"),
      await run("--virtual-time", "--seed", "4"),
      await run("--virtual-time"),
    ];
    assert.deepEqual(outcomeOf(one).virtualTime, { virtual: 1, seed: 4 });
    assert.deepEqual(steps(same), steps(one));
    assert.notDeepEqual(steps(other), steps(one));
  });

  it("applies to a program that is observed, whose timers take no time", async () => {
    const observed = join(
      folderWith({
        "program.js": `
          function* stamps() { for (;;) yield performance.now(); }
          const task = stamps();
          const timer = setInterval(() => { if (task.next().value > 7_200_000) clearInterval(timer); }, 3_600_000);
        `,
      }),
      "program.js",
    );
    const run = await yieldpoint("observe", observed, "--format", "jsonl", "--virtual-time=500");
    assert.deepEqual(steps(run).slice(0, -1), [
      ["stamps", "3600000"],
      ["stamps", "7200500"],
    ]);
    assert.deepEqual([run.stderr, run.code], ["", 0]);
  });

  it("is saved with the trace, and used for a run against it", async () => {
    const saved = join(folderWith({}), "run.yieldtrace");
    await run("--virtual-time", "--seed", "4", "--save", saved);
    const again = await yieldpoint("trace", file, "--against", saved, "--format", "jsonl");
    assert.deepEqual([again.stderr, again.code], ["", 0]);
    const other = await yieldpoint("trace", file, "--against", saved, "--virtual-time", "--seed", "5");
    assert.equal(other.code, 2);
    assert.match(other.stderr, /virtual-time:step=1,seed=4, which says something else than --seed/);
  });

  it("is part of the schedule, and used where that is replayed", async () => {
    const first = await run("--virtual-time=20", "--seed", "4");
    const { schedule } = outcomeOf(first);
    assert.match(schedule, /^virtual-time:step=20,seed=4; round-robin; "naps\(\)"; /);
    const again = async (...options: string[]) =>
      yieldpoint("trace", file, "--format", "jsonl", "--schedule", schedule, ...options);
    for (const options of [[], ["--virtual-time"], ["--virtual-time=20", "--seed", "4"]]) {
      const replayed = await again(...options);
      assert.deepEqual([outcomeOf(replayed).virtualTime, steps(replayed)], [{ virtual: 20, seed: 4 }, steps(first)]);
    }
    const others = { "--virtual-time": ["--virtual-time=1"], "--seed": ["--virtual-time", "--seed", "3"] };
    for (const [option, options] of Object.entries(others)) {
      const { code, stdout, stderr } = await again(...options);
      assert.deepEqual([code, stdout], [2, ""]);
      assert.equal(
        stderr,
        `yieldpoint: The schedule begins with virtual-time:step=20,seed=4, which says something else than ${option}.\n` +
          `  Leave out ${option}, or change the beginning of the schedule.\n`,
      );
    }
  });

  it("is used for all compared policies", async () => {
    const compared = await yieldpoint(
      ...["compare", file, "naps()", "naps()", "--policies", "fcfs,lifo", "--virtual-time", "--format", "jsonl"],
    );
    assert.deepEqual([compared.stderr, compared.objects().length], ["", 2]);
  });

  it("is rejected if it is not a valid time", async () => {
    for (const wrong of ["0", "-1", "soon", "1e9", ""]) {
      const refused = await run(`--virtual-time=${wrong}`);
      assert.equal(refused.code, 2);
      assert.match(refused.stderr, /--virtual-time must be a number of milliseconds from 0.001 to 86400000/, wrong);
    }
  });
});
