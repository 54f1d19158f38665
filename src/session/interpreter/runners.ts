/**
 * Which runner a file needs, and how it is started: the one place where languages, interpreters and bundles meet.
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
  /** The user's file, absolute. */
  readonly file: string;
  /** The Node that the user named; empty for none. */
  readonly nodePath: string;
  /** The Python that the user named or selected; empty for the one on PATH. */
  readonly pythonPath: string;
  /** The Node inside the host itself. */
  readonly own: Runtime;
  /** The folder of the bundles. */
  readonly dist: string;
}

/**
 * How to start the runner for a file, in the folder of the project that it belongs to.
 *
 * @throws UserError when no runner knows this kind of file
 * @throws RuntimeNotFoundError or RuntimeTooOldError when there is nothing to run it
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
  return { executable, args, cwd, env: { ...hashSeed(), ...dotEnv(cwd), ...env } };
}

/**
 * Sets of texts would be in another order in every process, so that no replay were the same: all processes get one seed, and a
 * schedule gives the same run wherever it is pasted. Who sets the variable has chosen.
 */
function hashSeed(): Record<string, string> {
  return process.env.PYTHONHASHSEED === undefined ? { PYTHONHASHSEED: "0" } : {};
}
