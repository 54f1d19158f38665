/**
 * Setups on the command line: which of their fields apply, what overrides them, and the errors if there are none.
 */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type Ended, ended } from "./commandLine";

const tasks = "export function* counts(to) {\n  for (let n = 1; n <= to; n += 1) yield n;\n  return to;\n}\n";
const policy = "module.exports = ({ ready }) => ready.at(-1).id;\n";
const setups = `{
  // what the tests run
  "setups": {
    "drawn": { "file": "src/tasks.js", "tasks": ["counts(2)", "counts(3)"], "policy": "random", "seed": 7, "until": "all" },
    "own": { "file": "src/tasks.js", "tasks": ["counts(2)"], "policy": "policies/last.js" },
    "wrong": { "file": "src/tasks.js", "tasks": [] },
    "gone": { "file": "src/gone.js", "tasks": ["counts(2)"] },
    "twice": { "file": "src/tasks.js", "tasks": ["counts(2)"] },
    "twice": { "file": "src/tasks.js", "tasks": ["counts(3)"] },
  },
}
`;

describe("--setup", () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "yieldpoint-setup-"));
    await Promise.all(["src", "policies", ".vscode"].map((name) => mkdir(join(folder, name))));
    await writeFile(join(folder, "src", "tasks.js"), tasks);
    await writeFile(join(folder, "policies", "last.js"), policy);
    await writeFile(join(folder, ".vscode", "yieldpoint.json"), setups);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  /** Runs the command line in a folder below the one with the setups. */
  function inSource(...args: string[]): Promise<Ended> {
    return ended(
      spawn(process.execPath, [resolve("dist/cli.js"), ...args], { cwd: join(folder, "src"), stdio: ["ignore", "pipe", "pipe"] }),
    );
  }
  const scheduleOf = (run: Ended) => {
    assert.equal(run.stderr, "");
    return (run.objects().at(-1) as { outcome: { schedule: string } }).outcome.schedule;
  };
  const jsonl = ["--format", "jsonl"];

  it("runs the file, tasks, policy and seed of a setup found in a folder above, up to its limit", async () => {
    const run = await inSource("trace", "--setup", "drawn", ...jsonl);
    assert.match(scheduleOf(run), /^random:seed=7; "counts\(2\)" "counts\(3\)"; /);
    assert.equal(run.stopped(), "all-finished");
  });

  it("has lower precedence than other options", async () => {
    const given = ["--policy", "fcfs", "--until", "first"];
    const run = await inSource("trace", "--setup", "drawn", "tasks.js", "counts(1)", ...given, ...jsonl);
    assert.equal(scheduleOf(run), 'fcfs; "counts(1)"; 0*2');
    assert.match(scheduleOf(await inSource("trace", "--setup", "drawn", "--seed", "8", ...jsonl)), /^random:seed=8; /);
    const again = await inSource("trace", "--setup", "drawn", "--schedule", 'fcfs; "counts(1)"; 0', ...jsonl);
    assert.equal(scheduleOf(again), 'fcfs; "counts(1)"; 0');
    const picks = await inSource("trace", "--setup", "drawn", "--schedule", "fcfs; 1 0 1", ...jsonl);
    assert.equal(scheduleOf(picks), 'fcfs; "counts(2)" "counts(3)"; 1 0 1');
  });

  it("resolves paths from its own folder, also that of a policy", async () => {
    const run = await inSource("trace", "--setup", "own", ...jsonl);
    assert.match(scheduleOf(run), /^policies\/last\.js; "counts\(2\)"; /);
  });

  it("can be compared under policies, with its seed for those that use one, and listed", async () => {
    const compared = await inSource("compare", "--setup", "drawn", "--policies", "fcfs,random", ...jsonl);
    assert.deepEqual(
      compared.objects().map(({ policy }) => policy),
      ["fcfs", "random:seed=7"],
    );
    assert.deepEqual(
      (await inSource("list", "--setup", "drawn", ...jsonl)).objects().map(({ name }) => name),
      ["counts"],
    );
  });

  it("that does not exist, or is invalid, is reported with a remedy", async () => {
    const said = async (...args: string[]) => {
      const { code, stderr } = await inSource(...args);
      assert.equal(code, 2);
      return stderr;
    };
    assert.match(
      await said("trace", "--setup", "drown"),
      /There is no setup "drown" in .*yieldpoint\.json\.\n {2}Did you mean "drawn"\?/,
    );
    assert.match(
      await said("trace", "--setup", "wrong"),
      /Setup "wrong": "tasks" cannot be \[\]\. \(.*yieldpoint\.json:6:49\)\n {2}Write a list of calls/,
    );
    assert.match(await said("trace", "--setup", "gone"), /There is no file gone\.js in the folder/);
    assert.match(
      await said("trace", "--setup", "twice"),
      /There are two setups with the name "twice"\..*\n {2}Rename one of them\./,
    );
    assert.match(await said("show", "--setup", "own", "a.yieldtrace"), /The command "show" has no option --setup/);
  });

  it("requires a file with setups", async () => {
    const other = await mkdtemp(join(tmpdir(), "yieldpoint-setup-"));
    const child = spawn(process.execPath, [resolve("dist/cli.js"), "trace", "--setup", "a"], {
      cwd: other,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const { code, stderr } = await ended(child);
    await rm(other, { recursive: true });
    assert.equal(code, 2);
    assert.match(stderr, /There is no \.vscode.yieldpoint\.json in .* or above it\.\n {2}Create one/);
  });
});
