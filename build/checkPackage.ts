/**
 * Checks the built package: every file in it is listed, every listed file is in it, and nothing is too large.
 */
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { namesInArchive } from "./archive";
import { loadedAtStart, loadedBySession } from "./packaged";
import { faultsOf } from "./packageFaults";

const archive = "yieldpoint.vsix";

/** The total size of bundles, in units of 1,024 bytes. */
async function kilobytesOf(...bundles: readonly string[]): Promise<number> {
  const sizes = await Promise.all(bundles.map((bundle) => stat(join("dist", bundle))));
  return sizes.reduce((sum, { size }) => sum + size / 1024, 0);
}

async function main(): Promise<void> {
  const bytes = await readFile(archive);
  const faults = faultsOf({
    names: namesInArchive(bytes),
    kilobytes: {
      extension: await kilobytesOf(...loadedAtStart),
      session: await kilobytesOf(loadedBySession),
      package: bytes.length / 1024,
    },
  });
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) process.exitCode = 1;
}

void main();
