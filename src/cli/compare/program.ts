/**
 * What one line of a comparison runs.
 */
import { tmpdir } from "node:os";
import type { Working } from "../../core/conditions";
import type { VirtualTime } from "../../core/virtualTime";
import type { ComparedProgram } from "../../session/compare/comparison";
import { runnerCommand } from "../../session/interpreter/runners";
import { workingUnder } from "../../session/process/runnerProcess";
import { policyFiles } from "../order";

/** The maximum size of each trace, in bytes. */
const maxTraceBytes = 1024 * 1024 * 1024;

interface Wanted {
  readonly file: string;
  readonly calls: readonly string[];
  readonly working: Working;
  readonly virtualTime: VirtualTime | undefined;
  readonly watches?: readonly string[];
  /** The folder that paths of policies are relative to; by default the current one. */
  readonly folder?: string;
}

/** How to run it: the interpreters, and the folder of the bundles. */
interface Means {
  readonly node: string;
  readonly python: string;
  readonly dist: string;
}

/** @throws RuntimeNotFoundError, RuntimeTooOldError if there is no interpreter for the file */
export async function comparedProgram(wanted: Wanted, { node, python, dist }: Means): Promise<ComparedProgram> {
  const { file, calls, working, virtualTime, watches = [], folder } = wanted;
  const own = { executable: process.execPath, env: {} };
  const command = await runnerCommand({ file, nodePath: node, pythonPath: python, own, dist });
  return {
    file,
    calls,
    command: workingUnder(command, working),
    storage: tmpdir(),
    maxTraceBytes,
    virtualTime,
    policyFiles: policyFiles(node, dist, folder),
    watches,
  };
}
