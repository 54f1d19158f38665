/**
 * Setups compared on the command line: other ways of working and other languages side by side, and those that cannot be compared.
 */
import assert from "node:assert/strict";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { isSupported, pythons } from "../runner/pythons";
import { type Ended, ended, startIn } from "./commandLine";

const python = "races.py";
const typescript = "races.ts";
const setups = `{
  "setups": {
    "lost": { "file": "races.py", "tasks": ["add()", "add()"], "way": "threads", "watches": ["counter"] },
    "in turn": { "file": "races.py", "tasks": ["add()", "add()"], "way": "threads", "policy": "fcfs", "watches": ["counter", "len(served)"] },
    "locked": { "file": "races.py", "tasks": ["add_safely()", "add_safely()"], "way": "threads", "watches": ["counter"], "measures": { "count": "counter", "kind": "type(counter).__name__", "none": "nowhere" } },
    "generators": { "file": "races.ts", "tasks": ["addLocked()", "addLocked()"], "virtualTime": 1, "watches": ["counter"] },
    "statements": { "file": "races.ts", "tasks": ["add()", "add()"], "way": "threads", "switchPoints": "lines" },
    "drawn": { "file": "races.ts", "tasks": ["addLocked()", "addLocked()"], "policy": "random" },
    "deadlock": { "file": "two_locks.py", "tasks": ["ann()", "bob()"], "way": "threads" },
    "dies": { "file": "dies.js", "tasks": ["dies()"] },
    "syntax": { "file": "syntax.js", "tasks": ["never()"] },
    "program": { "file": "races.py", "program": {} },
    "gone": { "file": "gone.py", "tasks": ["add()"] },
    "no call": { "file": "races.ts", "tasks": ["nowhere()"] },
    "twins": { "file": "races.ts", "tasks": ["addLocked()"] },
    "twins": { "file": "races.ts", "tasks": ["addLocked()"] },
    "wrong": { "file": "races.ts", "tasks": [] },
  },
}
`;

