/**
 * Shared by the benchmarks of sessions: a session on a file in this folder, and the median of several measurements.
 */
import { tmpdir } from "node:os";
import { resolve } from "node:path";
import { runnerCommand } from "../../src/session/interpreter/runners";
import { Session, type SessionOptions } from "../../src/session/session";

/** The tasks that take turns, in each language. */
export const taskFiles = {
  js: resolve("test/bench/javascript/tasks.js"),
  py: resolve("test/bench/python/tasks.py"),
} as const;

/**
 * How to start the runner for a file with the Node of this process, or a Python. Needs the bundles in dist.
 *
 * @param python its path; empty for the one on PATH
 */
export function commandFor(file: string, python = "") {
  const own = { executable: process.execPath, env: {} };
  return runnerCommand({ file, nodePath: process.execPath, pythonPath: python, own, dist: resolve("dist") });
}

/** A new session, which starts its runner immediately. */
export function sessionOn(
  file: string,
  command: Awaited<ReturnType<typeof commandFor>>,
  options: Partial<SessionOptions> = {},
): Session {
  return new Session({ file, command, until: "all", storage: tmpdir(), maxTraceBytes: 1024 ** 3, ...options });
}

/** The median of several values. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** A percentile: the value that this share of the values does not exceed. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}
