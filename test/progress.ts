/**
 * The time limit of a test applies to the time without progress, not to its duration, which may be many times as long on a busy machine.
 * Code that observes progress reports it here.
 */
import type { Runnable } from "mocha";

/** The minimum interval between two restarts of the limit, in milliseconds. */
const grain = 500;

/**
 * A test that makes progress without end is stopped as well: once this process itself has used this much CPU time in it, in microseconds.
 * Other processes do not count.
 */
const mostWork = 600_000_000;

let running: Runnable | undefined;
let limit = 0;
let began = 0;
let atBegin = process.cpuUsage();
let begunAnew = 0;

/** Called when a test begins, or the hook that prepares a suite. */
export function begins(test: Runnable | undefined): void {
  running = test;
  limit = running?.timeout() ?? 0;
  began = performance.now();
  atBegin = process.cpuUsage();
}

/** Called when there is progress in the running test: restarts its time limit. */
export function progressed(): void {
  const now = performance.now();
  if (!running || running.state !== undefined || now - begunAnew < grain) return;
  const { user, system } = process.cpuUsage(atBegin);
  if (user + system > mostWork) return;
  begunAnew = now;
  // Mocha also compares the total duration of a test with the limit.
  if (limit > 0) running.timeout(now - began + limit);
}