describe("compare --setups", () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "yieldpoint-compare-"));
    await mkdir(join(folder, ".vscode"));
    for (const file of [python, typescript]) await cp(resolve("test/fixtures/threads", file), join(folder, file));
    await cp(resolve("media/examples/threads/two_locks.py"), join(folder, "two_locks.py"));
    await writeFile(join(folder, "dies.js"), "export function* dies() {\n  yield;\n  process.exit(4);\n}\n");
    await writeFile(join(folder, "syntax.js"), "export function* never( {\n");
    await writeFile(join(folder, ".vscode", "yieldpoint.json"), setups);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const compared = (...args: string[]): Promise<Ended> => ended(startIn({ cwd: folder }, "compare", ...args));
  const jsonl = ["--format", "jsonl"];

  for (const { executable, version } of pythons.filter(isSupported)) {
    it(`runs each in its own way, several times, with Python ${version}`, async () => {
      const run = await compared("--setups", "lost,in turn,locked,generators", "--runs", "2", "--python", executable, ...jsonl);
      assert.deepEqual([run.code, run.stderr], [0, ""]);
      const outcomes = run.objects() as {
        setup: string;
        policy: string;
        threads?: string;
        switches: number;
        preemptions?: number;
        returned: number;
        watches: { text: string }[];
        runs: { millis: number; watches: { text: string }[] }[];
      }[];
      assert.deepEqual(
        outcomes.map(({ setup, policy, threads, returned, watches }) => [
          setup,
          policy,
          threads,
          returned,
          watches.map(({ text }) => text),
        ]),
        [
          // Both read 0 before one of them writes.
          ["lost", "round-robin", "accesses", 2, ["1"]],
          ["in turn", "fcfs", "accesses", 2, ["2", "0"]],
          ["locked", "round-robin", "accesses", 2, ["2"]],
          ["generators", "round-robin", undefined, 2, ["2"]],
        ],
      );
      for (const { runs, watches } of outcomes) {
        assert.deepEqual(
          runs.map((each) => each.watches),
          [watches, watches],
        );
        assert.ok(runs.every(({ millis }) => millis > 0));
      }
      const [lost, inTurn, , generators] = outcomes;
      assert.deepEqual([inTurn?.switches, inTurn?.preemptions, generators?.preemptions], [1, 0, undefined]);
      assert.ok((lost?.preemptions ?? 0) > 0);
    });
  }

  it("prints tables, with a column for each watch", async () => {
    const { code, stdout } = await compared("--setups", "generators, statements");
    assert.equal(code, 0);
    const [head = "", , first = "", second = ""] = stdout.split("\n").map((line) => line.replace(/ +/g, " "));
    assert.match(
      head,
      /^\| setup \| policy \| way \| time \| throughput \| processor \| counter \| steps \| steps\/s \| switches \| preemptions \| longest wait \| returned \| threw \| blocked \| ended \|$/,
    );
    assert.match(
      first,
      /^\| generators \| round-robin \| cooperative \| [^|]*–[^|]* \| [\d.,]+ tasks\/s \| [^|]* % \| 2 \| 6 \([^)]*\) \| [\d,]+ \| 3 \| \| .* \| all finished \|$/,
    );
    assert.match(second, /^\| statements \| round-robin \| threads, lines \| .* \| all finished \|$/);
    assert.match(stdout, /`statements`\n\n```\nadd {5}█/);
  });

  it("evaluates measures at the end, those of the setup and those that are given", async () => {
    const args = ["--setups", "generators,locked", "--measure", "double=2 * counter", "--runs", "2"];
    const [generators, locked] = (await compared(...args, ...jsonl)).objects() as {
      measures: object[];
      processor: number;
      runs: { measures: object[]; processor: number }[];
    }[];
    assert.deepEqual(generators?.measures, [{ name: "double", text: "4" }]);
    assert.deepEqual(locked?.measures, [
      { name: "count", text: "2" },
      { name: "kind", text: "'int'" },
      { name: "none", error: "NameError: name 'nowhere' is not defined" },
      { name: "double", text: "4" },
    ]);
    assert.ok(generators && locked);
    for (const { runs, measures } of [generators, locked]) {
      assert.deepEqual(
        runs.map((each) => each.measures),
        [measures, measures],
      );
      assert.ok(runs.every(({ processor }) => processor > 0));
    }
    const { stdout } = await compared(...args, "--format", "markdown");
    const [head = "", , first = "", second = ""] = stdout.split("\n").map((line) => line.replace(/ +/g, " "));
    assert.match(head, /\| processor \| double \| count \| kind \| none \| counter \| steps/);
    // What is counted is the first measure of each setup.
    assert.match(first, /\| [\d,.]+ double\/s \| [^|]* % \| 4 \| \| \| \| 2 \|/);
    assert.match(second, /\| [\d,.]+ count\/s \| [^|]* % \| 4 \| 2 \| 'int' \| NameError: [^|]*is not defined \| 2 \|/);
    const { code, stderr } = await compared("--setups", "generators", "--measure", "double");
    assert.equal(code, 2);
    assert.match(stderr, /--measure needs a name and an expression, such as served='len\(done\)', not "double"\./);
  });

  it("runs a setup that draws its seed with the same seed each time", async () => {
    const [outcome] = (await compared("--setups", "drawn", ...jsonl)).objects();
    assert.match(String(outcome?.policy), /^random:seed=\d+$/);
    const runs = outcome?.runs as { steps: number; switches: number }[];
    assert.deepEqual([runs.length, new Set(runs.map(({ steps, switches }) => `${steps} ${switches}`)).size], [3, 1]);
  });

  it("prints CSV, a row for each", async () => {
    const { code, stdout } = await compared("--setups", "generators,gone", "--format", "csv");
    assert.equal(code, 2);
    const [head = "", first = "", second = "", ...rest] = stdout.split("\r\n");
    assert.match(
      head,
      /^setup,policy,ended,problem,way,switch points,runs,milliseconds,.*,throughput of,processor,counter,steps,/,
    );
    assert.match(first, /^generators,round-robin,all-finished,,cooperative,,3,[\d.]+,[\d.]+,[\d.]+,[\d.]+,tasks,[\d.]+,2,6,/);
    assert.match(second, /^gone,,failed,"Setup ""gone"": there is no file .*/);
    assert.deepEqual(rest, [""]);
  });

  it("names those that cannot be compared, and runs the others", async () => {
    const names = "program,gone,missing,twins,wrong,no call,syntax,generators,generators";
    const { code, stderr, objects } = await compared("--setups", names, "--runs", "1", ...jsonl);
    assert.equal(code, 2);
    for (const said of [
      /program: The setup "program" is a program, which decides itself who runs\./,
      /^gone: Setup "gone": there is no file /m,
      /^missing: There is no setup "missing" in .*The setups are lost, in turn, /m,
      /^twins: There are two setups with the name "twins"\./m,
      /^wrong: Setup "wrong": "tasks" cannot be \[\]\./m,
      /^no call: The call nowhere\(\) fails: ReferenceError/m,
      /^syntax: Unexpected token\. .* \(.*syntax\.js:2:1\)$/m,
      /^generators: The setup "generators" is given twice\./m,
      /\n {2}The results of the others are printed\.\n$/,
    ]) {
      assert.match(stderr, said);
    }
    assert.deepEqual(
      objects().map(({ setup, stopped }) => `${setup} ${stopped}`),
      [
        ...names
          .split(",")
          .slice(0, -2)
          .map((name) => `${name} failed`),
        "generators all-finished",
        "generators failed",
      ],
    );
  });

  it("ends with code 3 if a process ended, which is not started again", async () => {
    const run = await compared("--setups", "dies,generators", ...jsonl);
    assert.equal(run.code, 3);
    assert.match(run.stderr, /dies: The process that ran the tasks ended with exit code 4\./);
    const [dies, generators] = run.objects() as { problem?: string; runs: unknown[] }[];
    assert.deepEqual([dies?.runs.length, generators?.runs.length, generators?.problem], [1, 3, undefined]);
  });

  it("ends with code 1 if tasks of any of them wait for one another", async () => {
    const run = await compared("--setups", "generators,deadlock", "--runs", "1", ...jsonl);
    assert.deepEqual([run.code, run.stderr], [1, ""]);
    const [, deadlock] = run.objects();
    assert.deepEqual([deadlock?.stopped, deadlock?.blocked, deadlock?.returned], ["deadlock", 2, 0]);
  });

  it("takes no options that setups have themselves", async () => {
    const said = async (...args: string[]) => {
      const { code, stderr } = await compared(...args);
      assert.equal(code, 2);
      return stderr;
    };
    assert.match(
      await said("--setups", "lost", "--policies", "fcfs"),
      /the setups say themselves what runs: leave out --policies\./,
    );
    assert.match(await said("races.ts", "--setups", "lost"), /leave out "races\.ts"\./);
    assert.match(await said("--setups", "lost,"), /--setups needs names of setups/);
    assert.match(await said("--setups", "lost", "--runs", "0"), /--runs must be a whole number of at least 1/);
    assert.match(await said("--setups", Array(13).fill("lost").join(",")), /At most 12 setups can be compared/);
  });
});

describe("compare --policies", () => {
  const file = resolve("test/fixtures/threads/races.ts");
  const calls = ["add()", "add()", "--way", "threads", "--policies", "round-robin,fcfs"];

  it("measures times if it is told how often to run", async () => {
    const { stdout } = await ended(startIn({}, "compare", file, ...calls, "--runs", "2"));
    assert.match(stdout, /^\| policy +\| time +\| throughput +\| processor +\| steps/);
    assert.match(stdout, /\| fcfs +\| [^|]*–/);
    const untimed = await ended(startIn({}, "compare", file, ...calls));
    assert.match(untimed.stdout, /^\| policy +\| steps/);
  });

  it("prints CSV, too", async () => {
    const { stdout } = await ended(startIn({}, "compare", file, ...calls, "--format", "csv"));
    const [, first = "", second = ""] = stdout.split("\r\n");
    assert.match(first, /^round-robin,all-finished,,\d+,\d+,[1-9]\d*,/);
    // The second thread runs when the first has returned: nothing was preempted.
    assert.match(second, /^fcfs,all-finished,,\d+,\d+,0,/);
  });
});
