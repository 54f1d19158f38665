/**
 * The time limit of a test bounds how long nothing happens, and not how long the test takes: on a busy machine that may be many times
 * as long. Whoever hears that something goes on says so here.
 */
import type { Test } from "mocha";

/** The limit is begun anew at most so often, in milliseconds. */
const grain = 500;

/**
 * What goes on without end is ended as well: once this process itself has worked for so long in a test, in microseconds. Other
 * processes do not count.
 */
const mostWork = 600_000_000;

let running: Test | undefined;
let limit = 0;
let began = 0;
let atBegin = process.cpuUsage();
let begunAnew = 0;

/** A test begins. */
export function begins(test: Test | undefined): void {
  running = test;
  limit = running?.timeout() ?? 0;
  began = performance.now();
  atBegin = process.cpuUsage();
}

/** Something went on in the test that runs: its time limit begins anew. */
export function progressed(): void {
  const now = performance.now();
  if (!running || running.state !== undefined || now - begunAnew < grain) return;
  const { user, system } = process.cpuUsage(atBegin);
  if (user + system > mostWork) return;
  begunAnew = now;
  // Mocha compares all the time that a test took with the limit as well.
  if (limit > 0) running.timeout(now - began + limit);
}
