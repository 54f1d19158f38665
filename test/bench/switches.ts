/**
 * How many context switches a second: a bare loop in a process of its own, and a session with runner, wire and trace.
 */

import { execFile } from "node:child_process";
import { tmpdir } from "node:os";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { runnerCommand } from "../../src/session/runners";
import { Session } from "../../src/session/session";

export const figures = ["bare.js.", "runner.js."];

const switches = 5_000_000;
const rounds = 5;
const folder = resolve("test/bench/javascript");

/** Reports both in switches a second (medians), and the session's share of the bare loop. Needs the bundles in dist. */
export async function bench(report: (name: string, value: number, unit: string) => void): Promise<void> {
  const bare: number[] = [];
  const inSession: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    bare.push(await bareRate());
    inSession.push(await sessionRate());
  }
  report("bare.js.switches", median(bare), "switches/s");
  report("runner.js.switches", median(inSession), "switches/s");
  report("runner.js.ratio", median(inSession) / median(bare), "of bare");
}

async function bareRate(): Promise<number> {
  const { stdout } = await promisify(execFile)(process.execPath, [resolve(folder, "bare.js")]);
  return Number(stdout);
}

async function sessionRate(): Promise<number> {
  const file = resolve(folder, "tasks.js");
  const own = { executable: process.execPath, env: {} };
  const command = await runnerCommand({ file, nodePath: process.execPath, pythonPath: "", own, dist: resolve("dist") });
  const session = new Session({ file, command, until: "all", storage: tmpdir(), maxTraceBytes: 1024 ** 3 });
  try {
    await session.open();
    for (const call of ["idler()", "ticker()"]) await session.add(call);
    const began = performance.now();
    const end = await session.go(switches);
    if (end !== "step-limit" || session.head !== switches) throw new Error(`The run ended at step ${session.head}: ${end}.`);
    return (switches / (performance.now() - began)) * 1000;
  } finally {
    session.stop();
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
