// Processes as a user's shell starts them: `--way processes` for `trace`, in both languages, and what is refused.

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { yieldpoint } from "./commandLine";

const processes = ["--way", "processes"];

/** @param marker the path of a file, in quotes */
const onceInTypeScript = (marker: string) => `import { existsSync, writeFileSync } from "node:fs";
if (existsSync(${marker})) process.kill(process.pid, "SIGKILL");
writeFileSync(${marker}, "");
export function* task() {
  yield 1;
}
`;
const onceInPython = (marker: string) => `import os, signal
if os.path.exists(${marker}):
    os.kill(os.getpid(), signal.SIGKILL)
open(${marker}, "w").close()
def task():
    yield 1
`;

interface Step {
  readonly step: number;
  readonly task: string;
  readonly event: string;
  readonly micros: number;
  readonly began: number;
}

for (const extension of [".ts", ".py"]) {
  const piles = resolve("test/fixtures/processes", `piles${extension}`);
  const calls = ['serve(["a", "b"], 2)', 'serve(["c"], 2)'];

  describe(`processes of a ${extension} file on the command line`, () => {
    let folder: string;
    before(async () => {
      folder = await mkdtemp(join(tmpdir(), "yieldpoint-processes-"));
    });
    after(() => rm(folder, { recursive: true }));

    it("tell when each slice began, are saved, and are replayed by their schedule", async () => {
      const saved = join(folder, "own.yieldtrace");
      const run = await yieldpoint(
        "trace",
        piles,
        ...calls,
        ...processes,
        "--until",
        "all",
        "--format",
        "jsonl",
        "--save",
        saved,
      );
      assert.equal(run.code, 0, run.stderr);
      const lines = run.objects() as (Partial<Step> & {
        outcome?: { schedule: string; tasks: Record<string, { value: string }> };
      })[];
      const steps = lines.filter(({ began }) => began !== undefined) as Step[];
      assert.equal(steps.length, 5);
      const ends = steps.map(({ began, micros }) => began + micros);
      for (const [index, end] of ends.entries()) assert.ok(index === 0 || end >= (ends[index - 1] ?? 0) - 1);
      const outcome = lines.at(-1)?.outcome;
      assert.deepEqual(
        Object.values(outcome?.tasks ?? {}).map(({ value }) => value),
        ["2", "1"],
      );
      const shown = await yieldpoint("show", saved, "--format", "jsonl");
      assert.deepEqual(
        (shown.objects() as Partial<Step>[]).filter(({ began }) => began !== undefined),
        steps,
      );
      const again = await yieldpoint("trace", piles, "--against", saved, "--format", "jsonl");
      assert.equal(again.code, 0, again.stderr);
      assert.match(outcome?.schedule ?? "", /^processes; /);
      const picture = await yieldpoint("export", saved, "--as", "svg");
      assert.match(picture.stdout, /<svg/);
      const perfetto = JSON.parse((await yieldpoint("export", saved, "--as", "chrome")).stdout) as {
        traceEvents: { ph: string; ts: number }[];
      };
      const slices = perfetto.traceEvents.filter(({ ph }) => ph === "X");
      for (const [index, { ts }] of slices.entries()) assert.ok(Math.abs(ts - (steps[index]?.began ?? Number.NaN)) < 1);
    });

    it("end with the exit code of a throw if one dies, after the others have gone on", async () => {
      const run = await yieldpoint("trace", piles, "dies(1)", 'serve(["a"])', ...processes, "--until", "all");
      assert.equal(run.code, 1, run.stderr);
      assert.match(run.stdout, /dies +threw Process 1 was ended by SIGKILL\./);
      assert.match(run.stdout, /serve +returned 1/);
    });

    it("say why the file could not be loaded again", async () => {
      const marker = JSON.stringify(join(folder, `loaded${extension}`));
      const file = join(folder, `once${extension}`);
      await writeFile(file, extension === ".ts" ? onceInTypeScript(marker) : onceInPython(marker));
      const run = await yieldpoint("trace", file, "task()", "task()", ...processes);
      assert.equal(run.code, 3);
      assert.match(run.stderr, /Process 2 was ended by SIGKILL\./);
    });

    it("refuse virtual time, exploring and a thousand tasks, with the reason", async () => {
      const virtual = await yieldpoint("trace", piles, "nap(1)", ...processes, "--virtual-time");
      assert.match(virtual.stderr, /leave out --virtual-time/);
      const explored = await yieldpoint("explore", piles, "nap(1)", "nap(2)", ...processes);
      assert.match(explored.stderr, /share nothing/);
      const many = await yieldpoint("trace", piles, ...new Array(65).fill("nap(1)"), ...processes);
      assert.match(many.stderr, /64/);
      assert.deepEqual([virtual.code, explored.code, many.code], [2, 2, 2]);
    });
  });
}
