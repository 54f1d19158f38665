/** Sessions that are used for long: with two tasks that never end, in both languages. */
import { tmpdir } from "node:os";
import { resolve } from "node:path";
import { runnerCommand } from "../../src/session/interpreter/runners";
import { Session } from "../../src/session/session";

export const files = ["rebuilding.ts", "rebuilding.py"].map((name) => resolve("test/fixtures/session", name));
export const megabyte = 1024 * 1024;
const traceMegabytes = 8;

/** Errors of promises that nobody handles. */
export const unhandled: unknown[] = [];
process.on("unhandledRejection", (error) => unhandled.push(error));

/** An open session with two tasks. */
export async function opened(file: string): Promise<Session> {
  const own = { executable: process.execPath, env: {} };
  const command = await runnerCommand({ file, nodePath: process.execPath, pythonPath: "", own, dist: resolve("dist") });
  const session = new Session({ file, command, until: "all", storage: tmpdir(), maxTraceBytes: traceMegabytes * megabyte });
  await session.open();
  for (const call of ["counts(1)", "counts(2)"]) await session.add(call);
  return session;
}

/** The memory in use, in megabytes. */
export function usedMegabytes(): number {
  globalThis.gc?.();
  return process.memoryUsage().rss / megabyte;
}
