// `observe` as a user's shell starts it: a program that resumes its tasks itself behaves as it does alone, and its switches are printed.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Ended, ended, start, startIn, yieldpoint } from "./commandLine";

/** The rule of the article: each in turn, until the first returns. */
const loop = {
  ".py": `import sys


def counts(times):
    for time in range(times):
        yield time
    return "done"


def run_async(tasks):
    while True:
        for task in tasks:
            try:
                next(task)
            except StopIteration as over:
                return over.value


if __name__ == "__main__":
    print(sys.argv[1:], sum(counts(3)))
    print(run_async([counts(2), counts(3)]), file=sys.stderr)
    sys.exit(4)
`,
  ".mjs": `function* counts(times) {
  for (let time = 0; time < times; time += 1) yield time;
  return "done";
}

function runAsync(tasks) {
  for (;;) {
    for (const task of tasks) {
      const { done, value } = task.next();
      if (done) return value;
    }
  }
}

console.log(process.argv.slice(2), [...counts(3)].length);
console.error(runAsync([counts(2), counts(3)]));
process.exitCode = 4;
`,
};

const failing = {
  ".py": `def fails():
    yield 1
    raise ValueError("no")


task = fails()
next(task)
next(task)
`,
  ".mjs": `function* fails() {
  yield 1;
  throw new TypeError("no");
}

const task = fails();
task.next();
task.next();
`,
};

const endless = {
  ".py": `def counts():
    time = 0
    while True:
        yield time
        time += 1


task = counts()
while True:
    next(task)
`,
  ".mjs": `function* counts() {
  for (let time = 0; ; time += 1) yield time;
}

const task = counts();
for (;;) task.next();
`,
};

const interpreters = { ".py": "python3", ".mjs": process.execPath };

interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** In JavaScript, stacks have no frames of Node's module loader, and paths where Node has the addresses of modules. */
function asInBoth({ code, stdout, stderr }: Run): Run {
  const lines = stderr.split("\n").filter((line) => !line.includes("(node:internal/"));
  return { code, stdout, stderr: lines.join("\n").replaceAll("file://", "") };
}

interface Step {
  readonly step: number;
  readonly task: string;
  readonly event: string;
  readonly value: string;
  readonly resumedBy: { readonly function: string; readonly file: string; readonly line: number };
}

