/**
 * Commands of the documentation, as a shell runs them where `yieldpoint` is installed.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, writeFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { type Ended, ended } from "./commandLine";

/** Puts the program `yieldpoint` into a folder. */
export function installIn(folder: string): void {
  const program = join(folder, "yieldpoint");
  writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${resolve("dist/cli.js")}" "$@"\n`);
  chmodSync(program, 0o755);
}

/** Runs commands in the folder into which the program was installed. @param program the shell, and what it takes before the commands */
export async function shell(
  folder: string,
  commands: string,
  env: Readonly<Record<string, string>> = {},
  program: readonly string[] = ["sh", "-c"],
): Promise<Ended> {
  const path = [folder, process.env.PATH].join(delimiter);
  const [name = "", ...args] = [...program, commands];
  const child = spawn(name, args, { cwd: folder, env: { ...process.env, PATH: path, ...env } });
  child.stdin?.end();
  const all = ended(child);
  await once(child, "close");
  return all;
}
