import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ended, startIn } from "./commandLine";

const programs = {
  ".py": `def reads(name):
    yield input(name + "? ")


def thread(name):
    return next(reads(name))


def ends():
    try:
        yield input()
    except EOFError:
        yield "the end"
`,
  ".cjs": `const fs = require("node:fs");

function* reads(name) {
  const byte = Buffer.alloc(1);
  let line = "";
  process.stdout.write(name + "? ");
  while (fs.readSync(0, byte) > 0 && byte[0] !== 10) line += byte;
  yield line;
}

function thread(name) {
  return reads(name).next().value;
}

function* ends() {
  yield fs.readFileSync(0, "utf8") || "the end";
}

module.exports = { reads, thread, ends };
`,
};

describe("the command line and standard input", () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "yieldpoint-"));
    for (const [extension, text] of Object.entries(programs)) await writeFile(join(folder, `asks${extension}`), text);
  });
  after(() => rm(folder, { recursive: true }));

  const values = (stdout: string) =>
    stdout.split("\n").flatMap((line) => {
      const { event, value } = line.startsWith("{") ? JSON.parse(line) : {};
      return event === "yielded" ? [value.replaceAll(/['"]/g, "")] : [];
    });

  for (const extension of Object.keys(programs)) {
    const file = `asks${extension}`;
    const tasks = ["reads('ann')", "reads('bob')", "ends()"];

    it(`gives its own to the tasks of trace (${extension})`, async () => {
      const input = { cwd: folder, input: "a\nb\n" };
      const { stdout, code } = await ended(startIn(input, "trace", file, ...tasks, "--until", "all", "--format", "jsonl"));
      assert.equal(code, 0);
      assert.deepEqual(values(stdout), ["a", "b", "the end"]);
    });

    it(`gives its own to threads (${extension})`, async () => {
      const input = { cwd: folder, input: "a\nb\n" };
      const threads = ["thread('ann')", "thread('bob')"];
      const { stdout } = await ended(startIn(input, "trace", file, ...threads, "--until", "all", "--way", "threads"));
      assert.deepEqual(
        [...stdout.matchAll(/returned ["'](\w)["']/g)].map(([, value]) => value),
        ["a", "b"],
      );
    });

    it(`gives nothing to processes and to the runs of a comparison (${extension})`, async () => {
      const input = { cwd: folder, input: "a\nb\n" };
      const processes = await ended(
        startIn(input, "trace", file, "ends()", "--until", "all", "--way", "processes", "--format", "jsonl"),
      );
      assert.deepEqual(values(processes.stdout), ["the end"]);
      const compared = await ended(startIn(input, "compare", file, "ends()", "--policies", "round-robin,fcfs"));
      assert.equal(compared.code, 0);
      assert.match(compared.stdout, /fcfs +\| 2 /);
    });
  }
});
