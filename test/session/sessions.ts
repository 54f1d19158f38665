/**
 * Sessions with real runners, and the conditions that tests wait for.
 */
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { resolve } from "node:path";
import { runnerCommand } from "../../src/session/interpreter/runners";
import { Session, type SessionOptions } from "../../src/session/session";
import { progressed } from "../progress";

export const tasksFile = resolve("test/fixtures/session/tasks.ts");
export const dist = resolve("dist");

const own = { executable: process.execPath, env: {} };
const open = new Set<Session>();

/** A session on a file, not yet opened. */
export async function sessionOn(file: string, options: Partial<SessionOptions> = {}): Promise<Session> {
  const command = await runnerCommand({ file, nodePath: process.execPath, pythonPath: "", own, dist });
  const session = new Session({ file, command, until: "first", storage: tmpdir(), maxTraceBytes: 64 * 1024 * 1024, ...options });
  session.onChange(progressed);
  open.add(session);
  return session;
}

/** An open session with these calls as tasks. */
export async function sessionWith(calls: readonly string[], options: Partial<SessionOptions> = {}): Promise<Session> {
  const session = await sessionOn(tasksFile, options);
  await session.open();
  for (const call of calls) await session.add(call);
  return session;
}

/** Resolves at the first change after which the condition holds, or at once. */
export function until(session: Session, condition: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const stop = session.onChange(check);
    check();
    function check(): void {
      if (!condition()) return;
      stop();
      resolve();
    }
  });
}

/** The process id of the runner. */
export async function pidOf(session: Session): Promise<number> {
  return Number((await session.run.evaluate("runnerPid")).text);
}

/** Ends every session that a test left open. */
export function stopAll(): void {
  for (const session of open) session.stop();
  open.clear();
}

/** Whether a process has not ended yet. One that has ended, and whose parent has not noticed, does not count where that can be seen. */
export function isRunning(pid: number): boolean {
  try {
    if (process.platform !== "linux") return process.kill(pid, 0);
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

/** Resolves when a process has ended. */
export async function gone(pid: number): Promise<void> {
  while (isRunning(pid)) await new Promise(setImmediate);
}
