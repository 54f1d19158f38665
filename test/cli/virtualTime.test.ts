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

describe("--virtual-time", () => {
  let file: string;
  beforeEach(() => {
    file = join(folderWith({ "tasks.js": source }), "tasks.js");
  });
  afterEach(removeFolders);

  const outcomeOf = (run: Awaited<ReturnType<typeof yieldpoint>>) => {
    assert.equal(run.stderr, "");
    return (run.objects().at(-1) as { outcome: { tasks: Record<string, { value: string }>; virtualTime?: object } }).outcome;
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

  it("is saved with the trace, and used for a run against it", async () => {
    const saved = join(folderWith({}), "run.yieldtrace");
    await run("--virtual-time", "--seed", "4", "--save", saved);
    const again = await yieldpoint("trace", file, "--against", saved, "--format", "jsonl");
    assert.deepEqual([again.stderr, again.code], ["", 0]);
    const real = await yieldpoint("trace", file, "--against", saved, "--virtual-time", "--seed", "5");
    assert.equal(real.code, 2);
    assert.match(real.stderr, /differs from the trace at step 1/);
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