describe("observe", () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "observe-"));
  });

  after(() => rm(folder, { recursive: true }));

  const written = async (name: string, text: string) => {
    const file = join(folder, name);
    await writeFile(file, text);
    return file;
  };

  /** What the program prints alone, and its exit code. */
  const alone = (extension: keyof typeof interpreters, ...args: string[]) =>
    new Promise<Run>((resolve) => {
      const child = execFile(interpreters[extension], args, (_error, stdout, stderr) => {
        resolve({ code: child.exitCode ?? -1, stdout, stderr });
      });
    });

  for (const extension of [".py", ".mjs"] as const) {
    it(`prints who resumed which task, and what came of it, of a ${extension} file`, async () => {
      const file = await written(`loop${extension}`, loop[extension]);
      const [driver, done] = extension === ".py" ? ["run_async", "'done'"] : ["runAsync", '"done"'];
      const run = await yieldpoint("observe", file, "--format", "jsonl", "--", "one", "--virtual-time");
      const steps = run.objects().filter((each): each is Record<string, unknown> & Step => "event" in each);
      assert.deepEqual(
        steps.map(({ step, task, event, value, resumedBy }) => [step, task, event, value, resumedBy.function]),
        [
          [1, "counts", "yielded", "0", driver],
          [2, "counts #2", "yielded", "0", driver],
          [3, "counts", "yielded", "1", driver],
          [4, "counts #2", "yielded", "1", driver],
          [5, "counts", "returned", done, driver],
        ],
      );
      assert.ok(steps.every(({ resumedBy }) => resumedBy.file === file));
      const { outcome } = run.objects().at(-1) as { outcome: Record<string, unknown> };
      assert.deepEqual([outcome.steps, outcome.stopped, outcome.exitCode], [5, "exited", 4]);
      assert.equal(outcome.schedule, undefined);
      assert.equal(run.code, 4);
    });

    it(`counts as tasks what its options and its setup say, of a ${extension} file`, async () => {
      const own = await mkdtemp(join(folder, "decided-"));
      const setups = { a: { file: `loop${extension}`, program: { functions: { counts: "never" } } } };
      await writeFile(join(own, `loop${extension}`), loop[extension]);
      await mkdir(join(own, ".vscode"));
      await writeFile(join(own, ".vscode", "yieldpoint.json"), JSON.stringify({ setups }));
      const tasksOf = async (...args: string[]) => {
        const { objects } = await ended(startIn({ cwd: own }, "observe", ...args, "--format", "jsonl"));
        return Object.keys((objects().at(-1) as { outcome: { tasks: object } }).outcome.tasks);
      };
      assert.deepEqual(await tasksOf(`loop${extension}`, "--never-task", "counts"), []);
      assert.deepEqual(await tasksOf("--setup", "a"), []);
      const always = await tasksOf("--setup", "a", "--always-task", "counts");
      assert.deepEqual(always, ["counts", "counts #2", "counts #3"], "one is iterated over");
    });

    it(`has the exit code of a program that cannot be parsed, and says where, of a ${extension} file`, async () => {
      const file = await written(`unparsed${extension}`, "\n(\n");
      const run = await yieldpoint("observe", file);
      assert.equal(run.code, (await alone(extension, file)).code);
      assert.match(run.stderr, /^yieldpoint: The file cannot be read: .*unparsed/);
    });

    it(`names the variables of a setup that keep the interpreter from starting, of a ${extension} file`, async () => {
      const own = await mkdtemp(join(folder, "environment-"));
      const [name, value, says] = {
        ".py": ["PYTHONHOME", own, "Fatal Python error"],
        ".mjs": ["NODE_OPTIONS", "--nonsense", "--nonsense is not allowed in NODE_OPTIONS"],
      }[extension] as [string, string, string];
      const setups = { a: { file: `loop${extension}`, program: { environment: { [name]: value } } } };
      await writeFile(join(own, `loop${extension}`), loop[extension]);
      await mkdir(join(own, ".vscode"));
      await writeFile(join(own, ".vscode", "yieldpoint.json"), JSON.stringify({ setups }));
      const { code, stderr } = await ended(startIn({ cwd: own }, "observe", "--setup", "a"));
      assert.equal(code, 3);
      assert.ok(stderr.includes(`before the program began: `) && stderr.includes(says), stderr);
      assert.ok(stderr.includes(`Correct the variables that the setup has in its "environment": ${name}.`), stderr);
    });

    it(`records of a loop that takes turns what the scheduler's own round-robin does, of a ${extension} file`, async () => {
      const file = await written(`loop${extension}`, loop[extension]);
      const stepsOf = (run: Ended) =>
        run
          .objects()
          .filter((each) => "event" in each)
          .map(({ micros: _, resumedBy: __, ...step }) => step);
      const observed = stepsOf(await yieldpoint("observe", file, "--format", "jsonl"));
      const traced = stepsOf(await yieldpoint("trace", file, "counts(2)", "counts(3)", "--format", "jsonl"));
      assert.ok(observed.length > 0);
      assert.deepEqual(observed, traced);
    });

    it(`changes nothing that the program prints, nor its exit code, of a ${extension} file`, async () => {
      const programs = { loop, failing };
      for (const [name, texts] of Object.entries(programs)) {
        const file = await written(`${name}${extension}`, texts[extension]);
        const plain = await alone(extension, file, "one", "two words");
        const run = await yieldpoint("observe", file, "--format", "jsonl", "--", "one", "two words");
        const printed = (stream: string) =>
          run
            .objects()
            .flatMap((each) => (each.output === stream ? [String(each.text)] : []))
            .join("");
        const observed = { code: run.code, stdout: printed("stdout"), stderr: printed("stderr") };
        assert.deepEqual(asInBoth(observed), asInBoth(plain), name);
      }
    });

    it(`tells the exception that nobody has caught, of a ${extension} file`, async () => {
      const file = await written(`failing${extension}`, failing[extension]);
      const run = await yieldpoint("observe", file, "--format", "jsonl");
      const { outcome } = run.objects().at(-1) as { outcome: { stopped: string; exitCode: number; error: { message: string } } };
      assert.deepEqual([outcome.stopped, outcome.exitCode, run.code], ["threw", 1, 1]);
      assert.match(outcome.error.message, /no/);
    });

    it(`stops a ${extension} file at the limit of steps, and saves them`, async () => {
      const file = await written(`endless${extension}`, endless[extension]);
      const saved = join(folder, `endless${extension}.yieldtrace`);
      const run = await yieldpoint("observe", file, "--steps", "10000", "--save", saved, "--format", "jsonl");
      assert.deepEqual([run.code, run.stopped()], [0, "step-limit"]);
      const shown = await yieldpoint("show", saved, "--from", "10000", "--format", "jsonl");
      const [step, { outcome }] = shown.objects() as [Step, { outcome: Record<string, unknown> }];
      assert.deepEqual([step.step, step.value], [10_000, "9999"]);
      assert.equal(outcome.policy, undefined);
    });

    it(`ends a ${extension} file by Ctrl-C, and prints what it has done`, async () => {
      const file = await written(`endless${extension}`, endless[extension]);
      const child = start("observe", file, "--format", "jsonl");
      const run = ended(child);
      await once(child.stdout as NodeJS.ReadableStream, "data");
      child.kill("SIGINT");
      const stopped = await run;
      assert.deepEqual([stopped.code, stopped.stopped()], [130, "stopped"]);
    });
  }

  for (const [signal, ending, code] of [
    ["SIGKILL", "os.kill(os.getpid(), signal.SIGKILL)", 137],
    ["SIGINT", "raise KeyboardInterrupt", 130],
  ] as const) {
    it(`ends as a shell has it where ${signal} ends the program`, async function () {
      if (process.platform === "win32") this.skip();
      const file = await written("killed.py", `import os\nimport signal\n\n\ndef t():\n    yield 1\n\n\nnext(t())\n${ending}\n`);
      const run = await yieldpoint("observe", file, "--format", "jsonl");
      const { outcome } = run.objects().at(-1) as { outcome: { steps: number; exitCode: number } };
      assert.deepEqual([run.code, outcome.exitCode, outcome.steps], [code, code, 1]);
    });
  }

  it("says what is wrong with what it was given", async () => {
    assert.match((await yieldpoint("observe")).stderr, /The command "observe" needs a file/);
    assert.equal((await yieldpoint("observe", join(folder, "absent.py"))).code, 2);
  });

  const reading = {
    ".py": `import os
import sys


def work():
    yield 1
    yield 2


task = work()
next(task)
print("hello", input(), os.environ.get("LEVEL"), sys.argv[1:])
next(task)
`,
    ".mjs": `import { readFileSync } from "node:fs";

function* work() {
  yield 1;
  yield 2;
}

const task = work();
task.next();
console.log("hello", readFileSync(0, "utf8").trim(), process.env.LEVEL ?? "None", process.argv.slice(2));
task.next();
`,
  };

  for (const extension of [".py", ".mjs"] as const) {
    it(`lets a program read the standard input of the command (${extension})`, async () => {
      const file = await written(`reads${extension}`, reading[extension]);
      const { stdout, code } = await ended(startIn({ input: "ann\n" }, "observe", file, "--", "a"));
      assert.equal(code, 0);
      assert.match(stdout, /1 {2}work: 1 .*\n +\| hello ann None \[ ?'a' ?\]\n +2 {2}work: 2/);
    });

    it(`gives a program what its setup says (${extension})`, async () => {
      const name = `given${extension}`;
      await written(name, reading[extension]);
      await written("names.txt", "bob\n");
      await mkdir(join(folder, ".vscode"), { recursive: true });
      const program = { arguments: ["b"], environment: { LEVEL: "2" }, input: "names.txt" };
      await written(join(".vscode", "yieldpoint.json"), JSON.stringify({ setups: { s: { file: name, program } } }));
      const own = await ended(startIn({ cwd: folder }, "observe", "--setup", "s"));
      assert.match(own.stdout, /hello bob 2 \[ ?'b' ?\]/);
      const other = await ended(startIn({ cwd: folder }, "observe", "--setup", "s", "--", "--level", "c"));
      assert.match(other.stdout, /hello bob 2 \[ ?'--level', 'c' ?\]/);
      const refused = await ended(startIn({ cwd: folder }, "trace", "--setup", "s"));
      assert.equal(refused.code, 2);
    });
  }

  it("runs a module of a package, as python -m does", async () => {
    await mkdir(join(folder, "pk"), { recursive: true });
    await written(join("pk", "__init__.py"), "name = 'pk'\n");
    await written(join("pk", "names.py"), "first = 'eve'\n");
    await written(
      join("pk", "tool.py"),
      "from .names import first\n\ndef work():\n    yield first\n\nnext(work())\nprint(__name__, __spec__.name, __package__)\n",
    );
    await mkdir(join(folder, ".vscode"), { recursive: true });
    const setup = { file: "pk/tool.py", program: { module: "pk.tool" } };
    await written(join(".vscode", "yieldpoint.json"), JSON.stringify({ setups: { m: setup } }));
    const { stdout } = await ended(startIn({ cwd: folder }, "observe", "--setup", "m"));
    assert.match(stdout, /work: 'eve'/);
    assert.match(stdout, /\| __main__ pk\.tool pk/);
  });
});
