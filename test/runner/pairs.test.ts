// Pairs of programs that must give the same trace in both languages. The place of a suspension or a throw is given by the comment
// `at NAME` on its line, and values have a neutral notation. YIELDPOINT_RESET_TRACES=1 rewrites the expected traces.

import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, resolve } from "node:path";
import type { YieldPoint } from "../../src/core/trace/trace";
import { Session } from "../../src/session/session";
import { everyRunner, type RunnerUnderTest } from "./runners";

const folder = resolve("test/fixtures/pairs");

/** Each program, and the calls that make its tasks. */
const pairs: Readonly<Record<string, readonly string[]>> = {
  sorting: ["counter()", "bogosort([3, 1, 2])"],
  delegation: ["tour()", "walker()"],
  failures: ["atonce()", "countdown()", "inside()", "bystander()"],
  buffer: ["consumer()", "producer(3)", "producer(3)"],
};

/** Runs a program to its end, and describes every step in a line. */
async function traceOf(runner: RunnerUnderTest, program: string): Promise<string> {
  const file = resolve(folder, program + runner.extension);
  const [executable = "", ...args] = runner.command;
  const command = { executable, args, cwd: dirname(file), env: {} };
  const session = new Session({ file, command, until: "all", storage: tmpdir(), maxTraceBytes: 64 * 1024 * 1024 });
  try {
    await session.open();
    for (const call of pairs[program] ?? []) await session.add(call);
    const end = await session.go();
    const lines = session.run.trace.window(1, session.head).flatMap(({ step, task, event, value, point }) => {
      const printed = session.run.output.of(step).map(({ text }) => `  prints ${text.trimEnd()}`);
      const place = point ? ` at ${placeOf(point)}` : "";
      const name = session.run.scheduler.tasks[task]?.name;
      return [...printed, `${step} ${name} ${event} ${neutral(value)}${place}`];
    });
    return `${[...lines, end].join("\n")}\n`;
  } finally {
    session.stop();
  }
}

function placeOf({ file, line }: YieldPoint): string {
  const text = readFileSync(file, "utf8").split("\n")[line - 1] ?? "";
  return /(?:\/\/|#) at (\w+)$/.exec(text)?.[1] ?? `line ${line}`;
}

/** A value in a notation that belongs to neither language. */
function neutral(value: string): string {
  return value
    .replace(/^(undefined|None)$/, "nothing")
    .replace(/^\w*Error: (.*)$/, "error: $1")
    .replace(/^\w*Error\('(.*)'\)$/, "error: $1")
    .replaceAll("'", '"');
}

for (const runner of everyRunner) {
  describe(`${runner.name} runner, programs in both languages`, () => {
    for (const program of Object.keys(pairs)) {
      it(`give the same trace: ${program}`, async () => {
        const golden = resolve(folder, `${program}.trace`);
        const actual = await traceOf(runner, program);
        if (process.env.YIELDPOINT_RESET_TRACES && runner === everyRunner[0]) writeFileSync(golden, actual);
        const expected = existsSync(golden) ? readFileSync(golden, "utf8") : "";
        if (actual !== expected) writeFileSync(`${golden}.actual`, actual);
        assert.equal(actual, expected);
      });
    }
  });
}
