/**
 * Which `python3` the tests start.
 */
import { execFileSync } from "node:child_process";
import { closeSync, openSync, readSync } from "node:fs";
import path from "node:path";
import { which } from "./vscode/run";

/**
 * If `python3` is a script, such as pyenv's, the folder of the interpreter that it runs becomes the first one on the PATH. Such a script
 * starts in ten times the processor time of the interpreter itself, and the tests start thousands.
 */
export function preferInterpreterToScript(): void {
  const found = which("python3");
  if (found === undefined || !isScript(found)) return;
  const executable = execFileSync(found, ["-c", "import sys; print(sys.executable)"], { encoding: "utf8" }).trim();
  process.env.PATH = [path.dirname(executable), process.env.PATH].join(path.delimiter);
}

function isScript(file: string): boolean {
  const start = Buffer.alloc(2);
  const descriptor = openSync(file, "r");
  try {
    readSync(descriptor, start);
  } finally {
    closeSync(descriptor);
  }
  return start.toString() === "#!";
}
