/**
 * Finds policy files and starts them. They contain user code, so only files in the workspace folder are accepted.
 */
import { existsSync, realpathSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { OrderError } from "../common/errors";
import { findNode, type Runtime, workingDirectory } from "../interpreter/runtime";
import type { RunnerCommand } from "../process/runnerProcess";

/** A policy file, and how to start its process. */
export interface PolicyFile {
  /** The absolute path. */
  readonly path: string;
  command(): Promise<RunnerCommand>;
}

export interface PolicyFilesOptions {
  /** The absolute path of the folder. Relative paths are resolved here, and no file outside of it is run. */
  readonly folder: string;
  /** The Node that the user configured; empty if there is none. */
  readonly nodePath: string;
  /** The Node that is built into the host. */
  readonly own: Runtime;
  /** The folder of the bundles. */
  readonly dist: string;
}

export class PolicyFiles {
  constructor(readonly options: PolicyFilesOptions) {}

  /** @throws OrderError if the file does not exist, or is outside of the folder */
  find(text: string): PolicyFile {
    const path = resolve(this.options.folder, text);
    if (!existsSync(path)) throw new OrderError(`There is no file ${path}.`, "Check the path of the policy.");
    if (!this.#isInside(realpathSync(path))) {
      throw new OrderError(`The policy file ${path} is outside of the folder.`, `Move it into ${this.options.folder}.`);
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
