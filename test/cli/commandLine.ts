/**
 * The command line as a user's shell starts it: the bundle, in its own process.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { resolve } from "node:path";
import { progressed } from "../progress";

export const tasksFile = resolve("test/fixtures/session/tasks.ts");

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The lines of stdout, parsed as JSON. */
  objects(): Record<string, unknown>[];
  /** Why the run stopped, according to the last of these objects. */
  stopped(): string;
}

/** Starts the command line; the caller reads its output. */
export function start(...args: string[]): ChildProcess {
  return startIn({}, ...args);
}

/** The same in another folder, or with a text to read. */
export function startIn({ cwd, input }: { cwd?: string; input?: string }, ...args: string[]): ChildProcess {
  const stdin = input === undefined ? "ignore" : "pipe";
  const child = spawn(process.execPath, [resolve("dist/cli.js"), ...args], {
    ...(cwd ? { cwd } : {}),
    stdio: [stdin, "pipe", "pipe"],
  });
  child.stdin?.end(input);
  return child;
}

/** Resolves when the process has ended, with its output. */
export function ended(child: ChildProcess): Promise<Ended> {
  let stdout = "";
  let stderr = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    progressed();
    stdout += text;
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    progressed();
    stderr += text;
  });
  const objects = () => stdout.split("\n").flatMap((line) => (line ? [JSON.parse(line)] : []));
  const stopped = () => (objects().at(-1) as { outcome: { stopped: string } }).outcome.stopped;
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, stdout, stderr, objects, stopped })));
}

/** Runs the command line until it ends. */
export function yieldpoint(...args: string[]): Promise<Ended> {
  return ended(start(...args));
}
