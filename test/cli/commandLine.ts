/**
 * The command line as a user's shell starts it: the bundle, in its own process.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { resolve } from "node:path";
import { PassThrough, type Readable } from "node:stream";
import type * as CommandLine from "../../src/cli";
import { progressed } from "../progress";

export const tasksFile = resolve("test/fixtures/session/tasks.ts");

const bundle = resolve("dist/cli.js");

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The lines of stdout, parsed as JSON. */
  objects(): Record<string, unknown>[];
  /** Why the run stopped, according to the last of these objects. */
  stopped(): string;
}

/** Starts the command line as a process; the caller reads its output. */
export function start(...args: string[]): ChildProcess {
  return startIn({}, ...args);
}

/** The same in another folder, or with a text to read. */
export function startIn({ cwd, input }: { cwd?: string; input?: string }, ...args: string[]): ChildProcess {
  const stdin = input === undefined ? "ignore" : "pipe";
  const child = spawn(process.execPath, [bundle, ...args], {
    ...(cwd ? { cwd } : {}),
    stdio: [stdin, "pipe", "pipe"],
  });
  child.stdin?.end(input);
  return child;
}

/** Resolves when the process has ended, with its output. */
export function ended(child: ChildProcess): Promise<Ended> {
  const [stdout, stderr] = [textOf(child.stdout), textOf(child.stderr)];
  return new Promise((resolve) => child.on("close", (code) => resolve(endedWith(code, stdout(), stderr()))));
}

/**
 * Runs the command line until it ends: the program's bundle, but in this process, since to start Node and to load the bundle takes longer than
 * most commands. What concerns the process itself, such as signals, pipes and folders, is tested with `start`.
 */
export async function yieldpoint(...args: string[]): Promise<Ended> {
  const { run } = require(bundle) as typeof CommandLine;
  const [out, err] = [new PassThrough(), new PassThrough()];
  const [stdout, stderr] = [textOf(out), textOf(err)];
  const code = await run(args, { out, err, stopping: new AbortController() });
  return endedWith(code, stdout(), stderr());
}

/** Reads a stream. @returns what was read so far */
function textOf(stream: Readable | null): () => string {
  let text = "";
  stream?.setEncoding("utf8").on("data", (part: string) => {
    progressed();
    text += part;
  });
  return () => text;
}

function endedWith(code: number | null, stdout: string, stderr: string): Ended {
  const objects = () => stdout.split("\n").flatMap((line) => (line ? [JSON.parse(line)] : []));
  const stopped = () => (objects().at(-1) as { outcome: { stopped: string } }).outcome.stopped;
  return { code, stdout, stderr, objects, stopped };
}
