import assert from "node:assert/strict";
import { mkdirSync, renameSync } from "node:fs";
import { dirname, join } from "node:path";
import { folderWith, removeFolders } from "../runner/folder";
import { type Ended, yieldpoint } from "./commandLine";

const programs = {
  "tasks.js": `
    function* steady() { yield "a"; yield "b"; }
    function* fickle() { yield 1; yield process.pid; yield 3; }
  `,
  "tasks.py": `
import os

def steady():
    yield from {"ape", "bee", "cat", "dog"}

def fickle():
    yield 1
    yield os.getpid()
    yield 3
`,
};

const steps = ({ objects }: Ended) => objects().map(({ micros: _, ...rest }) => rest);

afterEach(removeFolders);

for (const [name, source] of Object.entries(programs)) {
  describe(`trace --against, of ${name}`, () => {
    function files(): { file: string; saved: string } {
      const folder = folderWith({ [name]: source });
      return { file: join(folder, name), saved: join(folder, "saved.yieldtrace") };
    }

    it("replays what was saved, with code 0 where every step is the same", async () => {
      const { file, saved } = files();
      const traced = await yieldpoint(
        "trace",
        file,
        "steady()",
        "steady()",
        "--until",
        "all",
        "--format",
        "jsonl",
        "--save",
        saved,
      );
      const again = await yieldpoint("trace", file, "--against", saved, "--format", "jsonl");
      assert.deepEqual([again.code, again.stderr], [0, ""]);
      assert.deepEqual(steps(again), steps(traced));
    });

    it("names the first step that differs, with both values and code 2, after all of it was printed", async () => {
      const { file, saved } = files();
      const calls = ["steady()", "fickle()", "--until", "all", "--format", "jsonl"];
      const traced = await yieldpoint("trace", file, ...calls, "--save", saved);
      const again = await yieldpoint("trace", file, "--against", saved, "--format", "jsonl");
      assert.equal(again.code, 2);
      const [then, now] = [traced, again].map((each) => steps(each)[3]?.value);
      assert.ok(again.stderr.includes(`at step 4: fickle yielded ${then} at`), again.stderr);
      assert.ok(again.stderr.includes(`and yielded ${now} at`), again.stderr);
      assert.equal(steps(again).length, steps(traced).length);
    });

    it("compares a program that lies somewhere else by now", async () => {
      const { file, saved } = files();
      await yieldpoint("trace", file, "steady()", "--save", saved);
      const moved = join(dirname(file), "moved", name);
      mkdirSync(dirname(moved));
      renameSync(file, moved);
      const { code, stderr } = await yieldpoint("trace", moved, "--against", saved);
      assert.deepEqual([code, stderr], [0, ""]);
    });
  });
}

describe("trace --against", () => {
  it("is refused with a policy, and without a trace that can be read", async () => {
    const folder = folderWith({ "tasks.js": programs["tasks.js"], "none.yieldtrace": "nothing" });
    const file = join(folder, "tasks.js");
    const policy = await yieldpoint("trace", file, "--against", "x.yieldtrace", "--policy", "random");
    assert.deepEqual([policy.code, /leave out --policy/.test(policy.stderr)], [2, true]);
    const none = await yieldpoint("trace", file, "--against", join(folder, "none.yieldtrace"));
    assert.deepEqual([none.code, /is not a Yieldpoint trace/.test(none.stderr)], [2, true]);
  });
});

describe("the order of a Python set", () => {
  it("is the same in every run, unless PYTHONHASHSEED says another", async () => {
    const file = join(folderWith(programs), "tasks.py");
    const args = ["trace", file, "steady()", "--until", "all", "--format", "jsonl"];
    const [one, two] = [await yieldpoint(...args), await yieldpoint(...args)];
    assert.deepEqual(steps(one), steps(two));
    const { PYTHONHASHSEED: kept } = process.env;
    // With this seed the four words come in another order than with that of Yieldpoint's own.
    process.env.PYTHONHASHSEED = "3";
    const three = await yieldpoint(...args);
    if (kept === undefined) delete process.env.PYTHONHASHSEED;
    else process.env.PYTHONHASHSEED = kept;
    assert.notDeepEqual(steps(three), steps(one));
  });
});
