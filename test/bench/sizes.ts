/**
 * How large what ships is, in units of 1,024 bytes. Bundles and package are made where they are missing.
 */
import { execFile } from "node:child_process";
import { stat } from "node:fs/promises";
import { promisify } from "node:util";

export const figures = ["bundle.", "vsix."];

/** Reports the extension's bundle, which VS Code loads when it starts, and the whole package. */
export async function bench(report: (name: string, value: number, unit: string) => void): Promise<void> {
  report("bundle.extension.kb", await kilobytes("dist/extension.js", "build"), "KB");
  report("vsix.kb", await kilobytes("yieldpoint.vsix", "package"), "KB");
}

async function kilobytes(file: string, script: string): Promise<number> {
  const found = await stat(file).catch(async () => {
    await promisify(execFile)("npm", ["run", script]);
    return stat(file);
  });
  return found.size / 1024;
}
