/**
 * Finds policy files, and starts them. They are the user's code, so only files of the workspace folder are accepted.
 */
import { existsSync, realpathSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { OrderError } from "../common/errors";
import { findNode, type Runtime, workingDirectory } from "../interpreter/runtime";
import type { RunnerCommand } from "../process/runnerProcess";

/** A file with a policy, and how its process is started. */
export interface PolicyFile {
  /** Absolute. */
  readonly path: string;
  command(): Promise<RunnerCommand>;
}

export interface PolicyFilesOptions {
  /** Absolute. Relative paths are resolved in this folder, and no file outside it is run. */
  readonly folder: string;
  /** The Node that the user named; empty for none. */
  readonly nodePath: string;
  /** The Node inside the host itself. */
  readonly own: Runtime;
  /** The folder of the bundles. */
  readonly dist: string;
}

export class PolicyFiles {
  constructor(readonly options: PolicyFilesOptions) {}

  /** @throws OrderError when it is not there, or not in the folder */
  find(text: string): PolicyFile {
    const path = resolve(this.options.folder, text);
    if (!existsSync(path)) throw new OrderError(`There is no file ${path}.`, "Check the path of the policy.");
    if (!this.#isInside(realpathSync(path))) {
      throw new OrderError(`The policy ${path} lies outside of the folder.`, `Put it into ${this.options.folder}.`);
    }
    return { path, command: () => this.#command(path) };
  }

  #isInside(path: string): boolean {
    const way = relative(realpathSync(this.options.folder), path);
    return way !== ".." && !way.startsWith(`..${sep}`) && resolve(way) !== way;
  }

  async #command(path: string): Promise<RunnerCommand> {
    const { nodePath, own, dist } = this.options;
    const { executable, env } = await findNode(nodePath, own);
    return { executable, args: [join(dist, "runner", "policy", "main.js")], cwd: workingDirectory(path), env };
  }
}
