/**
 * How far a Python program can see the runner on its stack, and which warnings it gets.
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import type { RunnerClient } from "../client";
import { folderWith, removeFolders } from "../folder";
import { everyRunner, type RunnerUnderTest } from "../runners";
import { endAll, startBare } from "../starting";

function output(runner: RunnerUnderTest, ...args: string[]): string {
  return execFileSync(runner.command[0] ?? "", ["-B", ...args], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
}

async function loaded(runner: RunnerUnderTest, file: string, ...calls: string[]): Promise<RunnerClient> {
  const client = startBare(runner);
  await client.hello();
  await client.ask("load", { file });
  for (const [task, call] of calls.entries()) await client.ask("spawn", { task, call });
  return client;
}

for (const runner of everyRunner.filter(({ language }) => language === "python")) {
  describe(`${runner.name} runner, what the program sees of the runner`, () => {
    afterEach(() => {
      endAll();
      removeFolders();
    });

    const source = `
import sys, traceback, warnings

def task():
    outer()
    warnings.warn("old", DeprecationWarning)
    yield sys.getrecursionlimit(), [name for _, _, name, _ in traceback.extract_stack()]

def outer():
    traceback.print_stack()
    try:
        raise ValueError("why")
    except ValueError:
        traceback.print_exc()
`;

    it("is no frame of a printed stack, no limit and no warnings filter", async () => {
      const file = join(folderWith({ "program.py": source }), "program.py");
      const client = await loaded(runner, file, "task()");
      await client.run(1, 0);
      assert.equal(client.steps[0]?.value, `(${output(runner, "-c", "import sys; print(sys.getrecursionlimit())")}, ['task'])`);
      const printed = client.printed("stderr", 1);
      const files = [...printed.matchAll(/File "(.*?)", line (\d+), in (\w+)/g)].map(([, at, line, name]) => [at, line, name]);
      assert.deepEqual(files, [
        [file, "5", "task"],
        [file, "10", "outer"],
        [file, "12", "outer"],
      ]);
      // A plain interpreter shows deprecations to the program that uses a deprecated function, not to the one that runs the program.
      assert.ok(printed.includes(`${file}:6: DeprecationWarning: old`), printed);
    });

    it("is no file on the stack, however the program walks it", async () => {
      const file = join(folderWith({ "program.py": walking }), "program.py");
      const client = await loaded(runner, file, "task()");
      await client.run(1, ...Array(11).fill(0));
      const seen = Object.fromEntries(client.steps.map(({ value }) => value.slice(1, -1).split(": ")));
      // Below the program's own frames is the runner, under a name that is not a file.
      for (const way of ["frames", "f_back", "current", "faulthandler"])
        assert.match(seen[way], /^program\.py and the runner$/, way);
      for (const way of ["inspect", "walk_stack", "logging", "thread"])
        assert.match(seen[way], /^program\.py( threading\.py)*$/, way);
      // `stacklevel` exceeds the program's own calls, so the runner is the caller.
      assert.equal(seen["logging deep"], " and the runner");
      assert.equal(seen.threads, "True");
    });

    it("is not the place of a warning about the caller of a task's first function", async () => {
      const file = join(folderWith({ "program.py": warning, "helper.py": helper }), "program.py");
      const client = await loaded(runner, file, "task()");
      await client.run(1, 0, 0);
      const said = [...client.printed("stderr", 1).matchAll(/^(.*?):(\d+): \w+: (.*)$/gm)].map(([, at, line, text]) => [
        at,
        line,
        text,
      ]);
      assert.deepEqual(
        said,
        [
          ["6", "here"],
          // If no code of the program calls a function, the function itself counts as its caller.
          ["7", "caller"],
          ["8", "callers"],
          ["9", "helped"],
          ["9", "far"],
          ["10", "imported"],
          ["11", "by name"],
        ].map(([line, text]) => [file, line, text]),
      );
      const prefixes = [...client.printed("stderr", 2).matchAll(/^(.*?):(\d+): \w+: (.*)$/gm)].map(([, at, line, text]) => [
        at,
        line,
        text,
      ]);
      const skips = ["3.8", "3.9", "3.10", "3.11"].every((version) => !runner.name.includes(version));
      assert.deepEqual(
        prefixes,
        skips
          ? [
              [file, "15", "skipped"],
              [file, "16", "all skipped"],
            ]
          : [],
      );
    });
  });
}

/** Ways to read the stack, one in each step; the last frames belong to the code that runs the task. */
const walking = `
import faulthandler, inspect, logging, os, sys, tempfile, threading, traceback

def task():
    def told(way, files):
        names = [os.path.basename(file) for file in files]
        own = [name for name in names if name != "<yieldpoint>"]
        return "%s: %s%s" % (way, " ".join(own), " and the runner" if names[len(own):] and set(names[len(own):]) == {"<yieldpoint>"} else "")

    def back(frame):
        while frame is not None:
            yield frame.f_code.co_filename
            frame = frame.f_back

    files = []
    number = 0
    try:
        while True:
            files.append(sys._getframe(number).f_code.co_filename)
            number += 1
    except ValueError:
        pass
    yield told("frames", files)
    yield told("f_back", back(inspect.currentframe()))
    yield told("inspect", [each.filename for each in inspect.stack()])
    yield told("current", back(sys._current_frames()[threading.get_ident()]))
    others = [file for key, frame in sys._current_frames().items() if key != threading.get_ident() for file in back(frame)]
    yield "threads: %s" % all(os.path.basename(file) in ("<yieldpoint>", "threading.py") for file in others)
    with tempfile.TemporaryFile("w+") as dumped:
        faulthandler.dump_traceback(dumped, all_threads=False)
        dumped.seek(0)
        yield told("faulthandler", [line.split('"')[1] for line in dumped if line.startswith("  File")])
    yield told("walk_stack", [each.f_code.co_filename for each, _ in traceback.walk_stack(None)])
    records = []
    class Kept(logging.Handler):
        def emit(self, record):
            records.append(record)
    logger = logging.getLogger("kept")
    logger.addHandler(Kept())
    logger.propagate = False
    logger.warning("one", stack_info=True)
    logger.warning("two", stacklevel=2)
    yield told("logging", [records[0].pathname] + [line.split('"')[1] for line in records[0].stack_info.splitlines() if line.startswith("  File")][1:])
    yield told("logging deep", [records[1].pathname])
    raised = []
    threading.excepthook = lambda given: raised.extend(each.filename for each in traceback.extract_tb(given.exc_traceback))
    thread = threading.Thread(target=lambda: 1 / 0)
    thread.start()
    thread.join()
    yield told("thread", reversed(raised))
`;

const warning = `import sys, warnings
warnings.simplefilter("always")
from warnings import warn

def task():
    warnings.warn("here")
    warnings.warn("caller", stacklevel=2)
    warnings.warn("callers", UserWarning, 7)
    import helper; helper.help(2, "helped"); helper.help(9, "far")
    helper.load()
    warn("by name", stacklevel=3)
    yield 1
    if sys.version_info >= (3, 12):
        import helper
        helper.help_skipping(helper.__file__[:-3])
        warnings.warn("all skipped", skip_file_prefixes=(__file__[:-3],))
    yield 2
`;

const helper = `import warnings

def help(level, text):
    warnings.warn(text, stacklevel=level)

def help_skipping(file):
    warnings.warn("skipped", skip_file_prefixes=(file,))

def load():
    warnings.warn("imported", stacklevel=2)
`;
