import assert from "node:assert/strict";
import { mkdirSync, renameSync } from "node:fs";
import { dirname, join } from "node:path";
import { folderWith, removeFolders } from "../runner/folder";
import { type Ended, yieldpoint } from "./commandLine";

const programs = {
  "tasks.js": `
    function* steady() { yield "a"; yield "b"; }
    function* fickle() { yield 1; yield process.pid; yield 3; }
    function* saying(...words) {
      for (const word of words) {
        process.stdout.write("the ");
        console.log(word);
        console.error("and so on");
        yield;
      }
    }
    if (process.env.YIELDPOINT_TEST_LOADED) console.log(process.env.YIELDPOINT_TEST_LOADED);
    const said = () => process.env.YIELDPOINT_TEST_SAID ?? "same";
  `,
  "tasks.py": `
import os, sys

said = lambda: os.environ.get("YIELDPOINT_TEST_SAID", "same")
if "YIELDPOINT_TEST_LOADED" in os.environ:
    print(os.environ["YIELDPOINT_TEST_LOADED"])

def saying(*words):
    for word in words:
        sys.stdout.write("the ")
        print(word)
        print("and so on", file=sys.stderr)
        yield

def steady():
    yield from {"ape", "bee", "cat", "dog"}

def fickle():
    yield 1
    yield os.getpid()
    yield 3
`,
};

/** Does something while the environment has these variables too. */
async function withEnvironment<T>(variables: Readonly<Record<string, string>>, doing: () => Promise<T>): Promise<T> {
  Object.assign(process.env, variables);
  try {
    return await doing();
  } finally {
    for (const name of Object.keys(variables)) delete process.env[name];
  }
}

const steps = ({ objects }: Ended) => objects().map(({ micros: _, ...rest }) => rest);

for (const [name, source] of Object.entries(programs)) {
  describe(`trace --against, of ${name}`, () => {
    afterEach(removeFolders);

    function files(): { file: string; saved: string } {
      const folder = folderWith({ [name]: source });
      return { file: join(folder, name), saved: join(folder, "saved.yieldtrace") };
    }

    it("replays a saved trace, with code 0 if every step is the same", async () => {
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

    it("names the first step that differs, with both values and code 2, after everything was printed", async () => {
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

    it("names the first step that printed something else, with code 2, though every step did the same", async () => {
      const { file, saved } = files();
      const call = 'saying("ape", said(), "cat", said())';
      await yieldpoint("trace", file, call, "steady()", "--until", "all", "--save", saved);
      const same = await yieldpoint("trace", file, "--against", saved);
      assert.equal(same.code, 0);
      const other = await withEnvironment({ YIELDPOINT_TEST_SAID: "other" }, () => yieldpoint("trace", file, "--against", saved));
      assert.equal(other.code, 2);
      // The tasks take turns, so the second word is printed in the third step.
      const difference = 'at step 3 in what is printed: saying printed "the same" when it was recorded, and "the other" now.';
      assert.ok(other.stderr.includes(difference), other.stderr);
    });

    it("names what was printed while the file was loaded", async () => {
      const { file, saved } = files();
      await yieldpoint("trace", file, "steady()", "--until", "all", "--save", saved);
      const environment = { YIELDPOINT_TEST_LOADED: "one more" };
      const { code, stderr } = await withEnvironment(environment, () => yieldpoint("trace", file, "--against", saved));
      assert.equal(code, 2);
      assert.match(stderr, /before step 1 in what is printed: The file printed nothing when it was recorded, and "one more" now/);
    });

    it("compares a program that was moved", async () => {
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
  afterEach(removeFolders);

  it("is rejected with a policy, and without a readable trace", async () => {
    const folder = folderWith({ "tasks.js": programs["tasks.js"], "none.yieldtrace": "nothing" });
    const file = join(folder, "tasks.js");
    const policy = await yieldpoint("trace", file, "--against", "x.yieldtrace", "--policy", "random");
    assert.deepEqual([policy.code, /leave out --policy/.test(policy.stderr)], [2, true]);
    const none = await yieldpoint("trace", file, "--against", join(folder, "none.yieldtrace"));
    assert.deepEqual([none.code, /is not a Yieldpoint trace/.test(none.stderr)], [2, true]);
  });
});

describe("the order of a Python set", () => {
  afterEach(removeFolders);

  it("is the same in every run, unless PYTHONHASHSEED is set", async () => {
    const file = join(folderWith(programs), "tasks.py");
    const args = ["trace", file, "steady()", "--until", "all", "--format", "jsonl"];
    const [one, two] = [await yieldpoint(...args), await yieldpoint(...args)];
    assert.deepEqual(steps(one), steps(two));
    const { PYTHONHASHSEED: kept } = process.env;
    // With this seed the four words have another order than with Yieldpoint's own seed.
    process.env.PYTHONHASHSEED = "3";
    const three = await yieldpoint(...args);
    if (kept === undefined) delete process.env.PYTHONHASHSEED;
    else process.env.PYTHONHASHSEED = kept;
    assert.notDeepEqual(steps(three), steps(one));
  });
});
