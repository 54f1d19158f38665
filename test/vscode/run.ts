// Small pieces that every script of this folder shares: where things are,
// progress lines, commands run to their end, and how a script reports failure.
import { spawn } from "node:child_process";
import { accessSync, constants, createWriteStream, mkdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { CommandFailedError, HarnessError } from "./errors";

/** The repository's root. */
export const root = fileURLToPath(new URL("../../", import.meta.url));

/** Where downloads, logs, profiles and pictures go; git ignores it. */
export const cache = path.join(root, ".vscode-test");

/** Prints one line of progress; on stderr, so that stdout stays for results. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Finds a command on PATH without a shell; undefined where there is none. */
export function which(command: string): string | undefined {
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  return folders.map((folder) => path.join(folder, command)).find((file) => isExecutable(file));
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export interface RunOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** The file that gets what the command prints. */
  log: string;
}

/**
 * Runs a command to its end, without a shell.
 * @throws CommandFailedError naming the log when it does not exit with 0
 */
export async function run(command: string, args: readonly string[], { cwd, env, log }: RunOptions): Promise<void> {
  mkdirSync(path.dirname(log), { recursive: true });
  const output = createWriteStream(log);
  const child = spawn(command, args, {
    cwd,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.stdout.pipe(output, { end: false });
  child.stderr.pipe(output, { end: false });
  const code = await new Promise<number | string>((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("close", (exit, signal) => resolve(exit ?? signal ?? "?"));
  });
  output.end();
  if (code !== 0) {
    throw new CommandFailedError([command, ...args].join(" "), code, log);
  }
}

/**
 * Runs a script's main function and sets the exit code from it. A HarnessError is a
 * message for a person, so its stack is left out.
 */
export function runMain(main: () => Promise<number>): void {
  main().then(
    (code) => process.exit(code),
    (error: unknown) => {
      console.error(error instanceof HarnessError ? error.message : error);
      process.exit(1);
    },
  );
}
