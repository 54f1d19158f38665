/**
 * The sizes of the shipped files, in units of 1,024 bytes. Missing bundles and the package are built first.
 */
import { execFile } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { loadedAtStart, loadedBySession } from "../../build/packaged";

export const figures = ["bundle.", "vsix."];

/**
 * Reports the bundles that VS Code loads when the extension starts, the one that the first session loads in addition, and the whole
 * package.
 */
export async function bench(report: (name: string, value: number, unit: string) => void): Promise<void> {
  report("bundle.extension.kb", await kilobytes(loadedAtStart.map(inDist), "build"), "KB");
  report("bundle.session.kb", await kilobytes([inDist(loadedBySession)], "build"), "KB");
  report("vsix.kb", await kilobytes(["yieldpoint.vsix"], "package"), "KB");
}

function inDist(bundle: string): string {
  return join("dist", bundle);
}

async function kilobytes(files: readonly string[], script: string): Promise<number> {
  if (!files.every(existsSync)) await promisify(execFile)("npm", ["run", script]);
  return files.reduce((sum, file) => sum + statSync(file).size / 1024, 0);
}
