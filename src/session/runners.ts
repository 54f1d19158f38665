/**
 * Which runner a file needs and how it is started: the one place where languages, interpreters and bundles meet.
 */
import { extname, join } from "node:path";
import { UserError } from "./errors";
import type { RunnerCommand } from "./runnerClient";
import { findNode, type Runtime, workingDirectory } from "./runtime";

const javascriptExtensions = [".js", ".mjs", ".cjs", ".jsx", ".ts", ".mts", ".cts", ".tsx"];

/** What a runner's command depends on. */
export interface RunnerOptions {
  /** The user's file, absolute. */
  readonly file: string;
  /** The Node that the user named; empty for none. */
  readonly nodePath: string;
  /** The Node inside the host itself. */
  readonly own: Runtime;
  /** The folder of the bundles. */
  readonly dist: string;
}

/**
 * How to start the runner for a file, in the folder of the package that it belongs to.
 *
 * @throws UserError when no runner knows this kind of file
 * @throws RuntimeNotFoundError or RuntimeTooOldError when there is no Node to run it
 */
export async function runnerCommand({ file, nodePath, own, dist }: RunnerOptions): Promise<RunnerCommand> {
  if (!javascriptExtensions.includes(extname(file).toLowerCase())) {
    throw new UserError(
      `Files of the type "${extname(file)}" cannot be run as tasks.`,
      `Choose a file that ends in one of ${javascriptExtensions.join(" ")}.`,
    );
  }
  const { executable, env } = await findNode(nodePath, own);
  return { executable, args: [join(dist, "runner", "javascript", "main.js")], cwd: workingDirectory(file), env };
}
