// Helpers shared by the scripts of this folder: paths, progress lines, running commands, and how a script reports failure.
import { spawn } from "node:child_process";
import { accessSync, constants, createWriteStream, mkdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { CommandFailedError, HarnessError } from "./errors";

/** The repository's root. */
export const root = fileURLToPath(new URL("../../", import.meta.url));

/** The folder for downloads, logs, profiles and screenshots, which git ignores. */
export const cache = path.join(root, ".vscode-test");

/** Prints one line of progress, on stderr, so that stdout has only results. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Finds a command on PATH without a shell; undefined if there is none. */
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
  /** The file that receives the command's output. */
  log: string;
}

/**
 * Runs a command until it ends, without a shell.
 * @throws CommandFailedError with the path of the log if the exit code is not 0
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

/** Runs a script's main function, and sets the exit code. A HarnessError is a message for a person, so it is printed without a stack. */
export function runMain(main: () => Promise<number>): void {
  main().then(
    (code) => process.exit(code),
    (error: unknown) => {
      console.error(error instanceof HarnessError ? error.message : error);
      process.exit(1);
    },
  );
}
