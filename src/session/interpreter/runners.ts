/**
 * Which runner a file needs, and how to start it. All knowledge about languages, interpreters and bundles is combined here.
 */
import { extname, join } from "node:path";
import { UserError } from "../common/errors";
import type { RunnerCommand } from "../process/runnerProcess";
import { dotEnv, findPython, pythonProject } from "./python";
import { findNode, type Runtime, workingDirectory } from "./runtime";

const javascriptExtensions = [".js", ".mjs", ".cjs", ".jsx", ".ts", ".mts", ".cts", ".tsx"];
const pythonExtension = ".py";

/** What a runner's command depends on. */
export interface RunnerOptions {
  /** The absolute path of the user's file. */
  readonly file: string;
  /** The Node that the user configured; empty if there is none. */
  readonly nodePath: string;
  /** The Python that the user configured or selected; empty for the one on the PATH. */
  readonly pythonPath: string;
  /** The Node that is built into the host. */
  readonly own: Runtime;
  /** The folder of the bundles. */
  readonly dist: string;
}

/**
 * The command that starts the runner for a file, in the folder of the file's project.
 *
 * @throws UserError if no runner supports this kind of file
 * @throws RuntimeNotFoundError or RuntimeTooOldError if there is no suitable interpreter
 */
export async function runnerCommand(options: RunnerOptions): Promise<RunnerCommand> {
  const extension = extname(options.file).toLowerCase();
  if (javascriptExtensions.includes(extension)) return javascriptCommand(options);
  if (extension === pythonExtension) return pythonCommand(options);
  throw new UserError(
    `Files of the type "${extension}" cannot be run as tasks.`,
    `Choose a file that ends in one of ${[...javascriptExtensions, pythonExtension].join(" ")}.`,
  );
}

async function javascriptCommand({ file, nodePath, own, dist }: RunnerOptions): Promise<RunnerCommand> {
  const { executable, env } = await findNode(nodePath, own);
  return { executable, args: [join(dist, "runner", "javascript", "main.js")], cwd: workingDirectory(file), env };
}

async function pythonCommand({ file, pythonPath, dist }: RunnerOptions): Promise<RunnerCommand> {
  const { executable, env } = await findPython(pythonPath);
  const cwd = pythonProject(file);
  const args = ["-B", join(dist, "runner", "python", "main.py")];
  return {
    executable,
    args,
    toExplore: ["explore"],
    toObserve: ["observe"],
    toThread: ["threads"],
    cwd,
    env: { ...hashSeed(), ...dotEnv(cwd), ...env },
  };
}

/**
 * By default, Python hashes strings with a random seed, so sets of strings would be ordered differently in every process, and no
 * replay would match. All processes therefore get the same seed. A value that the user set is respected.
 */
function hashSeed(): Record<string, string> {
  return process.env.PYTHONHASHSEED === undefined ? { PYTHONHASHSEED: "0" } : {};
}
