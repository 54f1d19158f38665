/**
 * Finds the interpreter that runs the user's code, and checks its version before anything is started with it.
 */
import { execFile } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { basename, delimiter, dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { RuntimeNotFoundError, RuntimeTooOldError } from "../common/errors";
import { startFailure } from "../process/startFailure";

const oldestNode = 20;
const versionTimeoutMillis = 10_000;

/** A program that can run a runner. */
export interface Runtime {
  readonly executable: string;
  /** Variables that the program needs in addition to the environment of this process. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Finds the Node that runs JavaScript tasks: the configured one, or else the one on the PATH, or else `own`.
 *
 * @param configured a path from the settings or the command line; empty if there is none
 * @param own the Node that is built into the host, which always exists
 * @throws RuntimeNotFoundError if the configured Node does not start
 * @throws RuntimeTooOldError if it is older than Node 20
 */
export async function findNode(configured: string, own: Runtime): Promise<Runtime> {
  if (configured !== "") {
    // Paths are resolved here, because the program is started in another folder.
    const isPath = basename(configured) !== configured;
    const runtime: Runtime = { executable: isPath ? resolve(configured) : configured, env: {} };
    const what = `Node at ${configured}`;
    const version = await nodeVersion(runtime).catch((cause: Error) => {
      throw notFound(what, startFailure(cause, runtime).why, cause);
    });
    return checked(runtime, what, version);
  }
  const onPath: Runtime = { executable: "node", env: {} };
  const version = await nodeVersion(onPath).catch(() => undefined);
  return version === undefined ? own : checked(onPath, "the Node on PATH", version);
}

function checked(runtime: Runtime, what: string, version: string): Runtime {
  const major = Number(/^v(\d+)\./.exec(version)?.[1]);
  if (Number.isNaN(major)) throw notFound(what, `it reports "${version.slice(0, 80)}" as its version`);
  if (major >= oldestNode) return runtime;
  throw new RuntimeTooOldError(
    `Tasks need Node ${oldestNode} or newer; ${what} is ${version}.`,
    'Install a newer Node, or name one in the setting "yieldpoint.nodePath".',
  );
}

function notFound(what: string, why: string, cause?: Error): RuntimeNotFoundError {
  return new RuntimeNotFoundError(
    `Could not start ${what}: ${why}.`,
    'Name another Node in the setting "yieldpoint.nodePath", or none to use the Node on PATH.',
    { cause },
  );
}

/** What programs have said, as long as their files stay as they are: to ask takes longer than all else before a start. */
const versions = new Map<string, string>();

async function nodeVersion({ executable, env }: Runtime): Promise<string> {
  const stamp = stampOf(executable);
  const known = stamp && versions.get(stamp);
  if (known) return known;
  const { stdout } = await promisify(execFile)(executable, ["--version"], {
    env: { ...process.env, ...env },
    timeout: versionTimeoutMillis,
  });
  if (stamp) versions.set(stamp, stdout.trim());
  return stdout.trim();
}

/** What changes whenever the program's file does. */
function stampOf(executable: string): string | undefined {
  const candidates = basename(executable) === executable ? onPath([executable]) : [executable];
  const file = candidates.find((each) => existsSync(each));
  if (file === undefined) return undefined;
  const { ino, size, mtimeMs } = statSync(file);
  return [file, ino, size, mtimeMs].join();
}

/** Where commands are looked for, in this order. */
export function onPath(commands: readonly string[]): string[] {
  const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  return commands.flatMap((command) => folders.map((folder) => join(folder, command)));
}

/** The folder of the nearest package.json above a file, which is the working directory that Node tools use; else the file's folder. */
export function workingDirectory(file: string): string {
  const start = dirname(file);
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, "package.json"))) return folder;
    if (dirname(folder) === folder) return start;
  }
}
