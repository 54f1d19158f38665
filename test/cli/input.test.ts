import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { tasksFile, yieldpoint } from "./commandLine";

describe("the command line", () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "yieldpoint-"));
    await writeFile(join(folder, "syntax.ts"), "export function* a( {\n");
    await writeFile(join(folder, "throws.ts"), "console.log('loading');\nthrow new Error('not today');\n");
    await writeFile(join(folder, "exits.ts"), "process.exit(4);\n");
    await writeFile(join(folder, "notes.txt"), "hello\n");
  });
  after(() => rm(folder, { recursive: true }));

  it("prints its usage", async () => {
    const { code, stdout, stderr } = await yieldpoint("--help");
    assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
    for (const word of ["trace FILE CALL...", "list FILE", "--until", "--steps", "--format", "--node", "Exit codes"]) {
      assert.ok(stdout.includes(word), word);
    }
  });

  it("prints its version", async () => {
    assert.match((await yieldpoint("--version")).stdout, /^\d+\.\d+\.\d+\n$/);
  });

  const wrong: [string, string[], RegExp][] = [
    ["no command", [], /command is missing/],
    ["another command", ["dance", tasksFile], /no command "dance"/],
    ["no file", ["trace"], /needs a file/],
    ["no call", ["trace", tasksFile], /call is missing/],
    ["an unknown option", ["trace", tasksFile, "upTo(3)", "--loud"], /--loud/],
    ["an option of another command", ["list", tasksFile, "--until", "all"], /no option --until/],
    ["an unknown format", ["list", tasksFile, "--format", "xml"], /text or jsonl, not "xml"/],
    ["a number of steps that is not valid", ["trace", tasksFile, "upTo(3)", "--steps", "-1"], /./],
    ["no steps", ["trace", tasksFile, "upTo(3)", "--steps", "0"], /whole number/],
    ["two files to list", ["list", tasksFile, tasksFile], /takes one file/],
    ["a missing file", ["trace", "missing.ts", "a()"], /There is no file .*missing\.ts/],
    ["a folder", ["list", "test"], /is not a file/],
    ["a call that throws", ["trace", tasksFile, "missing()"], /missing is not defined/],
    ["a call that does not return a generator", ["trace", tasksFile, "noGenerator()"], /not a generator/],
    ["a call that is not an expression", ["trace", tasksFile, "upTo("], /yieldpoint: /],
  ];
  for (const [what, args, message] of wrong) {
    it(`rejects ${what} with code 2 and a remedy`, async () => {
      const { code, stdout, stderr } = await yieldpoint(...args);
      assert.deepEqual({ code, stdout }, { code: 2, stdout: "" });
      assert.match(stderr, message);
      assert.match(stderr, /^yieldpoint: .*\n {2}\S/s);
    });
  }

  it("rejects files of other types with code 2", async () => {
    for (const args of [["list"], ["trace"]]) {
      const { code, stderr } = await yieldpoint(...args, join(folder, "notes.txt"), ...(args[0] === "trace" ? ["a()"] : []));
      assert.equal(code, 2);
      assert.match(stderr, /\.txt/);
    }
  });

  it("names the place of a syntax error", async () => {
    const { code, stderr } = await yieldpoint("trace", join(folder, "syntax.ts"), "a()");
    assert.equal(code, 2);
    assert.match(stderr, /syntax\.ts:\d+:\d+/);
  });

  it("prints what a file printed before it threw", async () => {
    const { code, stdout, stderr } = await yieldpoint("trace", join(folder, "throws.ts"), "a()", "--format", "jsonl");
    assert.equal(code, 2);
    assert.equal(stdout, '{"output":"stdout","step":0,"text":"loading\\n"}\n');
    assert.match(stderr, /not today.*throws\.ts:2/);
  });

  it("ends with code 3 and an outcome when no runner can run", async () => {
    const runs = [
      ["trace", tasksFile, "upTo(3)", "--node", join(folder, "no-node")],
      ["trace", join(folder, "exits.ts"), "a()"],
    ];
    for (const args of runs) {
      const { code, objects, stderr } = await yieldpoint(...args, "--format", "jsonl");
      assert.equal(code, 3);
      assert.deepEqual(objects(), [{ outcome: { steps: 0, stopped: "failed", tasks: {} } }]);
      assert.match(stderr, /^yieldpoint: /);
      assert.doesNotMatch(stderr, /setting/);
    }
  });

  it("refuses an interpreter that would run nothing, unless a policy in a file runs in it", async () => {
    const python = resolve("test/fixtures/runner/python/tasks.py");
    const refused: [string[], RegExp][] = [
      [["trace", tasksFile, "upTo(3)", "--python", "python3"], /is JavaScript or TypeScript, so --python has no effect\./],
      [
        ["compare", python, "count(1)", "--policies", "fcfs,lifo", "--node", "node"],
        /tasks\.py is Python, so --node has no effect\./,
      ],
      [["list", python, "--node", "node"], /is Python, so --node has no effect\./],
    ];
    for (const [args, words] of refused) {
      const { code, stderr } = await yieldpoint(...args);
      assert.equal(code, 2);
      assert.match(stderr, words);
    }
    const policy = "test/fixtures/policies/no-such.mjs";
    const { stderr } = await yieldpoint("trace", python, "count(1)", "--policy", policy, "--node", "node");
    assert.match(stderr, /no-such\.mjs/);
  });

  it("says why there is no such Python", async () => {
    const python = resolve("test/fixtures/runner/python/tasks.py");
    const why = async (given: string) => (await yieldpoint("trace", python, "count(1)", "--python", given)).stderr;
    assert.match(await why(join(python, "python3")), /There is no Python at .*: .*tasks\.py is a file, not a folder\./);
    assert.match(await why(folder), /: it is a folder\./);
    assert.match(await why(join(folder, "syntax.ts")), /: it may not be executed\./);
    assert.match(await why(join(folder, "nothing")), /: there is no program .*nothing\./);
    assert.match(await why("no-such-python"), /: there is no program no-such-python on the PATH\./);
  });

  it("lists the generator functions of a file", async () => {
    const { code, objects } = await yieldpoint("list", tasksFile, "--format", "jsonl");
    assert.equal(code, 0);
    const upTo = objects().find(({ name }) => name === "upTo");
    assert.deepEqual(Object.keys(upTo ?? {}), ["name", "kind", "line", "column", "parameters", "call"]);
    assert.deepEqual(
      { ...upTo, line: 0 },
      { name: "upTo", kind: "function", line: 0, column: 1, parameters: ["last"], call: "upTo(last)" },
    );
  });

  it("lists them as a table", async () => {
    const { stdout } = await yieldpoint("list", tasksFile);
    const [head, first] = stdout.split("\n");
    assert.match(head ?? "", /^name +kind +at +call$/);
    assert.equal(first?.indexOf("forever()"), head?.indexOf("call"));
  });
});

describe("the examples", () => {
  const example = "media/examples/counter-and-bogosort.ts";

  it("count and sort", async () => {
    const { code, objects } = await yieldpoint("trace", example, "counter()", "bogosort([3, 1, 2])", "--format", "jsonl");
    assert.equal(code, 0);
    const { outcome } = objects().at(-1) as { outcome: { stopped: string; tasks: object } };
    assert.equal(outcome.stopped, "first-return");
    assert.deepEqual(outcome.tasks, { counter: { state: "ready" }, bogosort: { state: "returned", value: "[1, 2, 3]" } });
  });
});
